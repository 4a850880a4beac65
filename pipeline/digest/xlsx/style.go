package xlsx

import (
	"github.com/xuri/excelize/v2"

	"duban/pipeline/digest"
)

const (
	face     = "宋体"
	headFill = "DDE6F0"
	lineGrey = "A6A6A6"
	linkBlue = "1F4E9E"
	barFill  = "9DC3E6"
)

var across = map[digest.Align]string{
	digest.Left: "left", digest.Centre: "center", digest.Right: "right",
}

// look is everything that tells one style from another.
type look struct {
	size       float64
	bold, wrap bool
	line, link bool
	fill       string
	colour     string
	across     string
	quoted     bool // stays text when it is typed over
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
	if l.link {
		font.Color, font.Underline = linkBlue, "single"
	}
	if l.fill != "" {
		st.Fill = filled(l.fill)
	}
	if l.format != "" {
		st.CustomNumFmt = &l.format
	}
	if l.line {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			st.Border = append(st.Border, excelize.Border{Type: side, Color: lineGrey, Style: 1})
		}
	}
	if l.quoted {
		// Without a difference of its own the library would give it the number
		// of the style that is not quoted; locked is what cells are anyway.
		st.Protection = &excelize.Protection{Locked: true}
	}
	id, err := b.NewStyle(st)
	if err != nil {
		return 0, err
	}
	if l.quoted {
		b.Styles.CellXfs.Xf[id].QuotePrefix = &l.quoted
	}
	b.styles[l] = id
	return id, nil
}

// filled is a solid fill.
func filled(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}
