package check

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

var nameAltered = &Check{
	Code: "name-altered", Severity: plan.Note,
	Title: "指标名称被改动",
	Text: "这一行的指标名称与实施方案不同。数据仍按指标编号收下，名称以实施方案为准。" +
		"怎样改：请恢复下发时的名称；如果本想填别的指标，请填到那个指标所在的行。",
	Row: func(r *Row) []plan.Finding {
		name := squeeze(r.Entry.Name.Text)
		if r.Indicator == nil || name == "" || strings.Contains(name, squeeze(r.Indicator.Name)) {
			return nil
		}
		return []plan.Finding{{Cell: r.Entry.Name.Address, Message: fmt.Sprintf(
			"%s的名称应为“%s”，表里（%s单元格）写作%s；按编号认定，名称以实施方案为准。",
			r.Entry.ID, r.Indicator.Name, r.Entry.Name.Address, shown(r.Entry.Name)),
			Fix: "请核对本行数据确实属于该指标，并恢复下发时的名称。"}}
	},
}
