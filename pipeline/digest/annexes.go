package digest

import "fmt"

// ledgerAnnex is the table of every indicator, set across the page.
func ledgerAnnex(r *Report) Annex {
	t := Table{
		Caption: fmt.Sprintf("指标进展情况（截至%s底）", r.month().Chinese()),
		Columns: []Column{
			{"编号", 0.06, Left}, {"指标", 0.24, Left}, {"责任单位", 0.14, Left},
			{"目标", 0.16, Left}, {"完成时限", 0.08, Centre}, {"完成情况", 0.10, Right},
			{"完成率", 0.07, Right}, {"序时进度", 0.07, Right}, {"进度灯", 0.08, Left},
		},
	}
	for _, l := range r.Lines {
		unit := l.Unit
		if unit == "" {
			unit = "未明确"
		}
		t.Rows = append(t.Rows, []Cell{
			{Text: l.ID}, {Text: l.Name}, {Text: unit}, {Text: l.Target}, {Text: l.Due},
			{Text: value(l)}, {Text: percent(l.Done)}, {Text: percent(l.inTime())},
			{Text: l.word(), Light: l.Light},
		})
	}
	return Annex{Title: "指标进展情况表", Landscape: true, Body: []Block{t}}
}

// unitsAnnex is the table of how each unit reported.
func unitsAnnex(r *Report) Annex {
	t := Table{
		Caption: fmt.Sprintf("各单位%s报送情况", r.month().Chinese()),
		Columns: []Column{
			{"序号", 0.07, Centre}, {"单位", 0.31, Left}, {"状态", 0.17, Centre},
			{"是否按时", 0.11, Centre}, {"应报", 0.08, Right}, {"采用", 0.08, Right},
			{"退回", 0.08, Right}, {"存疑", 0.10, Right},
		},
	}
	for i, u := range r.Units {
		t.Rows = append(t.Rows, []Cell{
			{Text: fmt.Sprint(i + 1)}, {Text: u.Name}, {Text: u.State}, {Text: dash(u.OnTime)},
			{Text: fmt.Sprint(u.Due)}, {Text: fmt.Sprint(u.Taken)},
			{Text: fmt.Sprint(u.Returned)}, {Text: fmt.Sprint(u.Queries)},
		})
	}
	return Annex{Title: "各单位报送情况表", Body: []Block{t}}
}
