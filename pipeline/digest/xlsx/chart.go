package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"duban/pipeline/digest"
)

// letter is the colour of a chart's letters; the library's own are too pale to
// print.
const letter = "262626"

// inks are the colours of series that are no lights, as a bar and as a line:
// bars are dark and light in turn, a line is never light.
var inks = []struct{ bar, line string }{
	{"1F4E79", "1F4E79"}, {"F4B183", "C55A11"}, {"7F7F7F", "7F7F7F"},
}

// kinds is how each kind of chart is drawn.
var kinds = map[digest.ChartKind]struct {
	as      excelize.ChartType
	overlap int  // of the bars of one row, in percent
	bars    bool // across: rows from top to bottom
}{
	digest.StackedBars: {excelize.BarStacked, 100, true},
	digest.PlainBars:   {excelize.Bar, 0, true},
	digest.Lines:       {excelize.Line, 0, false},
}

// drawing is a chart as the library takes it, in its place.
func (s *sheet) drawing(c digest.Chart, p place) (*excelize.Chart, error) {
	kind, ok := kinds[c.Kind]
	if !ok {
		return nil, fmt.Errorf("the chart %q is of no kind: %q", c.Title, c.Kind)
	}
	if c.From < 0 || c.To < c.From || c.To >= len(s.Rows) {
		return nil, fmt.Errorf("the chart %q draws rows %d to %d of %d", c.Title, c.From, c.To,
			len(s.Rows))
	}
	gap, zero, each := uint(50), 0.0, false
	title := []excelize.RichTextRun{{Text: clean(c.Title), Font: letters(11, true)}}
	out := &excelize.Chart{
		Type: kind.as, Overlap: &kind.overlap, GapWidth: &gap, VaryColors: &each,
		Title:     excelize.ChartTitle{Paragraph: title},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: letters(9, false)},
		Dimension: excelize.ChartDimension{Width: uint(p.width), Height: p.height()},
		Format: excelize.GraphicOptions{Positioning: "absolute", AltText: clean(c.Title),
			OffsetX: p.offset},
		XAxis: excelize.ChartAxis{ReverseOrder: kind.bars, Font: *letters(9, false)},
		YAxis: excelize.ChartAxis{Minimum: &zero, MajorGridLines: true, Font: *letters(9, false)},
		// A month or a field of which nothing is known is a gap, not a zero.
		ShowBlanksAs: "gap",
	}
	if kind.bars {
		// Where rows go from top to bottom, the high end of them is below.
		out.YAxis.TickLabelPosition = excelize.ChartTickLabelHigh
	}
	for i, col := range c.Series {
		one, err := s.series(c, i, col)
		if err != nil {
			return nil, err
		}
		out.Series = append(out.Series, one)
	}
	return out, nil
}

// series is one column of a chart.
func (s *sheet) series(c digest.Chart, i, col int) (excelize.ChartSeries, error) {
	for _, x := range []int{col, c.Categories} {
		if x < 0 || x >= len(s.Columns) {
			return excelize.ChartSeries{}, fmt.Errorf("the chart %q draws column %d of %d",
				c.Title, x, len(s.Columns))
		}
	}
	ink := inks[i%len(inks)]
	if l, ok := lampOf(s.Columns[col].Head); ok {
		ink.bar, ink.line = l.bar, l.line
	}
	colour := ink.bar
	if c.Kind == digest.Lines {
		colour = ink.line
	}
	one := excelize.ChartSeries{
		Name:       s.fixed(col, s.head(), s.head()),
		Categories: s.fixed(c.Categories, s.head()+1+c.From, s.head()+1+c.To),
		Values:     s.fixed(col, s.head()+1+c.From, s.head()+1+c.To),
		Fill:       filled(colour),
	}
	if c.Kind == digest.Lines {
		one.Line = excelize.LineOptions{Width: 2, Dash: dashes[i%len(dashes)]}
		one.Marker = excelize.ChartMarker{Symbol: symbols[i%len(symbols)], Size: 6,
			Fill: filled(colour)}
	}
	return one, nil
}

// What tells lines apart that print in like greys.
var (
	dashes = []excelize.LineDashType{excelize.LineDashSolid, excelize.LineDashDash,
		excelize.LineDashSysDot, excelize.LineDashSolid, excelize.LineDashLgDash}
	symbols = []string{"circle", "square", "triangle", "diamond", "x"}
)

// fixed is a piece of a column as a chart refers to it.
func (s *sheet) fixed(col, from, to int) string {
	name, _ := excelize.ColumnNumberToName(col + 1)
	if from == to {
		return fmt.Sprintf("%s!$%s$%d", quoted(s.name), name, from)
	}
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(s.name), name, from, name, to)
}

func letters(size float64, bold bool) *excelize.Font {
	return &excelize.Font{Family: face, Size: size, Bold: bold, Color: letter}
}
