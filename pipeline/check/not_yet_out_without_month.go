package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var notYetOutWithoutMonth = &Check{
	Code: "not-yet-out-without-month", Severity: plan.Reject,
	Title: "数据未出没有写预计月份",
	Text: "选了“数据未出”的，要写明预计哪个月能报，而且应当晚于本报送期，到时程序才能提醒。" +
		"怎样改：请在预计报送月份里填写年月，例如 2025-04。",
	Row: func(r *Row) []plan.Finding {
		if r.Figure.State != plan.NotYetOut || r.Figure.Expected > r.Month {
			return nil
		}
		const fix = "请在预计报送月份填写本报送期之后的年月，例如%s。"
		example := fmt.Sprintf(fix, r.Month+1)
		cell := r.cell(plan.ColExpected)
		switch {
		case cell.Blank():
			return r.one(plan.ColExpected, "“"+r.name()+"”选了“数据未出”，没有填写预计报送月份。",
				example)
		case r.Figure.Expected == 0:
			return r.one(plan.ColExpected, r.where(plan.ColExpected)+"填的是"+shown(cell)+
				"，读不成一个月份。", example)
		}
		return r.one(plan.ColExpected, fmt.Sprintf("%s填的是%s，没有晚于本报送期%s。",
			r.where(plan.ColExpected), r.Figure.Expected.Chinese(), r.Month.Chinese()), example)
	},
}
