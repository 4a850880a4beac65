package check

import "duban/pipeline/plan"

var digitSlip = &Check{
	Code: "digit-slip", Severity: plan.Query,
	Title: "疑似多写或少写一位数",
	Text: "以往各月很平稳，或者累计数与本月新增对不上，而这个数多写一位或少写一位就对上了。" +
		"提示里写明推测的数和依据；程序不会替您改数。" +
		"怎样改：推测对的，请按推测的数改正；原数没有错的，请在情况说明里写明。",
	Row: func(r *Row) []plan.Finding {
		words := func(r *Row, s slip) string {
			if s.shift > 0 {
				return "疑少写一位，应为" + r.amountOf(s.column, s.meant())
			}
			return "疑多写一位，应为" + r.amountOf(s.column, s.meant())
		}
		return r.propose(words, 1, -1)
	},
}
