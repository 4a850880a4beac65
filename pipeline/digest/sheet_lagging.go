package digest

import "fmt"

var laggingColumns = []sheetColumn[Line]{
	{"编号", 9, Left, plain, func(l Line) Datum { return text(l.ID) }},
	{"指标", 30, Left, plain, func(l Line) Datum { return text(l.Name) }},
	{"责任单位", 22, Left, plain, func(l Line) Datum { return text(l.Unit) }},
	{"目标", 16, Left, plain, func(l Line) Datum { return text(l.Target) }},
	{"完成时限", 10, Centre, plain, func(l Line) Datum { return text(l.Due) }},
	{"数据月份", 10, Centre, plain, asOf},
	{"完成情况", 14, Right, plain, func(l Line) Datum { return sourced(text(value(l)), l.Source) }},
	{"完成率（%）", 11, Right, bar, func(l Line) Datum { return rate(l.Done) }},
	{"序时进度（%）", 12, Right, plain, func(l Line) Datum { return rate(l.inTime()) }},
	{"差距", 11, Right, plain, gapDatum},
	{"进度灯", 11, Centre, lamp, func(l Line) Datum { return text(l.word()) }},
	{"连续严重滞后月数", 9.5, Right, plain, func(l Line) Datum { return positive(l.RedMonths) }},
	{"研判", 40, Left, plain, func(l Line) Datum { return text(l.Sentence) }},
	{"研判依据", 26, Left, plain, func(l Line) Datum { return text(l.Rule) }},
	{"单位说明", 28, Left, plain, func(l Line) Datum { return text(l.Remark) }},
	{"采信的说明", 24, Left, plain, func(l Line) Datum { return text(l.Explained) }},
	{"来源", 8, Centre, plain, func(l Line) Datum { return sourceLink(l.Source) }},
}

// laggingSheet (滞后清单) is what the office works through, the worst first.
func laggingSheet(r *Report) Sheet {
	red, yellow := laggards(r)
	s := newSheet("滞后清单", r.sheetTitle("滞后清单%s", r.asOfMonth()), laggingColumns,
		append(red, yellow...))
	s.Notes = []string{fmt.Sprintf("严重滞后%d项（其中逾期%d项），滞后%d项。差距未注明单位的为百分点。",
		len(red), len(overdue(red)), len(yellow))}
	s.numbered()
	return s
}
