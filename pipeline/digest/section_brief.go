package digest

import (
	"cmp"
	"slices"

	"duban/pipeline/assess"
)

// The brief is for leaders: two pages with everything on them. That is what so
// many bars and rows together, and words of so many characters, leave room for.
const (
	briefBars  = 3  // fields
	briefRows  = 8  // red lines
	briefRoom  = 7  // of both together
	briefQuote = 18 // characters of a unit's words
)

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
		Judged                   int
		Units                    []string
	}
	barsItems        struct{ N, All int }
	briefDecideItems struct{ Points []headingItems }
	pointItems       struct {
		N     int
		Units []string
		By    string
	}
)

// brief gives the leaders the headline numbers and who is silent, what is
// worst and why, and what to decide.
func brief(c *composer) []Block {
	var blocks []Block
	add := func(code string, more ...Block) {
		blocks = append(append(blocks, c.heading(code)), more...)
	}
	text := ""
	if t, known := c.whole(); known {
		text = c.say("brief.totals", briefTotalItems{
			MonthEnd: c.monthEnd(), Lines: t.Lines, Judged: t.judged(), Good: t.good(),
			Lights: t.counts(), Share: share(t.good(), t.judged()), Since: c.sinceLastMonth(),
		})
	}
	if items := c.reported(); items.Asked > 0 {
		text += c.say("brief.reporting", items)
	}
	if text != "" {
		add("brief.totals", Paragraph{text})
	}
	add("brief.worst", c.briefWorst()...)
	if points := c.decisions(); len(points) > 0 {
		add("brief.decide", Paragraph{c.say("brief.decide", briefDecideItems{points})})
	}
	return blocks
}

// briefBars are the fields furthest behind; what is not known is left out.
func (c *composer) briefBars() Bars {
	b, _ := c.progressBars()
	known := slices.DeleteFunc(b.Bars, func(b Bar) bool { return !b.Known })
	items := barsItems{All: len(known)}
	for len(known) > briefBars {
		best := slices.MaxFunc(known, func(a, b Bar) int {
			return cmp.Compare(a.Value-a.Due, b.Value-b.Due)
		})
		known = slices.DeleteFunc(known, func(b Bar) bool { return b == best })
	}
	items.N = len(known)
	return Bars{Caption: c.say("brief.bars", items), Bars: known}
}

// briefWorst is what is furthest behind, with the units that have most of it.
func (c *composer) briefWorst() []Block {
	red, _ := laggards(c.Report)
	rows := worst(red)
	bars := c.briefBars()
	rows = rows[:min(len(rows), briefRows, briefRoom-len(bars.Bars))]
	t, _ := c.whole()
	text := c.say("brief.worst", briefWorstItems{Judged: t.judged(),
		Red: len(red), Overdue: len(overdue(red)), Long: len(choose(red, Line.long)),
		Rows: len(rows), Units: mostOf(red),
	})
	blocks := []Block{Paragraph{text}}
	if len(rows) > 0 {
		blocks = append(blocks, c.briefTable(rows))
	}
	if len(bars.Bars) > 0 {
		blocks = append(blocks, bars)
	}
	return blocks
}

func (c *composer) briefTable(lines []Line) Table {
	t := Table{
		Caption: c.say("brief.caption", none{}),
		Columns: c.columns("brief.columns",
			left(0.26), left(0.19), right(0.14), right(0.13), left(0.28)),
	}
	for _, l := range lines {
		t.Rows = append(t.Rows,
			texts(c.coded(l.Name, l.ID), l.Unit, value(l), l.gap(), c.wordsOf(l, briefQuote)))
	}
	return t
}

// long reports whether a line is red for three months or more.
func (l Line) long() bool { return l.Light == string(assess.FarBehind) && l.RedMonths >= LongRed }

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
