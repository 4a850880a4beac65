package assess

import (
	"math/big"

	"duban/pipeline/plan"
)

// 比较型: A against B by the comparator (A > B where none is given); a target,
// where there is one, is the distance A must keep. Judged month by month: on
// time while it is so; short of it, yellow where A is at least 80 % of B, else
// red. Complete only in its due month.

func comparisonValue(_ *plan.Indicator, f plan.Figure) plan.Value { return f.A.Sub(f.B) }

func comparisonBrief(ind *plan.Indicator, f plan.Figure) string {
	if !f.A.Known() || !f.B.Known() {
		return "两项数值不全"
	}
	names := valueNames(ind)
	return names[0] + Amount(ind, f.A) + "、" + names[1] + Amount(ind, f.B)
}

func valueNames(ind *plan.Indicator) [2]string {
	names := ind.ValueNames
	if names[0] == "" {
		names[0] = "数值A"
	}
	if names[1] == "" {
		names[1] = "数值B"
	}
	return names
}

// margin is the distance A must keep from B.
func margin(ind *plan.Indicator) *big.Rat {
	if ind.Target.Known() {
		return exact(ind.Target)
	}
	return new(big.Rat)
}

func comparisonReached(c *course, f plan.Figure) bool {
	by := c.ind.Comparator
	if by == "" {
		by = plan.Above
	}
	return meets(by, minus(exact(f.A), exact(f.B)), margin(c.ind))
}

func comparisonDue(c *course, a *Assessment) {
	a.DuePercent = rounded(percentOf(elapsed(c.from, c.to, c.month), big.NewRat(1, 1)))
	a.Due = rounded(margin(c.ind))
}

func comparisonJudge(c *course, a *Assessment, f plan.Figure) {
	va, vb := exact(f.A), exact(f.B)
	off := minus(va, vb)
	reached := comparisonReached(c, f)
	gap := minus(off, margin(c.ind))
	if c.ind.Comparator == plan.AtMost {
		gap.Neg(gap)
	}
	a.Gap = rounded(gap)
	switch {
	case a.Complete:
		a.Light = Done
	case a.Overdue:
		a.Light = FarBehind
	case reached:
		a.Light = OnTime
	case c.ind.Holds:
		a.Light = FarBehind
	case c.ind.Comparator != plan.AtMost && vb.Sign() > 0 &&
		percentOf(va, vb).Cmp(c.behind) >= 0:
		a.Light = Behind
	default:
		a.Light = FarBehind
	}
	names := valueNames(c.ind)
	s := c.prefix(a) + names[0] + Amount(c.ind, f.A) + "，" + names[1] + Amount(c.ind, f.B) + "，"
	switch off.Sign() {
	case 1:
		s += "前者高于后者" + points(c.ind, off)
	case -1:
		s += "前者低于后者" + points(c.ind, off)
	default:
		s += "二者持平"
	}
	if reached {
		s += "，符合目标要求"
	} else {
		s += "，未达到目标要求"
	}
	if a.Overdue {
		s += "，" + c.lateness()
	}
	a.Sentence = s + "。"
}
