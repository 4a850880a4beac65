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

func comparisonReached(c *course, f *plan.Figure) bool {
	by := c.ind.Comparator
	if by == "" {
		by = plan.Above
	}
	return meets(by, minus(exact(f.A), exact(f.B)), margin(c.ind))
}

func comparisonDue(c *course, a *Assessment) {
	a.DuePercent = rounded(c.timePercent())
	a.Due = rounded(margin(c.ind))
}

func comparisonJudge(c *course, a *Assessment, f *plan.Figure) {
	off := minus(exact(f.A), exact(f.B))
	gap := minus(off, margin(c.ind))
	if c.ind.Comparator == plan.AtMost {
		gap.Neg(gap)
	}
	a.Gap = rounded(gap)
	v := c.of(a, f)
	v.Reached, v.Gap = comparisonReached(c, f), points(c.ind, off)
	part := [3]string{"pair_below", "pair_equal", "pair_above"}[off.Sign()+1]
	a.Sentence = c.words.say(part, v)
	c.ruled(a, c.comparisonVerdict(a, f, v.Reached), v)
}

func (c *course) comparisonVerdict(a *Assessment, f *plan.Figure, reached bool) verdict {
	va, vb := exact(f.A), exact(f.B)
	switch {
	case a.Complete:
		return verdict{light: Done, rule: "rule_pair_reached"}
	case a.Overdue:
		return verdict{light: FarBehind, rule: "rule_overdue"}
	case reached:
		return verdict{light: OnTime, rule: "rule_pair_reached"}
	case c.ind.Holds:
		return verdict{light: FarBehind, rule: "rule_broken"}
	case c.ind.Comparator == plan.AtMost || vb.Sign() <= 0:
		return verdict{light: FarBehind, rule: "rule_pair_missed"}
	case percentOf(va, vb).Cmp(c.behind) >= 0:
		return verdict{light: Behind, rule: "rule_pair_behind"}
	}
	return verdict{light: FarBehind, rule: "rule_pair_far"}
}
