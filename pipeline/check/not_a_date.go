package check

import "duban/pipeline/plan"

var notADate = &Check{
	Code: "not-a-date", Severity: plan.Reject,
	Title: "不是日期",
	Text: "计划完成日期或实际完成日期里填的内容读不成一个日期，比如“年底前”“近期”。" +
		"怎样改：请填写完整的年月日，例如 2025-03-31 或 2025年3月31日；日期还不能确定的，请留空并在情况说明里写明。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if cell.Kind == plan.ErrorCell || cell.Kind == plan.NoCacheCell || !cell.Date.IsZero() {
				return "", ""
			}
			return r.where(c) + "填的是" + shown(cell) + "，读不成一个日期。",
				"请填写完整的年月日，例如2025-03-31；不能确定的请留空并在情况说明里写明。"
		}, plan.ColPlanned, plan.ColActual)
	},
}
