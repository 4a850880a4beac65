package assess

// samples are views of every shape: with all items and with only those that are
// always there, and each of the yes-or-no items turned the other way.
func samples() []any {
	bare := view{Name: "新增就业", AsOf: "3月底", Value: "1人", Target: "2人", Word: "目标", Month: 3,
		Done: "50.0", Due: "75.0", Gap: "1人", Threshold: "80", Deadline: "2025年12月",
		NameA: "甲", ValueA: "1人", NameB: "乙", ValueB: "2人", Progress: "推进中", Way: "增加",
		Than: "同比", Span: "2月", Reason: "目标待定", Closed: "2025年2月", Document: "1号",
		Elapsed: "75.0", Planned: "2025年3月31日", Latest: "累计1人"}
	full := bare
	full.Window, full.Actual, full.Expected = "本年", "2025年3月1日", "2025年4月"
	full.Overdue, full.Older, full.Quarterly, full.ZeroReport = 3, true, true, true
	full.Reached, full.NotStarted, full.TimeUp, full.Estimate = true, true, true, true
	poor := bare
	poor.Planned, poor.Latest, poor.Done, poor.Target = "", "", "", ""
	out := []any{&bare, &full, &poor}
	for _, turn := range []func(v *view){
		func(v *view) { v.Older = !v.Older }, func(v *view) { v.Quarterly = !v.Quarterly },
		func(v *view) { v.ZeroReport = !v.ZeroReport }, func(v *view) { v.Reached = !v.Reached },
		func(v *view) { v.NotStarted = !v.NotStarted }, func(v *view) { v.TimeUp = !v.TimeUp },
		func(v *view) { v.Estimate = !v.Estimate }, func(v *view) { v.Overdue = 3 - v.Overdue },
	} {
		a, b := bare, full
		turn(&a)
		turn(&b)
		out = append(out, &a, &b)
	}
	return out
}
