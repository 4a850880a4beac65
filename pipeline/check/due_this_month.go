package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var dueThisMonth = &Check{
	Code: "due-this-month", Severity: plan.Query,
	Title: "本期应报却选了不报",
	Text: "按报送频次这一行本期应当报送，填报情况却选了“本期不报”。已先收下并作标记。" +
		"怎样改：有数的请填数并改为“已报”；没有进展的改为“零报告”；数没有出来的改为“数据未出”；" +
		"确有理由不报的，请在情况说明里写明。",
	Row: func(r *Row) []plan.Finding {
		if r.Figure.State != plan.NotDue || !r.dueNow() {
			return nil
		}
		how := "每期"
		if r.Indicator != nil {
			how = map[plan.Frequency]string{plan.Quarterly: "每季", plan.HalfYearly: "每半年",
				plan.Yearly: "每年"}[r.Indicator.Frequency]
			if how == "" {
				how = "每月"
			}
		}
		return r.one(plan.ColState, fmt.Sprintf("%s是“本期不报”，而“%s”%s报送，%s应当报送。",
			r.where(plan.ColState), r.name(), how, r.Month.Chinese()),
			"请改为“已报”“零报告”或“数据未出”；确有理由不报的，请在情况说明里写明。")
	},
}
