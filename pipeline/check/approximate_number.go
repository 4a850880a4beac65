package check

import "duban/pipeline/plan"

var approximateNumber = &Check{
	Code: "approximate-number", Severity: plan.Query,
	Title: "填的是约数",
	Text: "单元格里写的是“约”“余”“左右”一类的约数，暂按其中的数字收下并作标记，汇总时会与准确数混在一起。" +
		"怎样改：请填准确的数；确实只有约数的，保留原样，在情况说明里写明原因和数据来源。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if !cell.Approximate || !r.number(c).Known() {
				return "", ""
			}
			return r.where(c) + "填的是约数" + shown(cell) + "，暂按" + r.number(c).String() + "计。",
				"请填准确的数；确实只有约数的，请在情况说明里写明原因。"
		}, numeric...)
	},
}
