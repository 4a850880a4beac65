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

func milestoneBrief(_ *plan.Indicator, f plan.Figure) string {
	if f.Progress == "" {
		return "状态未知"
	}
	return string(f.Progress)
}

func milestoneReached(_ *course, f plan.Figure) bool {
	return f.Progress == plan.Completed || f.Progress == plan.Accepted
}

func milestoneDue(c *course, a *Assessment) {
	a.DuePercent = rounded(percentOf(elapsed(c.from, c.to, c.month), big.NewRat(1, 1)))
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

func milestoneJudge(c *course, a *Assessment, f plan.Figure) {
	planned := c.planned()
	day := planned
	if day.IsZero() {
		day = c.to.End()
	}
	late := day.Compare(c.month.End()) <= 0 || c.to <= c.month
	half := elapsed(c.from, c.to, c.month).Cmp(big.NewRat(1, 2)) > 0
	switch {
	case a.Complete:
		a.Light = Done
	case milestoneReached(c, f): // and must hold on
		a.Light = OnTime
	case late || a.Overdue:
		a.Light = FarBehind
	case f.Progress == plan.NotStarted && half:
		a.Light = Behind
	default:
		a.Light = OnTime
	}
	s := c.prefix(a) + c.ind.Name + "事项"
	switch {
	case milestoneReached(c, f):
		a.Sentence = s + completedWords(f) + "。"
		return
	case f.Progress == plan.NotStarted:
		s += "尚未启动，"
	case late:
		s += "仍在推进，"
	default:
		s += "正在推进，"
	}
	switch {
	case a.Overdue:
		s += c.lateness()
	case !planned.IsZero() && late && planned.Compare(c.month.End()) <= 0:
		s += "已到计划完成日期" + planned.Chinese()
	case late:
		s += "已到完成时限" + c.to.Chinese()
	case !planned.IsZero():
		s += "计划" + planned.Chinese() + "完成"
	default:
		s += "完成时限为" + c.to.Chinese()
	}
	a.Sentence = s + "。"
}

func completedWords(f plan.Figure) string {
	s := string(f.Progress)
	if !f.Actual.IsZero() {
		s += "（" + f.Actual.Chinese() + "）"
	}
	return s
}
