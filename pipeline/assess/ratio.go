package assess

import (
	"math/big"

	"duban/pipeline/plan"
)

// 比值型: the unit reports two values and the program divides A by B (times 100
// where the measure is %, 1000 where it is ‰). An opening figure may bring the
// quotient itself. Judged like a level, on the exact quotient.

func ratioOf(ind *plan.Indicator, f plan.Figure) *big.Rat {
	a, b := exact(f.A), exact(f.B)
	if a == nil || b == nil || b.Sign() == 0 {
		return exact(f.Total)
	}
	q := new(big.Rat).Quo(a, b)
	switch ind.Measure {
	case "%":
		q.Mul(q, big.NewRat(100, 1))
	case "‰":
		q.Mul(q, big.NewRat(1000, 1))
	}
	return q
}

func ratioValue(ind *plan.Indicator, f plan.Figure) plan.Value { return rounded(ratioOf(ind, f)) }

func ratioReached(c *course, f *plan.Figure) bool {
	return meets(c.ind.Comparator, ratioOf(c.ind, *f), exact(c.ind.Target))
}

func ratioJudge(c *course, a *Assessment, f *plan.Figure) {
	c.judgeLevel(a, c.of(a, f), ratioOf(c.ind, *f), c.levelVerdict)
}
