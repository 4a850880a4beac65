package check

import "duban/pipeline/plan"

var scaledNumber = &Check{
	Code: "scaled-number", Severity: plan.Note,
	Title: "按文字换算的数",
	Text: "单元格里写的是“1.2万”“一千二百”或带着别的金额单位的数，意思只有一个，已换算成表里的计量单位收下。" +
		"怎样改：核对换算后的数；没有错就不用改，下次请直接按计量单位填阿拉伯数字。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if !cell.Scaled || !r.number(c).Known() {
				return "", ""
			}
			return r.where(c) + "填的是" + shown(cell) + "，按" + r.amount(r.number(c)) + "计。",
				"请核对换算后的数，没有错就不用改。"
		}, numeric...)
	},
}
