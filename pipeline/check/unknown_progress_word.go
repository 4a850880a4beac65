package check

import "duban/pipeline/plan"

var unknownProgressWord = &Check{
	Code: "unknown-progress-word", Severity: plan.Reject,
	Title: "进展状态用词不认识",
	Text: "进展状态只能是未启动、推进中、已完成、已验收四种之一，其他写法不能判断进度。" +
		"怎样改：请从下拉列表里选择；具体进展请写在情况说明里。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if r.Figure.Progress != "" || cell.Kind == plan.ErrorCell ||
				cell.Kind == plan.NoCacheCell || !r.says() {
				return "", ""
			}
			return r.where(c) + "填的是" + shown(cell) + "，不是规定的用词。",
				"请从下拉列表选择：未启动、推进中、已完成、已验收。"
		}, plan.ColProgress)
	},
}
