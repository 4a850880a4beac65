package check

import "duban/pipeline/plan"

var divideByZero = &Check{
	Code: "divide-by-zero", Severity: plan.Reject,
	Title: "比值的除数为零",
	Text: "比值由程序用数值A除以数值B得出，增速由A与B相比得出，B为零时算不出来。" +
		"怎样改：请核对数值B；确实为零、无从相比的，填报情况选“数据未出”，并在情况说明里写明原因。",
	Row: func(r *Row) []plan.Finding {
		asks := r.is(plan.Ratio) || r.is(plan.Growth) && !r.Figure.Total.Known()
		if b := r.Figure.B; !asks || !b.Known() || !b.Decimal().IsZero() {
			return nil
		}
		return r.one(plan.ColB, r.where(plan.ColB)+"填报0，作除数算不出比值。",
			"请核对数值B；无从相比的，填报情况选“数据未出”并写明原因。")
	},
}
