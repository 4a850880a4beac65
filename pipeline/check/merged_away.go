package check

import "duban/pipeline/plan"

var mergedAway = &Check{
	Code: "merged-away", Severity: plan.Reject,
	Title: "必填单元格被合并掉了",
	Text: "这一行必须填写的单元格被并进了别的行或列，合并区域里的内容属于左上角那一格，本行没有自己的数，程序不替单位拆分。" +
		"怎样改：请取消合并，在这一行填写它自己的数；没有进展的，填报情况选“零报告”。",
	Row: func(r *Row) []plan.Finding {
		if !r.says() {
			return nil
		}
		var out []plan.Finding
		for _, c := range r.required() {
			if cell := r.cell(c); cell.Covered {
				out = append(out, r.at(c, r.where(c)+"被并进了合并单元格"+cell.Merged+
					"，没有自己的内容，本行没有收下。", "请取消合并，在这一行填写它自己的内容。"))
			}
		}
		return out
	},
}
