package digest

import (
	"fmt"
	"strings"
)

// ledgerSheet (指标台账) has a row for every indicator and reporter, and for
// every task without an indicator.
func ledgerSheet(r *Report) Sheet {
	s := Sheet{
		Name:  "指标台账",
		Title: fmt.Sprintf("指标台账（截至%s底）", r.month().Chinese()),
		Notes: []string{"空白表示未知或不适用，不是零。差距未注明单位的为百分点。每个数据可在“数据来源”表查到报送件和单元格。"},
		Columns: []SheetColumn{
			{"编号", 9, Left}, {"领域", 20, Left}, {"工作事项", 26, Left}, {"指标", 30, Left},
			{"责任单位", 22, Left}, {"目标", 18, Left}, {"目标值", 12, Right},
			{"计量单位", 9, Centre}, {"完成时限", 10, Centre}, {"填报情况", 10, Centre},
			{"本月新增", 11, Right}, {"完成情况", 12, Right}, {"应完成", 12, Right},
			{"完成率（%）", 11, Right}, {"序时进度（%）", 12, Right}, {"差距", 11, Right},
			{"进度灯", 11, Centre}, {"研判", 46, Left}, {"单位说明", 30, Left},
			{"审核问题", 34, Left}, {"备注", 30, Left}, {"来源", 8, Centre},
		},
	}
	for _, l := range r.Lines {
		s.Rows = append(s.Rows, []Datum{
			{Text: l.ID}, {Text: l.Field}, {Text: l.ItemTitle}, {Text: l.Name}, {Text: l.Unit},
			{Text: l.Target}, amount(l.TargetValue), {Text: l.Measure}, {Text: l.Due},
			{Text: l.State}, amount(l.Added), standing(l), l.expected(),
			rate(l.Done), rate(l.inTime()), gapDatum(l),
			{Text: l.word(), Light: l.Light}, {Text: l.Sentence}, {Text: l.Remark},
			{Text: strings.Join(l.Findings, "\n")}, {Text: l.Note}, sourceLink(l.Source),
		})
	}
	for _, w := range r.Works {
		row := make([]Datum, len(s.Columns))
		row[0], row[1], row[2] = Datum{Text: w.Item}, Datum{Text: w.Field}, Datum{Text: w.Title}
		row[3], row[4] = Datum{Text: "（无量化指标）"}, Datum{Text: w.Unit}
		row[9], row[17], row[18] = Datum{Text: w.State}, Datum{Text: w.Progress}, Datum{Text: w.Remark}
		row[21] = sourceLink(w.Source)
		s.Rows = append(s.Rows, row)
	}
	return s
}

// standing is the judged number, or the status of a milestone.
func standing(l Line) Datum {
	if l.Progress != "" {
		return Datum{Text: l.Progress}
	}
	return amount(l.Value)
}

// expected is what should stand by now; nothing is expected of nobody.
func (l Line) expected() Datum {
	if l.Unit == "" {
		return Datum{}
	}
	return amount(l.Expected)
}

// gapDatum is the gap as a number, its format naming the measure where that is
// not points.
func gapDatum(l Line) Datum {
	if l.Gap == "" || l.inPoints() {
		return rate(l.Gap)
	}
	d := amount(l.Gap)
	d.Format += `"` + strings.ReplaceAll(l.Measure, `"`, "") + `"`
	return d
}

// amount is a number to two places at most: what was worked out may have eight.
func amount(s string) Datum {
	if s == "" {
		return Datum{}
	}
	s = number(s).Decimal().Round(2).String()
	format := "#,##0"
	if i := strings.IndexByte(s, '.'); i >= 0 {
		format += "." + strings.Repeat("0", len(s)-i-1)
	}
	return Datum{Number: s, Format: format}
}

// rate is a percentage to one place.
func rate(s string) Datum {
	v := number(s)
	if !v.Known() {
		return Datum{}
	}
	return Datum{Number: v.Decimal().Round(1).StringFixed(1), Format: "0.0"}
}

// sourceLink leads to a row of 数据来源; two rows (head and title lines) stand
// above its first.
func sourceLink(n int) Datum {
	if n == 0 {
		return Datum{}
	}
	return Datum{Text: fmt.Sprint(n), Link: fmt.Sprintf("数据来源!A%d", n+sourcesAbove)}
}
