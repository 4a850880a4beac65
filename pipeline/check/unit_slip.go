package check

import "duban/pipeline/plan"

var unitSlip = &Check{
	Code: "unit-slip", Severity: plan.Query,
	Title: "疑似计量单位错（元、万元、亿元，个、万）",
	Text: "填报的数与目标、上次的数、本月新增相比，差了一万倍或一亿倍，多半是把“万”“亿”当成了计量单位，" +
		"或者该填“万元”的填了“元”。提示里写明推测的数和依据；程序不会替您改数。" +
		"怎样改：推测对的，请按推测的数改正；原数没有错的，请在情况说明里写明。",
	Row: func(r *Row) []plan.Finding {
		return r.propose((*Row).inMeasure, measures...)
	},
}
