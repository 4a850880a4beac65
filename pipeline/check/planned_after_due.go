package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var plannedAfterDue = &Check{
	Code: "planned-after-due", Severity: plan.Note,
	Title: "计划完成日期晚于完成时限",
	Text: "单位计划的完成日期比实施方案的完成时限晚，照此推进将逾期。进度仍按实施方案的时限研判。" +
		"怎样改：请尽量提前安排；确需延期的，请按程序向督查考核部门申请。",
	Row: func(r *Row) []plan.Finding {
		d := r.Figure.Planned
		if !r.is(plan.Milestone) || r.completed() || d.IsZero() || r.Indicator.Due == 0 ||
			d.InMonth() <= r.Indicator.Due || r.Month > r.Indicator.Due {
			return nil
		}
		return r.one(plan.ColPlanned, fmt.Sprintf("%s填的是%s，晚于实施方案的完成时限%s。",
			r.where(plan.ColPlanned), d.Chinese(), r.Indicator.Due.Chinese()),
			"请尽量提前安排；确需延期的，请按程序申请。")
	},
}
