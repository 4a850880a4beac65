package check

import "duban/pipeline/plan"

var unknownUnit = &Check{
	Code: "unknown-unit", Severity: plan.Reject, Identity: true,
	Title: "报送单位不认识",
	Text: "期初数表的这一行没有写明报送单位，或者所写的单位不在实施方案的单位名录里。" +
		"怎样改：请按单位名录填写规范全称、简称或代码；名录里没有的简称，请先加入单位名录。",
	Row: func(r *Row) []plan.Finding {
		if !r.Opening || r.Unit != nil {
			return nil
		}
		message := "“" + r.name() + "”一行没有写报送单位，本行没有收下。"
		if r.Entry.Unit != "" {
			message = "“" + r.name() + "”一行的报送单位" + shown(plan.Cell{Text: r.Entry.Unit}) +
				"不在单位名录里，本行没有收下。"
		}
		return r.atID(message, "请填写单位名录里的规范全称、简称或代码。")
	},
}
