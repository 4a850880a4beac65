package check

import "duban/pipeline/plan"

var negative = &Check{
	Code: "negative", Severity: plan.Reject,
	Title: "数值为负",
	Text: "这个指标数的是人、事、物或比率，不会小于零。增速和两值之差可以为负，不在此列。" +
		"怎样改：请核对正负号；要冲减以前多报的数，请更正多报的那个月，不要在本月填负数。",
	Row: func(r *Row) []plan.Finding {
		if r.Indicator == nil || r.is(plan.Comparison, plan.Milestone) || r.mayBeNegative() {
			return nil
		}
		values := map[plan.Column]plan.Value{plan.ColAdded: r.Figure.Added,
			plan.ColA: r.Figure.A, plan.ColB: r.Figure.B}
		if !r.is(plan.Growth) {
			values[plan.ColTotal] = r.Figure.Total
		}
		var out []plan.Finding
		for _, c := range numeric {
			if v := values[c]; v.Known() && v.Decimal().Sign() < 0 {
				out = append(out, r.at(c, r.where(c)+"填报"+r.amount(v)+"，不应为负数。",
					"请核对正负号；冲减以前多报的数，请更正多报的那个月。"))
			}
		}
		return out
	},
}

// mayBeNegative reports whether the plan itself speaks of values below zero.
func (r *Row) mayBeNegative() bool {
	for _, v := range []plan.Value{r.Indicator.Target, r.Indicator.Baseline} {
		if v.Known() && v.Decimal().Sign() < 0 {
			return true
		}
	}
	return false
}
