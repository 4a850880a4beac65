package digest

import "fmt"

// unitsSheet (单位报送) is each unit's month of reporting.
func unitsSheet(r *Report) Sheet {
	s := Sheet{
		Name:  "单位报送",
		Title: fmt.Sprintf("各单位%s报送情况", r.month().Chinese()),
		Notes: []string{"截止时间：" + stamp(r.Deadline) + "（以收到时间为准）。"},
		Columns: []SheetColumn{
			{"序号", 7, Centre}, {"单位", 30, Left}, {"状态", 16, Centre}, {"是否按时", 10, Centre},
			{"首次收到", 18, Centre}, {"报送次数", 10, Right}, {"应报", 8, Right},
			{"采用", 8, Right}, {"退回", 8, Right}, {"存疑", 8, Right},
		},
	}
	for i, u := range r.Units {
		s.Rows = append(s.Rows, []Datum{
			whole(i + 1), {Text: u.Name}, {Text: u.State}, {Text: u.OnTime},
			{Text: stamp(u.ReceivedAt)}, whole(u.Versions), whole(u.Due), whole(u.Taken),
			whole(u.Returned), whole(u.Queries),
		})
	}
	return s
}
