package assess

import (
	"math/big"

	"duban/pipeline/plan"
)

// 事项型: its status against its dates. 已完成 and 已验收 are complete. Short of
// that it is red once the planned day has come (without one: the due month's
// last day), and always past the due month. Before, 推进中 is on time; 未启动 is
// on time in the first half of its time and yellow from then on.

func milestoneValue(*plan.Indicator, plan.Figure) plan.Value { return plan.Value{} }

func milestoneReached(_ *course, f *plan.Figure) bool {
	return f.Progress == plan.Completed || f.Progress == plan.Accepted
}

func milestoneDue(c *course, a *Assessment) {
	a.DuePercent = rounded(c.timePercent())
}

// planned is the latest planned day the unit gave.
func (c *course) planned() plan.Date {
	var d plan.Date
	for _, f := range c.figures {
		if !f.Planned.IsZero() {
			d = f.Planned
		}
	}
	return d
}

func milestoneJudge(c *course, a *Assessment, f *plan.Figure) {
	planned := c.planned()
	passed := !planned.IsZero() && planned.Compare(c.month.End()) <= 0
	v := c.of(a, f)
	v.TimeUp = passed || c.to <= c.month
	if !planned.IsZero() {
		v.Planned = planned.Chinese()
	}
	if !a.Overdue {
		v.Deadline = c.to.Chinese()
	}
	part, by := "matter_open", c.underway(v)
	switch {
	case a.Complete:
		part, by = "matter_done", verdict{light: Done, rule: "rule_matter_done"}
	case milestoneReached(c, f): // and must hold on
		part, by = "matter_done", verdict{light: OnTime, rule: "rule_matter_done"}
	case a.Overdue:
		part, by = "matter_overdue", verdict{light: FarBehind, rule: "rule_overdue"}
	case passed:
		part, by = "matter_promise_passed", verdict{light: FarBehind, rule: "rule_promise_passed"}
	case v.TimeUp:
		part, by = "matter_time_up", verdict{light: FarBehind, rule: "rule_time_up"}
	case v.Planned != "":
		part = "matter_planned"
	}
	a.Sentence = c.words.say(part, v)
	c.ruled(a, by, v)
}

// underway is the verdict on what has time left.
func (c *course) underway(v *view) verdict {
	passed := c.timePercent()
	v.Elapsed = fixed(passed)
	switch {
	case !v.NotStarted:
		return verdict{light: OnTime, rule: "rule_underway"}
	case passed.Cmp(big.NewRat(50, 1)) > 0:
		return verdict{light: Behind, rule: "rule_idle"}
	}
	return verdict{light: OnTime, rule: "rule_idle_early"}
}
