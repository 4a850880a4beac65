package check

import "duban/pipeline/plan"

var notANumber = &Check{
	Code: "not-a-number", Severity: plan.Reject,
	Title: "不是数字",
	Text: "应填数字的单元格里是文字、日期或者大得离谱的数，读不成一个确定的数，程序不猜。" +
		"怎样改：请只填阿拉伯数字，按表里的计量单位换算好，不带单位，不写“约”“余”“左右”；" +
		"需要说明的写在情况说明里，数据没有出来的，填报情况选“数据未出”。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if cell.Kind == plan.ErrorCell || cell.Kind == plan.NoCacheCell ||
				r.number(c).Known() {
				return "", ""
			}
			measure := ""
			if r.Indicator != nil && r.Indicator.Measure != "" {
				measure = "（计量单位：" + r.Indicator.Measure + "）"
			}
			return r.where(c) + "填的是" + shown(cell) + "，读不成一个确定的数。",
				"请只填阿拉伯数字" + measure + "，不带单位和文字，说明写在情况说明里。"
		}, numeric...)
	},
}
