package digest

import (
	"fmt"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

type laggingItems struct {
	MonthEnd             string
	Judged, Red, Overdue int
	RedUnits             []string
	Yellow               int
	YellowUnits          []string
}

// lagging lists what is behind, the worst first, each with its rule and the
// unit's own explanation.
func lagging(c *composer) []Block {
	red, yellow := laggards(c.Report)
	all := append(red, yellow...)
	blocks := []Block{Paragraph{c.say("lagging", laggingItems{
		MonthEnd: c.monthEnd(), Judged: count(c.Lines).judged(),
		Red: len(red), Overdue: len(overdue(red)), RedUnits: unitsOf(red),
		Yellow: len(yellow), YellowUnits: unitsOf(yellow),
	})}}
	if len(all) == 0 {
		return blocks
	}
	t := Table{
		Caption: c.say("lagging.caption", none{}),
		Columns: c.columns("lagging.columns",
			Column{"", 0.06, Centre}, Column{"", 0.25, Left}, Column{"", 0.17, Left},
			Column{"", 0.14, Left}, Column{"", 0.14, Right}, Column{"", 0.10, Right},
			Column{"", 0.14, Left}),
	}
	for i, l := range all {
		t.Rows = append(t.Rows, append(
			texts(fmt.Sprint(i+1), l.Name, l.Unit, l.Target, value(l), l.gap()),
			Cell{Text: l.word(), Light: l.Light}))
	}
	blocks = append(blocks, t)
	if said := quotes(all, 60); len(said) > 0 {
		blocks = append(blocks, Paragraph{c.say("lagging.words", saidItems{said})})
	}
	return blocks
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
