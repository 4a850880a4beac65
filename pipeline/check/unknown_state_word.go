package check

import "duban/pipeline/plan"

var unknownStateWord = &Check{
	Code: "unknown-state-word", Severity: plan.Reject,
	Title: "填报情况用词不认识",
	Text: "填报情况只能是已报、零报告、数据未出、本期不报、撤回五种之一，留空的按已报处理。" +
		"怎样改：请从下拉列表里选择；其他话请写在情况说明里。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if _, ok := r.stateWord(); ok || cell.Kind == plan.ErrorCell ||
				cell.Kind == plan.NoCacheCell {
				return "", ""
			}
			return r.where(c) + "填的是" + shown(cell) + "，不是规定的用词。",
				"请从下拉列表选择：已报、零报告、数据未出、本期不报、撤回。"
		}, plan.ColState)
	},
}
