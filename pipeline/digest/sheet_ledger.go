package digest

import "strings"

// ledgerAbove is how many rows stand above the first row of 指标台账: title, one
// note, head.
const ledgerAbove = 3

// ledgerColumns are the columns of 指标台账. Unknown figures are empty. What tells
// one row from another comes first: it stays in sight, and on every page.
var ledgerColumns = []sheetColumn[Line]{
	{"编号", 9, Left, plain, func(l Line) Datum { return text(l.ID) }},
	{"指标", 30, Left, plain, func(l Line) Datum { return text(l.Name) }},
	{"责任单位", 22, Left, plain, func(l Line) Datum { return text(l.Unit) }},
	{"领域", 18, Left, plain, func(l Line) Datum { return text(l.Field) }},
	{"工作事项", 26, Left, plain, func(l Line) Datum { return text(l.ItemTitle) }},
	{"目标", 18, Left, plain, func(l Line) Datum { return text(l.Target) }},
	{"目标值", 12, Right, plain, func(l Line) Datum { return amount(l.TargetValue, l.Measure) }},
	{"计量单位", 10, Centre, plain, func(l Line) Datum { return text(l.Measure) }},
	{"完成时限", 10, Centre, plain, func(l Line) Datum { return text(l.Due) }},
	{"填报情况", 10, Centre, plain, func(l Line) Datum { return text(l.State) }},
	{"数据月份", 10, Centre, plain, asOf},
	{"口径", 10, Centre, plain, func(l Line) Datum { return text(l.Lag) }},
	{"本月新增", 11, Right, plain, func(l Line) Datum { return amount(l.Added, l.Measure) }},
	{"完成情况", 12, Right, plain, func(l Line) Datum { return sourced(standing(l), l.Source) }},
	{"应完成", 12, Right, plain, Line.expected},
	{"完成率（%）", 11, Right, bar, func(l Line) Datum { return rate(l.Done) }},
	{"序时进度（%）", 12, Right, plain, func(l Line) Datum { return rate(l.inTime()) }},
	{"差距", 11, Right, plain, gapDatum},
	{"进度灯", 11, Centre, lamp, func(l Line) Datum { return text(l.word()) }},
	{"连续严重滞后月数", 9.5, Right, plain, func(l Line) Datum { return positive(l.RedMonths) }},
	{"同比", 16, Left, plain, func(l Line) Datum { return text(l.OverYear) }},
	{"环比", 16, Left, plain, func(l Line) Datum { return text(l.OverMonth) }},
	{"研判", 46, Left, plain, func(l Line) Datum { return text(l.Sentence) }},
	{"研判依据", 30, Left, plain, func(l Line) Datum { return text(l.Rule) }},
	{"单位说明", 30, Left, plain, func(l Line) Datum { return text(l.Remark) }},
	{"审核问题", 34, Left, plain, func(l Line) Datum {
		return text(strings.Join(l.Findings, "\n"))
	}},
	{"备注", 30, Left, plain, func(l Line) Datum { return text(l.Note) }},
	{"来源", 8, Centre, plain, func(l Line) Datum { return sourceLink(l.Source) }},
}

// ledgerSheet (指标台账) has a row for every indicator and reporter, and for
// every task without an indicator.
func ledgerSheet(r *Report) Sheet {
	s := newSheet("指标台账", r.sheetTitle("指标台账%s", r.asOfMonth()), ledgerColumns,
		ledgerRows(r))
	s.Notes = []string{"空白表示未知或不适用，不是零。差距未注明单位的为百分点。" +
		"每个数据可在“数据来源”表查到报送件和单元格。"}
	return s
}

func ledgerRows(r *Report) []Line {
	rows := append([]Line(nil), r.Lines...)
	for _, w := range r.Works {
		rows = append(rows, Line{ID: w.Item, Field: w.Field, ItemTitle: w.Title,
			Name: "（无量化指标）", Unit: w.Unit, State: w.State, Sentence: w.Progress,
			Remark: w.Remark, Source: w.Source})
	}
	return rows
}
