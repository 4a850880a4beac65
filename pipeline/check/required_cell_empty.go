package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var requiredCellEmpty = &Check{
	Code: "required-cell-empty", Severity: plan.Reject,
	Title: "必填单元格没有填",
	Text: "这一行填了别的内容，却缺了必须填写的一格。空着不等于零，程序也不替单位推算。" +
		"怎样改：请补填这一格；没有进展的，填报情况选“零报告”；数据没有出来的，选“数据未出”并填预计报送月份。",
	Row: func(r *Row) []plan.Finding {
		if !r.says() {
			return nil
		}
		var out []plan.Finding
		for _, c := range r.required() {
			if cell := r.cell(c); cell.Blank() && !cell.Covered {
				out = append(out, r.at(c, r.where(c)+"没有填写，空着不等于零。", r.fillHint(c)))
			}
		}
		return out
	},
}

// required lists the columns that a row which reports must fill.
func (r *Row) required() []plan.Column {
	switch {
	case r.Indicator == nil:
		return []plan.Column{plan.ColProgress, plan.ColRemark}
	case r.is(plan.Milestone):
		return []plan.Column{plan.ColProgress}
	case r.is(plan.Comparison), r.is(plan.Ratio) && !(r.Opening && r.brings(plan.ColTotal)):
		return []plan.Column{plan.ColA, plan.ColB}
	case r.is(plan.Ratio):
		return nil
	case r.is(plan.Growth) && r.brings(plan.ColA) && r.brings(plan.ColB):
		return nil // the program works the growth out
	}
	return []plan.Column{plan.ColTotal}
}

// fillHint says how to fill a blank cell: with the sum, where it is known.
func (r *Row) fillHint(c plan.Column) string {
	if r.Indicator == nil {
		if c == plan.ColRemark {
			return "请用一两句话写明本月的进展。"
		}
		return "请从下拉列表选择：未启动、推进中、已完成、已验收。"
	}
	last, m := r.lastTotal()
	sum := last.Add(r.Figure.Added)
	if c == plan.ColTotal && r.counts() && sum.Known() && r.follows(m) {
		return fmt.Sprintf("请补填；%s累计%s，本月新增%s，如无误应填%s。", r.monthWord(m),
			r.amount(last), r.amount(r.Figure.Added), sum)
	}
	if c == plan.ColProgress {
		return "请从下拉列表选择：未启动、推进中、已完成、已验收。"
	}
	return "请补填；没有进展的填报情况选“零报告”，数据没有出来的选“数据未出”。"
}
