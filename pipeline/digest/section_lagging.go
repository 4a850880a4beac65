package digest

import (
	"slices"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

type (
	laggingItems struct {
		MonthEnd             string
		Judged, Red, Overdue int
		RedUnits             []string
		Yellow               int
		YellowUnits          []string
	}
	longItems struct {
		N     int
		Units []longUnit
	}
	// longUnit is a unit with lines that are red for three months or more.
	longUnit struct {
		Unit   string
		N      int
		Names  []string // some of them
		More   bool     // there are others
		Months int      // of the longest
		Same   bool     // all as long
	}
)

// lagging lists what is behind, the worst first; every red with its rule, the
// date of its figure and the unit's own words, and what has been red for long
// by itself.
func lagging(c *composer) []Block {
	red, yellow := laggards(c.Report)
	all := append(red, yellow...)
	blocks := []Block{Paragraph{c.say("lagging", laggingItems{
		MonthEnd: c.monthEnd(), Judged: count(c.Lines).judged(),
		Red: len(red), Overdue: len(overdue(red)), RedUnits: unitsOf(red),
		Yellow: len(yellow), YellowUnits: unitsOf(yellow),
	})}}
	if long := choose(red, Line.long); len(long) > 0 {
		blocks = append(blocks, Paragraph{c.say("lagging.long",
			longItems{len(long), longUnits(long)})})
	}
	if len(all) > 0 {
		blocks = append(blocks, c.laggingTable(all))
	}
	if len(red) > 0 {
		blocks = append(blocks, c.reasonTable(red))
	}
	if said := quotes(yellow, 60); len(said) > 0 {
		blocks = append(blocks, Paragraph{c.say("lagging.words", saidItems{said})})
	}
	return blocks
}

func (c *composer) laggingTable(lines []Line) Table {
	t := Table{
		Caption: c.say("lagging.caption", none{}),
		Columns: c.columns("lagging.columns", left(0.07), left(0.20), left(0.15), left(0.12),
			right(0.13), right(0.09), centre(0.10), left(0.14)),
	}
	for _, l := range lines {
		t.Rows = append(t.Rows, append(
			texts(l.ID, l.Name, l.Unit, l.Target, value(l), l.gap(), dash(l.AsOf)),
			Cell{Text: l.word(), Light: l.Light}))
	}
	return t
}

// reasonTable pairs every red with its rule and the unit's words; what a unit
// says of several in the same words, by the same rule, has one row.
func (c *composer) reasonTable(red []Line) Table {
	t := Table{
		Caption: c.say("lagging.reasons.caption", none{}),
		Columns: c.columns("lagging.reasons.columns",
			left(0.17), left(0.27), left(0.27), left(0.29)),
	}
	var rows [][4]string
	for _, l := range red {
		name := c.coded(l.Name, l.ID)
		row := [4]string{l.Unit, name, dash(l.Rule), c.wordsOf(l, 60)}
		i := slices.IndexFunc(rows, func(r [4]string) bool {
			return r[0] == row[0] && r[2] == row[2] && r[3] == row[3]
		})
		if i < 0 {
			rows = append(rows, row)
		} else {
			rows[i][1] = unitNames([]string{rows[i][1], name})
		}
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, texts(r[:]...))
	}
	return t
}

// longUnits gathers what is red for long by unit, naming three lines of each.
func longUnits(lines []Line) []longUnit {
	var all []longUnit
	for _, unit := range mostOf(lines) {
		x := longUnit{Unit: unit, Same: true}
		for _, l := range lines {
			if l.Unit != unit {
				continue
			}
			x.Same = x.Same && (x.N == 0 || l.RedMonths == x.Months)
			x.N++
			x.Months = max(x.Months, l.RedMonths)
			if len(x.Names) < 3 {
				x.Names = append(x.Names, l.Name)
			}
		}
		x.More = x.N > len(x.Names)
		all = append(all, x)
	}
	return all
}

func laggards(r *Report) (red, yellow []Line) {
	return choose(r.Lines, is(assess.FarBehind)), choose(r.Lines, is(assess.Behind))
}

// word is the light's word, with 逾期 where the date has passed.
func (l Line) word() string {
	if l.Overdue {
		return "逾期"
	}
	return l.LightWord
}

// value is the judged figure with its measure; a milestone shows its status.
func value(l Line) string {
	if l.Progress != "" {
		return l.Progress
	}
	if l.Shown != "" {
		return l.Shown
	}
	return figure(l.Value, l.Measure)
}

// inPoints reports whether the gap is one of percentages.
func (l Line) inPoints() bool { return l.counts() || l.Measure == "%" }

// counts reports whether the indicator is counted up to its target.
func (l Line) counts() bool {
	return l.Kind == string(plan.Cumulative) || l.Kind == string(plan.Annual)
}

// gap is the distance to what is due, with its measure where that is not
// points: -32.5, -7.9元.
func (l Line) gap() string {
	if l.Gap == "" || l.inPoints() {
		return points(l.Gap)
	}
	return figure(l.Gap, l.Measure)
}

// inTime is the 序时进度, which only what is counted has.
func (l Line) inTime() string {
	if !l.counts() || l.Unit == "" {
		return ""
	}
	return l.DuePercent
}
