package assess

import (
	"math/big"

	"duban/pipeline/plan"
)

// 累计型: the running total against the target; what is due grows linearly by
// whole months from the first to the due month, or between phased targets. A
// baseline plays no part: the count begins at zero. With <=, or a target of
// zero, the target is a ceiling: on time while kept, red once broken.

func totalValue(_ *plan.Indicator, f plan.Figure) plan.Value { return f.Total }

func cumulativeBrief(ind *plan.Indicator, f plan.Figure) string {
	if !f.Total.Known() {
		return "累计数未知"
	}
	return "累计" + Amount(ind, f.Total)
}

func cumulativeReached(c *course, f plan.Figure) bool {
	return countReached(c.ind.Comparator, f.Total, c.ind.Target)
}

// countReached takes = for >=: more of what is counted is never a failing.
func countReached(by plan.Comparator, total, target plan.Value) bool {
	if !total.Known() || !target.Known() {
		return false
	}
	switch {
	case ceiling(by, target):
		return total.Cmp(target) <= 0
	case by == plan.Above:
		return total.Cmp(target) > 0
	}
	return total.Cmp(target) >= 0
}

// ceiling reports whether a count must stay below its target: <=, or zero.
func ceiling(by plan.Comparator, target plan.Value) bool {
	return by == plan.AtMost || by != plan.Above && target.Equal(plan.Int(0))
}

func cumulativeDue(c *course, a *Assessment) {
	if !c.ind.Target.Known() {
		return
	}
	due := along(c.posts(new(big.Rat)), max(c.month, c.from-1))
	if ceiling(c.ind.Comparator, c.ind.Target) {
		due = exact(c.ind.Target)
	}
	a.Due, a.DuePercent = rounded(due), rounded(percentOf(due, exact(c.ind.Target)))
}

func cumulativeJudge(c *course, a *Assessment, f plan.Figure) {
	due := along(c.posts(new(big.Rat)), max(c.month, c.from-1))
	c.judgeCount(a, f, exact(c.ind.Target), due, "目标")
}

// judgeCount judges a count against a target, either kind's.
func (c *course) judgeCount(a *Assessment, f plan.Figure, goal, due *big.Rat, word string) {
	stands := exact(f.Total)
	head := c.countHead(a, f)
	if ceiling(c.ind.Comparator, a.Target) {
		c.judgeCeiling(a, head, minus(goal, stands))
		return
	}
	done := percentOf(stands, goal)
	gap := minus(done, percentOf(due, goal))
	a.Done, a.Gap = rounded(done), rounded(gap)
	head += "，完成" + word + "的" + fixed(done) + "%，"
	switch {
	case a.Complete:
		a.Light, a.Sentence = Done, head+"已完成目标任务。"
	case a.Overdue:
		a.Light, a.Sentence = FarBehind, head+c.lateness()+"。"
	case c.ind.Kind == plan.Annual && countReached(c.ind.Comparator, a.Value, a.Target):
		a.Light, a.Sentence = OnTime, head+"已完成"+word+"任务。"
	default:
		a.Light = c.light(stands, due, new(big.Rat))
		a.Sentence = head + versusTime(gap) + "。"
	}
}

// countHead is 截至3月底，城镇新增就业累计完成6400人.
func (c *course) countHead(a *Assessment, f plan.Figure) string {
	head := "截至" + c.monthEnd(f.Month) + "，" + c.ind.Name
	if c.ind.Kind == plan.Annual {
		head += c.windowWord()
	}
	head += "累计完成" + Amount(c.ind, f.Total)
	if f.Month == c.month && f.State == plan.ZeroReport {
		head += "（本月零报告）"
	}
	return head
}

func (c *course) judgeCeiling(a *Assessment, head string, room *big.Rat) {
	a.Gap = rounded(room)
	goal := target(c.ind, a.Target)
	switch {
	case room.Sign() < 0:
		a.Light = FarBehind
		a.Sentence = head + "，超出控制目标" + goal + "，超出" + points(c.ind, room) + "。"
	case a.Complete:
		a.Light, a.Sentence = Done, head+"，控制在目标"+goal+"以内。"
	default:
		a.Light, a.Sentence = OnTime, head+"，控制在目标"+goal+"以内。"
	}
}
