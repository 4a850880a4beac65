package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var milestoneDatesImpossible = &Check{
	Code: "milestone-dates-impossible", Severity: plan.Reject,
	Title: "事项日期不可能",
	Text: "计划完成日期或实际完成日期早于实施方案的起始月份，或者实际完成日期还没有到。多半是年份写错。" +
		"怎样改：请核对年、月、日后改正；还没有完成的，实际完成日期请留空，进展状态选“推进中”。",
	Row: func(r *Row) []plan.Finding {
		var out []plan.Finding
		start := plan.Date{Year: r.Plan.From.Year(), Month: r.Plan.From.Number(), Day: 1}
		dates := map[plan.Column]plan.Date{plan.ColPlanned: r.Figure.Planned,
			plan.ColActual: r.Figure.Actual}
		for _, c := range []plan.Column{plan.ColPlanned, plan.ColActual} {
			d := dates[c]
			switch {
			case d.IsZero():
			case d.Compare(start) < 0:
				out = append(out, r.at(c, fmt.Sprintf("%s填的是%s，早于实施方案的起始月份%s。",
					r.where(c), d.Chinese(), r.Plan.From.Chinese()), "请核对年、月、日后改正。"))
			case c == plan.ColActual && !r.Today.IsZero() && d.Compare(r.Today) > 0:
				out = append(out, r.at(c, fmt.Sprintf("%s填的是%s，晚于收到本表的日期%s，还没有到。",
					r.where(c), d.Chinese(), r.Today.Chinese()),
					"请核对日期；还没有完成的，实际完成日期请留空，进展状态选“推进中”。"))
			}
		}
		return out
	},
}
