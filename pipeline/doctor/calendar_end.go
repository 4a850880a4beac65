package doctor

import (
	"context"
	"fmt"

	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// calendarEnd asks for this year in the calendar, and from November on, when
// the State Council has published it, for the next.
var calendarEnd = Examination{Code: "calendar-end", Title: "工作日历的年份",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		if c.Calendar == nil {
			return nil, nil // told by calendar
		}
		now := c.Now.In(schedule.Zone)
		years := []int{now.Year()}
		if now.Month() >= 11 {
			years = append(years, now.Year()+1)
		}
		var all []Symptom
		for i, y := range years {
			if _, err := c.Calendar.NthWorkday(plan.MonthOf(y, 1), 1); err == nil {
				continue
			}
			s := Symptom{Severity: Error, Where: "plan/calendar.yaml",
				What: fmt.Sprintf("工作日历里没有%d年：推算不出%s起的报送截止时间，到时填报表不能下发"+
					"（程序不按“周一至周五上班”去猜）", y, (plan.MonthOf(y, 1) - 1).Chinese()),
				Fix: fmt.Sprintf("国务院办公厅公布%d年放假安排后，照文件里已有年份的样子在末尾补上一段，存盘即可。", y)}
			if i == 1 {
				s.Severity = Warning
			}
			all = append(all, s)
		}
		return all, nil
	}}
