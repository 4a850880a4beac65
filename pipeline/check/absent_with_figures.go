package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var absentWithFigures = &Check{
	Code: "absent-with-figures", Severity: plan.Reject,
	Title: "选了不报却填了数",
	Text: "填报情况选了“数据未出”“本期不报”或“撤回”，同一行却又填了数，不知道以哪个为准。" +
		"怎样改：数已经有了的，请把填报情况改为“已报”；还没有的，请清空本行的数。",
	Row: func(r *Row) []plan.Finding {
		s := r.Figure.State
		if s != plan.NotYetOut && s != plan.NotDue && s != plan.Withdrawn {
			return nil
		}
		for _, c := range figureColumns {
			if !r.cell(c).Blank() {
				return r.one(plan.ColState, fmt.Sprintf("%s是“%s”，%s却填了%s，前后矛盾。",
					r.where(plan.ColState), s, r.column(c), shown(r.cell(c))),
					"数已经有了的请把填报情况改为“已报”；还没有的请清空本行的数。")
			}
		}
		return nil
	},
}
