package check

import "duban/pipeline/plan"

var formulaWithoutValue = &Check{
	Code: "formula-without-value", Severity: plan.Reject,
	Title: "公式没有计算结果",
	Text: "单元格里是公式，但文件里没有存下计算结果，常见于用程序生成、没有打开重算过的表。程序不替单位计算。" +
		"怎样改：用 WPS 或 Excel 打开文件，按 F9 重算，看到结果后保存再报送；也可以直接填写数值。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if cell.Kind != plan.NoCacheCell {
				return "", ""
			}
			return r.where(c) + "是公式" + shown(cell) + "，文件里没有存下计算结果。",
				"请用 WPS 或 Excel 打开，按 F9 重算并保存后重新报送，或直接填写数值。"
		}, fillIn...)
	},
}
