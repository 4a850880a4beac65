package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var wrongMonth = &Check{
	Code: "wrong-month", Severity: plan.Reject, Refuses: true,
	Title: "报送期不对",
	Text: "填报表的报送期与表头所写、与本次要收的月份不一致，或者报送期还没有到。" +
		"怎样改：请使用当月下发的填报表；每个月的表只能填当月的数，不要改表头的报送期后拿旧表重报。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() {
			return nil
		}
		if s.Month == 0 {
			if s.Token.State != TokenGood && !s.Released {
				return nil
			}
			return []plan.Finding{{Message: "填报表没有报送期，不知道是哪个月的数据。",
				Fix: "请使用下发的当月填报表填写后重新报送。"}}
		}
		var out []plan.Finding
		add := func(cell, message string) {
			out = append(out, plan.Finding{Cell: cell, Message: message,
				Fix: "请使用所报月份下发的填报表填写后重新报送。"})
		}
		if s.WantMonth != 0 && s.WantMonth != s.Month {
			add("", fmt.Sprintf("本次收取%s的数据，这份填报表的报送期却是%s。",
				s.WantMonth.Chinese(), s.Month.Chinese()))
		}
		if m := s.MonthShown.Month; m != 0 && m != s.Month {
			add(s.MonthShown.Address, fmt.Sprintf(
				"这份填报表是%s的，表头（%s单元格）的报送期却写作%s。",
				s.Month.Chinese(), s.MonthShown.Address, m.Chinese()))
		}
		if !s.Today.IsZero() && s.Month > s.Today.InMonth() {
			add("", fmt.Sprintf("报送期%s还没有到，收到的日期是%s。",
				s.Month.Chinese(), s.Today.Chinese()))
		}
		return out
	},
}
