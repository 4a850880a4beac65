package digest

import (
	"strings"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

type demandItems struct {
	Units []string
	By    string
	N     int
}

// demands closes the paper: who must do what by when.
func demands(c *composer) []Block {
	var blocks []Block
	add := func(part string, items demandItems) {
		items.By = c.by()
		head, run, _ := strings.Cut(c.say(part, items), "。")
		blocks = append(blocks, Heading{
			Level: 2,
			Text:  c.say("heading.2", headingItems{len(blocks) + 1, head}),
			Run:   run,
		})
	}
	if red, yellow := laggards(c.Report); len(red)+len(yellow) > 0 {
		add("demands.lagging", demandItems{Units: unitsOf(append(red, yellow...))})
	}
	if broken := choose(c.Lines, Line.broken); len(broken) > 0 {
		add("demands.promises", demandItems{Units: unitsOf(broken)})
	}
	if silent := c.unitsWith(func(u UnitLine) bool {
		return u.Due > 0 && u.ReceivedAt == ""
	}); len(silent) > 0 {
		add("demands.silent", demandItems{Units: silent})
	}
	if unsure := c.unitsWith(UnitLine.unsure); len(unsure) > 0 {
		add("demands.unsure", demandItems{Units: unsure})
	}
	if n := len(without(c.Report, "目标待定")); n > 0 {
		add("demands.pending", demandItems{N: n})
	}
	if none := without(c.Report, "方案未明确目标值"); len(none) > 0 {
		add("demands.unset", demandItems{N: len(none), Units: unitsOf(none)})
	}
	add("demands.all", demandItems{})
	return blocks
}

// unsure reports whether figures of the unit wait for it to act.
func (u UnitLine) unsure() bool {
	switch plan.State(u.State) {
	case plan.Returned, plan.Partly, plan.Queried:
		return true
	}
	return false
}

// without lists what cannot be judged for a reason.
func without(r *Report, reason string) []Line {
	return choose(r.Lines, func(l Line) bool {
		return l.Light == string(assess.Pending) && l.Reason == reason && l.Unit != ""
	})
}

func (r *Report) unitsWith(keep func(UnitLine) bool) []string {
	var names []string
	for _, u := range r.Units {
		if keep(u) {
			names = append(names, u.Name)
		}
	}
	return names
}
