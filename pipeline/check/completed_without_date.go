package check

import "duban/pipeline/plan"

var completedWithoutDate = &Check{
	Code: "completed-without-date", Severity: plan.Query,
	Title: "已完成却没有完成日期",
	Text: "进展状态是“已完成”或“已验收”，没有填写实际完成日期，无法判断是否按期。状态已收下并作标记。" +
		"怎样改：请补填实际完成日期；日期查不到的，请在情况说明里写明大致时间和依据。",
	Row: func(r *Row) []plan.Finding {
		if !r.is(plan.Milestone) || !r.completed() || !r.cell(plan.ColActual).Blank() {
			return nil
		}
		return r.one(plan.ColActual, "“"+r.name()+"”的进展状态是“"+string(r.Figure.Progress)+
			"”，没有填写实际完成日期。", "请补填实际完成日期，或在情况说明里写明大致时间和依据。")
	},
}

// completed reports whether the row says that the matter is finished.
func (r *Row) completed() bool {
	return r.Figure.Progress == plan.Completed || r.Figure.Progress == plan.Accepted
}
