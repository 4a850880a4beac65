package digest

import (
	"cmp"
	"slices"

	"duban/pipeline/assess"
)

// The brief is for leaders: two pages with everything on them, so at most
// eight rows and a few hundred characters.
const briefRows, briefQuote = 8, 24

type (
	briefTotalItems struct {
		MonthEnd            string
		Lines, Judged, Good int
		Lights              []Count
		Share               string
		Since               changeItems
	}
	briefWorstItems struct {
		Red, Overdue, Long, Rows int
		Units                    []string
	}
	briefDecideItems struct{ Points []headingItems }
	pointItems       struct {
		N     int
		Units []string
		By    string
	}
)

// brief gives the leaders the headline numbers, what is worst and why, who is
// silent, and what to decide.
func brief(c *composer) []Block {
	var blocks []Block
	n := 0
	add := func(code string, more ...Block) {
		n++
		blocks = append(blocks, c.heading1(n, c.say(code+".heading", none{})))
		blocks = append(blocks, more...)
	}
	if t, known := c.whole(); known {
		body := []Block{Paragraph{c.say("brief.totals", briefTotalItems{
			MonthEnd: c.monthEnd(), Lines: t.Lines, Judged: t.judged(), Good: t.good(),
			Lights: t.counts(), Share: share(t.good(), t.judged()), Since: c.sinceLastMonth(),
		})}}
		if bars, known := c.progressBars(); known {
			bars.Bars = slices.DeleteFunc(bars.Bars, func(b Bar) bool { return !b.Known })
			body = append(body, bars)
		}
		add("brief.totals", body...)
	}
	add("brief.worst", c.briefWorst()...)
	if items := c.reported(); items.Asked > 0 {
		add("brief.reporting", Paragraph{c.say("brief.reporting", items)})
	}
	if points := c.decisions(); len(points) > 0 {
		add("brief.decide", Paragraph{c.say("brief.decide", briefDecideItems{points})})
	}
	return blocks
}

// briefWorst is what is furthest behind, with the units that have most of it.
func (c *composer) briefWorst() []Block {
	red, _ := laggards(c.Report)
	rows := worst(red)
	if len(rows) > briefRows {
		rows = rows[:briefRows]
	}
	text := c.say("brief.worst", briefWorstItems{
		Red: len(red), Overdue: len(overdue(red)), Long: len(choose(red, Line.long)),
		Rows: len(rows), Units: mostOf(red),
	})
	if len(rows) == 0 {
		return []Block{Paragraph{text}}
	}
	t := Table{
		Caption: c.say("brief.caption", none{}),
		Columns: c.columns("brief.columns",
			left(0.26), left(0.19), right(0.14),
			right(0.13), left(0.28)),
	}
	for _, l := range rows {
		t.Rows = append(t.Rows, texts(l.Name, l.Unit, value(l), l.gap(), c.wordsOf(l, briefQuote)))
	}
	return []Block{Paragraph{text}, t}
}

// long reports whether a line is red for three months or more.
func (l Line) long() bool { return l.Light == string(assess.FarBehind) && l.RedMonths >= 3 }

// worst puts lines in order: longest red first, then what is past its date,
// then what is furthest behind.
func worst(lines []Line) []Line {
	lines = slices.Clone(lines)
	gap := func(l Line) float64 {
		if l.Gap == "" || !l.inPoints() {
			return 0
		}
		return float(l.Gap)
	}
	slices.SortStableFunc(lines, func(a, b Line) int {
		if a.Overdue != b.Overdue && a.RedMonths == b.RedMonths {
			return map[bool]int{true: -1, false: 1}[a.Overdue]
		}
		return cmp.Or(cmp.Compare(b.RedMonths, a.RedMonths), cmp.Compare(gap(a), gap(b)))
	})
	return lines
}

// mostOf names the units of lines, those with most of them first.
func mostOf(lines []Line) []string {
	n := map[string]int{}
	for _, l := range lines {
		n[l.Unit]++
	}
	units := unitsOf(lines)
	slices.SortStableFunc(units, func(a, b string) int { return cmp.Compare(n[b], n[a]) })
	return units
}

// decisions are what leaders are asked for, as far as there is reason to.
func (c *composer) decisions() []headingItems {
	var points []headingItems
	add := func(part string, lines []Line, units []string) {
		if len(units) > 0 {
			text := c.say(part, pointItems{len(lines), units, c.by()})
			points = append(points, headingItems{len(points) + 1, text})
		}
	}
	red, _ := laggards(c.Report)
	long := choose(red, Line.long)
	add("brief.long", long, mostOf(long))
	late := overdue(red)
	add("brief.overdue", late, mostOf(late))
	broken := choose(c.Lines, Line.broken)
	add("brief.promises", broken, mostOf(broken))
	add("brief.silent", nil, c.reported().Silent)
	return points
}

// by is when corrections are asked for; "" when no day is set.
func (r *Report) by() string {
	if r.NextDeadline == "" {
		return ""
	}
	return hour(moment(r.NextDeadline))
}
