package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var zeroReportWithFigures = &Check{
	Code: "zero-report-with-figures", Severity: plan.Reject,
	Title: "零报告却填了数",
	Text: "填报情况选了“零报告”，意思是本月没有新的进展，可是本月新增不是零，或者累计数与上次不同，前后矛盾。" +
		"怎样改：有进展的，请把填报情况改为“已报”；确实没有的，请把本月新增改为0或留空，累计数保持上次的数。",
	Row: func(r *Row) []plan.Finding {
		if r.Figure.State != plan.ZeroReport || !r.counts() {
			return nil
		}
		const fix = "有进展的请把填报情况改为“已报”；没有的请把本月新增改为0，累计数保持上次的数。"
		if a := r.Figure.Added; a.Known() && !a.Decimal().IsZero() {
			return r.one(plan.ColAdded, fmt.Sprintf("%s填了%s，填报情况却是“零报告”，前后矛盾。",
				r.where(plan.ColAdded), r.amount(a)), fix)
		}
		last, m := r.lastTotal()
		if t := r.Figure.Total; last.Known() && t.Known() && !t.Equal(last) {
			return r.one(plan.ColTotal, fmt.Sprintf(
				"%s填报%s，%s累计%s，填报情况却是“零报告”，前后矛盾。",
				r.where(plan.ColTotal), r.amount(t), r.monthWord(m), r.amount(last)), fix)
		}
		return nil
	},
}
