package digest

import (
	"strconv"
	"strings"

	"duban/pipeline/assess"
)

type (
	overallItems struct {
		Goals, Tasks, Annexes, Indicators, Lines, Works int

		MonthEnd     string
		Lights       []Count
		Judged, Good int
		Share        string
		Pending      int
		Reasons      []Count
		Ownerless    int
		Since        changeItems
	}
	shareItems struct {
		Share        string
		Good, Judged int
	}
)

// overall gives the totals first: how many indicators, how they stand, and how
// the fields compare.
func overall(c *composer) []Block {
	owned := choose(c.Lines, func(l Line) bool { return l.Unit != "" })
	t := count(owned)
	items := overallItems{
		Goals: c.Goals, Tasks: c.Tasks, Annexes: c.Annexes,
		Indicators: distinct(owned), Lines: len(owned), Works: workItems(c.Works),
		MonthEnd: c.monthEnd(), Lights: lightsOf(owned),
		Judged: t.judged(), Good: t.good(), Share: share(t.good(), t.judged()),
		Pending: t[assess.Pending], Reasons: reasons(owned),
		Ownerless: len(c.Lines) - len(owned), Since: c.sinceLastMonth(),
	}
	for i, x := range items.Lights {
		if x.Name == assess.FarBehind.Chinese() {
			items.Lights[i].Late = len(overdue(owned))
		}
	}
	blocks := []Block{Paragraph{c.say("overall", items)}}
	if bars, known := c.progressBars(); known {
		blocks = append(blocks, bars)
	} else if bars := c.fieldShares(); len(bars.Bars) > 0 {
		blocks = append(blocks, bars)
	}
	return blocks
}

// distinct counts indicators, each once however many units report it.
func distinct(lines []Line) int {
	ids := map[string]bool{}
	for _, l := range lines {
		ids[l.ID] = true
	}
	return len(ids)
}

// reasons counts what is pending by its reason: 目标待定4项，数据未出2项.
func reasons(lines []Line) []Count {
	var all []Count
	at := map[string]int{}
	for _, l := range choose(lines, is(assess.Pending)) {
		why, _, _ := strings.Cut(l.Reason, "，预计")
		if _, said := at[why]; !said {
			at[why] = len(all)
			all = append(all, Count{Name: why})
		}
		all[at[why]].N++
	}
	return all
}

// fieldShares shows for each field which share of its judged indicators is
// done or on time; a field with none judged says so.
func (c *composer) fieldShares() Bars {
	b := Bars{Caption: c.say("overall.shares", none{})}
	for _, f := range c.Fields {
		lines := choose(c.Lines, func(l Line) bool { return l.Field == f && l.Unit != "" })
		if len(lines) == 0 {
			continue
		}
		t := count(lines)
		n := t.judged()
		bar := Bar{Label: f, Known: n > 0, Display: c.say("overall.share",
			shareItems{share(t.good(), n), t.good(), n})}
		if n > 0 {
			bar.Value = float64(t.good()) * 100 / float64(n)
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}

// share is a of b in percent with one place; "" of nothing.
func share(a, b int) string {
	if b == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(a)*100/float64(b), 'f', 1, 64) + "%"
}
