package check

import "duban/pipeline/plan"

var dateWithoutCompletion = &Check{
	Code: "date-without-completion", Severity: plan.Query,
	Title: "有完成日期却没有完成",
	Text: "填了实际完成日期，进展状态却还是“未启动”或“推进中”，前后不一致。状态已收下并作标记。" +
		"怎样改：已经完成的，请把进展状态改为“已完成”；没有完成的，请清空实际完成日期。",
	Row: func(r *Row) []plan.Finding {
		if !r.is(plan.Milestone) || r.Figure.Progress == "" || r.completed() ||
			r.Figure.Actual.IsZero() {
			return nil
		}
		return r.one(plan.ColActual, r.where(plan.ColActual)+"填的是"+r.Figure.Actual.Chinese()+
			"，进展状态却是“"+string(r.Figure.Progress)+"”，前后不一致。",
			"已完成的请把进展状态改为“已完成”；没有完成的请清空实际完成日期。")
	},
}
