package assess

import (
	"math/big"

	"duban/pipeline/plan"
)

// 增速型: growth in percent against the target, in points, month by month. The
// growth is the reported one; where only the two absolute values are known
// (A: this period, B: the one compared with), the program works it out. A
// growth reached in one month can be lost in the next, so it is complete only
// in its due month; short of it, 80 % of a positive target is yellow.

func growthValue(_ *plan.Indicator, f plan.Figure) plan.Value {
	if f.Total.Known() {
		return f.Total
	}
	return rounded(percentOf(minus(exact(f.A), exact(f.B)), exact(f.B)))
}

func growthDue(c *course, a *Assessment) {
	a.DuePercent = rounded(c.timePercent())
	a.Due = c.ind.Target
}

func growthJudge(c *course, a *Assessment, f *plan.Figure) {
	c.judgeLevel(a, c.of(a, f), exact(a.Value), c.growthVerdict)
}

// growthVerdict is the verdict on a growth short of its target.
func (c *course) growthVerdict(stands, goal *big.Rat) verdict {
	if goal.Sign() <= 0 || c.ind.Comparator == plan.Exactly {
		return verdict{light: FarBehind, rule: "rule_missed"}
	}
	by := c.withoutStart(stands, goal)
	if by.light == OnTime { // > and just equal
		return verdict{light: Behind, rule: "rule_just_equal"}
	}
	return by
}
