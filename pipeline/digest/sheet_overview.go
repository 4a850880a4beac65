package digest

import (
	"fmt"
	"slices"
)

// overviewSheet (总览) counts by field and light, with the two pictures that are
// looked at first.
func overviewSheet(r *Report) Sheet {
	fields, total := sheetTallies(r)
	columns := slices.Concat([]sheetColumn[Tally]{
		{"领域", 26, Left, plain, func(t Tally) Datum { return text(t.Name) }},
		{"指标数", 9, Centre, plain, func(t Tally) Datum { return whole(t.Lines) }},
	}, lightCounts(), []sheetColumn[Tally]{overdueCount}, shares)
	s := newSheet("总览", r.sheetTitle("%s", r.title()), columns, append(fields, total))
	s.Notes = []string{
		fmt.Sprintf("%s　截至%s底　第%d版　制表时间%s", r.Number, r.month().Chinese(),
			r.Edition, stamp(r.MadeAt)),
		tallyNote,
	}
	s.chart(StackedBars, "各领域指标进展（项）", len(fields), lightHeads()...)
	s.chart(PlainBars, "各领域平均完成率与序时进度（%）", len(fields), "完成率（%）", "序时进度（%）")
	return s
}
