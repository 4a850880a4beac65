package digest

import "fmt"

// laggingSheet (滞后清单) is what the office works through, the worst first.
func laggingSheet(r *Report) Sheet {
	red, yellow := laggards(r)
	s := Sheet{
		Name:  "滞后清单",
		Title: fmt.Sprintf("滞后清单（截至%s底）", r.month().Chinese()),
		Notes: []string{fmt.Sprintf("严重滞后%d项（其中逾期%d项），滞后%d项。差距未注明单位的为百分点。",
			len(red), len(overdue(red)), len(yellow))},
		Columns: []SheetColumn{
			{"序号", 7, Centre}, {"编号", 9, Left}, {"指标", 32, Left}, {"责任单位", 24, Left},
			{"目标", 20, Left}, {"完成时限", 10, Centre}, {"完成情况", 14, Right},
			{"差距", 11, Right}, {"进度灯", 11, Centre}, {"研判", 52, Left},
			{"单位说明", 36, Left}, {"来源", 8, Centre},
		},
	}
	for i, l := range append(red, yellow...) {
		s.Rows = append(s.Rows, []Datum{
			whole(i + 1), {Text: l.ID}, {Text: l.Name}, {Text: l.Unit}, {Text: l.Target},
			{Text: l.Due}, {Text: value(l)}, gapDatum(l), {Text: l.word(), Light: l.Light},
			{Text: l.Sentence}, {Text: l.Remark}, sourceLink(l.Source),
		})
	}
	return s
}
