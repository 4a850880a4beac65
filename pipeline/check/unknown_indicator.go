package check

import "duban/pipeline/plan"

var unknownIndicator = &Check{
	Code: "unknown-indicator", Severity: plan.Reject, Identity: true,
	Title: "指标编号不认识",
	Text: "这一行的指标编号不在实施方案里，可能被改动、删除，或者这一行是自己加的，不知道数据属于哪个指标。" +
		"怎样改：请恢复下发时的指标编号（在隐藏的首列），或者把数据填到下发的空白表的对应行里。",
	Row: func(r *Row) []plan.Finding {
		if r.Item != nil {
			return nil
		}
		message := "这一行的指标编号" + shown(plan.Cell{Text: r.Entry.ID}) +
			"不在实施方案里，本行数据没有收下。"
		if r.Entry.ID == "" {
			message = "这一行填了内容却没有指标编号，本行数据没有收下。"
		}
		f := r.atID(message, "请恢复下发时的指标编号，或把本行数据填到下发表的对应行后重新报送。")
		if r.Entry.IDCell.Address != "" {
			f[0].Cell = r.Entry.IDCell.Address
		}
		return f
	},
}
