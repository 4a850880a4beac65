package xlsx

import (
	"github.com/xuri/excelize/v2"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
)

const (
	face     = "宋体"
	headFill = "DDE6F0"
	lineGrey = "A6A6A6"
	linkBlue = "1F4E9E"
)

var across = map[digest.Align]string{
	digest.Left: "left", digest.Centre: "center", digest.Right: "right",
}

// lamps are the fill and the letter of each light. They differ in brightness
// as well as in hue.
var lamps = map[string]struct{ fill, letter string }{
	string(assess.Done):      {"BDD7EE", "1F3864"},
	string(assess.OnTime):    {"C6E0B4", "1E4620"},
	string(assess.Behind):    {"FFE699", "5F4700"},
	string(assess.FarBehind): {"C00000", "FFFFFF"},
	string(assess.Missing):   {"BFBFBF", "262626"},
	string(assess.Pending):   {"FFFFFF", "595959"},
}

// look is everything that tells one style from another.
type look struct {
	size       float64
	bold, wrap bool
	line, link bool
	fill       string
	colour     string
	across     string
	light      string
	format     string
}

// style gives a look its number; equal looks share one.
func (b *book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	font := &excelize.Font{Family: face, Size: l.size, Bold: l.bold, Color: l.colour}
	st := &excelize.Style{
		Font:      font,
		Alignment: &excelize.Alignment{Horizontal: l.across, Vertical: "center", WrapText: l.wrap},
	}
	fill := l.fill
	if l.link {
		font.Color, font.Underline = linkBlue, "single"
	}
	if lamp, ok := lamps[l.light]; ok {
		fill, font.Color, font.Bold = lamp.fill, lamp.letter, l.light == string(assess.FarBehind)
		st.Alignment.Horizontal = "center"
	}
	if fill != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	if l.format != "" {
		st.CustomNumFmt = &l.format
	}
	if l.line {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			st.Border = append(st.Border, excelize.Border{Type: side, Color: lineGrey, Style: 1})
		}
	}
	id, err := b.NewStyle(st)
	if err == nil {
		b.styles[l] = id
	}
	return id, err
}
