package check

import "duban/pipeline/plan"

var errorValue = &Check{
	Code: "error-value", Severity: plan.Reject,
	Title: "单元格是错误值",
	Text: "单元格里是 #REF!、#DIV/0!、#VALUE! 一类的错误值，多半是公式引用的内容被删掉了，没有数可收。" +
		"怎样改：请直接填写数值，或改好公式、看到正确的结果后保存，再重新报送。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if cell.Kind != plan.ErrorCell {
				return "", ""
			}
			return r.where(c) + "是错误值" + shown(cell) + "，没有数可收。",
				"请直接填写数值，或改正公式后重新报送。"
		}, fillIn...)
	},
}

// fillIn are the columns a clerk fills, in the order of the form.
var fillIn = []plan.Column{
	plan.ColAdded, plan.ColTotal, plan.ColA, plan.ColB, plan.ColProgress, plan.ColPlanned,
	plan.ColActual, plan.ColState, plan.ColExpected, plan.ColRemark,
}

// each asks for a message and a fix for every filled cell of some columns.
func (r *Row) each(ask func(plan.Column, plan.Cell) (message, fix string),
	columns ...plan.Column) []plan.Finding {
	var out []plan.Finding
	for _, c := range columns {
		cell := r.cell(c)
		if cell.Blank() {
			continue
		}
		if message, fix := ask(c, cell); message != "" {
			out = append(out, r.at(c, message, fix))
		}
	}
	return out
}
