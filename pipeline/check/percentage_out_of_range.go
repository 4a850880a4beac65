package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var percentageOutOfRange = &Check{
	Code: "percentage-out-of-range", Severity: plan.Reject,
	Title: "百分率超过100%",
	Text: "覆盖率、合格率这一类百分率最多是100%，超过的多半是多写了一位，或者分子分母填反了。" +
		"怎样改：请核对后按百分点填写，例如88.5%请填88.5；目标本身超过100%的指标不受此限。",
	Row: func(r *Row) []plan.Finding {
		if !r.is(plan.Level, plan.Ratio) || !r.Indicator.Percent() {
			return nil
		}
		limit := plan.Int(100)
		if t := r.Indicator.Target; t.Known() && t.Cmp(limit) > 0 {
			return nil
		}
		v := r.value(r.Figure)
		if !v.Known() || v.Cmp(limit) <= 0 {
			return nil
		}
		if !r.Figure.Total.Known() || r.is(plan.Ratio) && r.Figure.A.Known() {
			return r.one(plan.ColA, fmt.Sprintf("%s填报%s，数值B填报%s，相除得%s%%，超过100%%。",
				r.where(plan.ColA), r.Figure.A, r.Figure.B, v.Decimal().Round(1)),
				"请核对两个数值，以及分子分母是否填反。")
		}
		return r.one(plan.ColTotal, fmt.Sprintf("%s填报%s，百分率不应超过100%%。",
			r.where(plan.ColTotal), r.amount(v)), "请核对后按百分点填写，例如88.5%请填88.5。")
	},
}
