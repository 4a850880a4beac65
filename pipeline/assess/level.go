package assess

import (
	"math/big"

	"duban/pipeline/plan"
)

// 时点型、比率型: the value at the month's end against the target, in points;
// up (>=, >), down (<=) or exactly (=). With a baseline, or between phased
// targets, what is due goes linearly to the target, and the light compares the
// part of the way that is made with the part that is due. Without them, a
// value not yet there is 待定 until the due month; in it, 80 % of the target
// (or a target that is 80 % of it) is yellow. What must hold is on time while
// it does and red once broken.

func levelBrief(ind *plan.Indicator, f plan.Figure) string {
	if !f.Total.Known() {
		return "数值未知"
	}
	return Amount(ind, f.Total)
}

func levelReached(c *course, f plan.Figure) bool {
	return meets(c.ind.Comparator, exact(c.kind.value(c.ind, f)), exact(c.ind.Target))
}

// meets compares a value with a target; an unknown meets nothing.
func meets(by plan.Comparator, stands, goal *big.Rat) bool {
	if stands == nil || goal == nil {
		return false
	}
	return by.Met(stands.Cmp(goal))
}

func levelDue(c *course, a *Assessment) {
	a.DuePercent = rounded(percentOf(elapsed(c.from, c.to, c.month), big.NewRat(1, 1)))
	a.Due = rounded(c.levelDueNow())
}

// levelDueNow is what should stand by now; nil when nothing says so.
func (c *course) levelDueNow() *big.Rat {
	goal, start := exact(c.ind.Target), exact(c.ind.Baseline)
	if c.ind.Holds || meets(c.ind.Comparator, start, goal) {
		return goal
	}
	return along(c.posts(start), max(c.month, c.from-1))
}

func levelJudge(c *course, a *Assessment, f plan.Figure) {
	c.judgeLevel(a, exact(a.Value), exact(c.ind.Target))
}

// judgeLevel judges a value at a point of time.
func (c *course) judgeLevel(a *Assessment, stands, goal *big.Rat) {
	gap := minus(stands, goal)
	if c.ind.Comparator == plan.AtMost {
		gap.Neg(gap)
	}
	if c.ind.Comparator == plan.Exactly && gap.Sign() > 0 {
		gap.Neg(gap)
	}
	a.Gap = rounded(gap)
	reached := meets(c.ind.Comparator, stands, goal)
	switch {
	case a.Complete:
		a.Light = Done
	case a.Overdue:
		a.Light = FarBehind
	case reached:
		a.Light = OnTime
	case c.ind.Holds:
		a.Light = FarBehind
	default:
		a.Light = c.levelLight(stands, goal)
	}
	if a.Light == Pending {
		a.Reason = "无基期值且尚未达到目标"
	}
	a.Sentence = c.levelSentence(a, reached, minus(stands, goal))
}

// levelLight is the light of a value that has not reached its target.
func (c *course) levelLight(stands, goal *big.Rat) Light {
	due, start := c.levelDueNow(), exact(c.ind.Baseline)
	if due == nil {
		return Pending
	}
	if c.ind.Comparator == plan.Exactly {
		// The distance that is left counts, on whichever side.
		stands, due = minus(goal, distance(stands, goal)), minus(goal, distance(due, goal))
		if start != nil {
			start = minus(goal, distance(start, goal))
		}
	}
	if start == nil || start.Cmp(due) == 0 || meets(c.ind.Comparator, start, goal) {
		return c.withoutStart(stands, due)
	}
	return c.light(stands, due, start)
}

// withoutStart compares with what is due where no baseline gives the way.
func (c *course) withoutStart(stands, due *big.Rat) Light {
	if c.ind.Comparator != plan.AtMost {
		return c.light(stands, due, new(big.Rat))
	}
	if stands.Cmp(due) <= 0 {
		return OnTime
	}
	part := new(big.Rat).Mul(stands, c.behind)
	if part.Cmp(new(big.Rat).Mul(due, big.NewRat(100, 1))) <= 0 {
		return Behind
	}
	return FarBehind
}

func distance(a, b *big.Rat) *big.Rat { return new(big.Rat).Abs(minus(a, b)) }

func (c *course) levelSentence(a *Assessment, reached bool, off *big.Rat) string {
	s := c.prefix(a) + c.ind.Name + Amount(c.ind, a.Value) + "，"
	goal := target(c.ind, a.Target)
	word := "目标"
	if c.ind.Holds {
		word = "保持目标"
	}
	switch {
	case reached && c.ind.Holds && off.Sign() == 0:
		s += "保持在目标" + goal
	case reached && c.ind.Holds && off.Sign() > 0:
		s += "保持在目标" + goal + "以上"
	case reached && c.ind.Comparator == plan.AtMost:
		s += "控制在" + word + goal + "以内"
	case reached:
		s += "已达到" + word + goal
	case off.Sign() == 0: // > and just equal
		s += "与" + word + goal + "持平，尚未超过"
	case off.Sign() > 0:
		s += "高于" + word + goal + "，超出" + points(c.ind, off)
	default:
		s += "距" + word + goal + "还差" + points(c.ind, off)
	}
	if a.Overdue {
		s += "，" + c.lateness()
	}
	return s + "。"
}
