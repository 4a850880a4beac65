package digest

import (
	"fmt"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

// change is by how much a count differs from the month before.
type change struct {
	Name string
	N    int
	More bool
}

// changeItems word the step from the month before.
type changeItems struct {
	Known   bool // there was a paper of the month before
	Changes []change
}

// sinceLastMonth compares the whole plan with the month before; it is unknown
// when that month had no paper.
func (r *Report) sinceLastMonth() changeItems {
	n := len(r.Trend)
	if n < 2 || r.Trend[n-1].Lines == 0 || r.Trend[n-2].Lines == 0 {
		return changeItems{}
	}
	before, now := r.Trend[n-2], r.Trend[n-1]
	items := changeItems{Known: true}
	for _, x := range []struct {
		name        string
		before, now int
	}{
		{assess.Done.Chinese() + "和" + assess.OnTime.Chinese(), before.good(), now.good()},
		{assess.Behind.Chinese(), before.of(assess.Behind), now.of(assess.Behind)},
		{assess.FarBehind.Chinese(), before.of(assess.FarBehind), now.of(assess.FarBehind)},
		{assess.Missing.Chinese(), before.of(assess.Missing), now.of(assess.Missing)},
	} {
		if d := x.now - x.before; d != 0 {
			items.Changes = append(items.Changes, change{x.name, max(d, -d), d > 0})
		}
	}
	return items
}

func (t Tally) of(l assess.Light) int { return t.Lights[string(l)] }

func (t Tally) good() int { return t.of(assess.Done) + t.of(assess.OnTime) }

func (t Tally) judged() int {
	return t.good() + t.of(assess.Behind) + t.of(assess.FarBehind)
}

// counts lists a tally's lights in the order a paper counts.
func (t Tally) counts() []Count {
	var all []Count
	for _, l := range lights {
		if n := t.of(l); n > 0 {
			c := Count{Name: l.Chinese(), N: n}
			if l == assess.FarBehind {
				c.Late = t.Overdue
			}
			all = append(all, c)
		}
	}
	return all
}

// whole is the tally of the whole plan.
func (r *Report) whole() (Tally, bool) {
	for _, t := range r.Tallies {
		if t.Name == "" {
			return t, true
		}
	}
	return Tally{}, false
}

type progressItems struct{ Done, Due string }

// progressBars shows how far each field's counts have come, with a mark where
// they should be; no bars when that is known of none.
func (c *composer) progressBars() (Bars, bool) {
	b := Bars{Caption: c.say("overall.progresses", none{})}
	known := false
	for _, t := range c.Tallies {
		if t.Name == "" || t.Lines == 0 {
			continue
		}
		done, due := number(t.Done), number(t.Due)
		bar := Bar{Label: t.Name, Known: done.Known(), HasDue: due.Known()}
		var items progressItems
		if bar.Known {
			known, bar.Value, items.Done = true, float(t.Done), percent(t.Done)
		}
		if bar.HasDue {
			bar.Due, items.Due = float(t.Due), percent(t.Due)
		}
		bar.Display = c.say("overall.progress", items)
		b.Bars = append(b.Bars, bar)
	}
	return b, known
}

// float is a known decimal, to be drawn.
func float(s string) float64 { return number(s).Decimal().InexactFloat64() }

// spark draws a line's last months: percent done against what was due for what
// is counted, else the value against its target. One known month is no line.
func (l Line) spark() []Spot {
	var spots []Spot
	known := 0
	for _, s := range l.Trail {
		value, due := s.Value, s.Target
		if l.counts() {
			value, due = s.Done, s.Due
		}
		var spot Spot
		if value != "" {
			known++
			spot.Value, spot.Known = float(value), true
		}
		if due != "" {
			spot.Due, spot.IsDue = float(due), true
		}
		spots = append(spots, spot)
	}
	if known < 2 {
		return nil
	}
	return spots
}

// sparkCell is a cell with the last months drawn; a dash where there are none.
func (l Line) sparkCell() Cell {
	if s := l.spark(); s != nil {
		return Cell{Spark: s}
	}
	return Cell{Text: dash("")}
}

// times counts the months of which a line's paper gave a light.
func (l Line) times(light assess.Light) int {
	n := 0
	for _, s := range l.Trail {
		if s.Light == string(light) {
			n++
		}
	}
	return n
}

// monthHeads are heads of columns of months: the year where it begins.
func (r *Report) monthHeads() []string {
	var heads []string
	for i, s := range r.Months {
		m := monthOf(s)
		if i == 0 || m.Number() == 1 {
			heads = append(heads, m.Chinese())
		} else {
			heads = append(heads, fmt.Sprintf("%d月", m.Number()))
		}
	}
	return heads
}

// monthOf reads a month of the report; they were written by this program.
func monthOf(s string) plan.Month {
	m, err := plan.ParseMonth(s)
	if err != nil {
		panic("digest: a report with a broken month: " + err.Error())
	}
	return m
}

// dateOf writes a day of the report: 2025年2月28日; "" stays "".
func dateOf(s string) string {
	if s == "" {
		return ""
	}
	d, err := plan.ParseDate(s)
	if err != nil {
		panic("digest: a report with a broken date: " + err.Error())
	}
	return d.Chinese()
}
