package digest

import (
	"slices"

	"duban/pipeline/assess"
)

// fieldsSheet (领域汇总) has a row for every field: how it stands, and who is to
// be spoken to.
func fieldsSheet(r *Report) Sheet {
	fields, total := sheetTallies(r)
	concerned := func(keep func(Line) bool) func(Tally) Datum {
		return func(t Tally) Datum {
			if t.Name == total.Name {
				return Datum{}
			}
			return text(unitNames(unitsOf(choose(choose(r.Lines, inField(t.Name)), keep))))
		}
	}
	columns := slices.Concat([]sheetColumn[Tally]{
		{"领域", 26, Left, plain, func(t Tally) Datum { return text(t.Name) }},
		{"指标", 8, Centre, plain, func(t Tally) Datum { return whole(t.Indicators) }},
		{"报送项", 8, Centre, plain, func(t Tally) Datum { return whole(t.Lines) }},
		{"无量化指标任务", 10, Centre, plain, func(t Tally) Datum { return whole(t.Works) }},
	}, lightCounts(), []sheetColumn[Tally]{overdueCount}, shares)
	columns = append(columns,
		sheetColumn[Tally]{"严重滞后的单位", 34, Left, plain, concerned(is(assess.FarBehind))},
		sheetColumn[Tally]{"滞后的单位", 34, Left, plain, concerned(is(assess.Behind))},
		sheetColumn[Tally]{"未报的单位", 28, Left, plain, concerned(is(assess.Missing))})
	s := newSheet("领域汇总", r.sheetTitle("领域汇总%s", r.asOfMonth()), columns,
		append(fields, total))
	s.Notes = []string{tallyNote}
	s.chart(StackedBars, "各领域指标进展（项）", len(fields), lightHeads()...)
	s.chart(PlainBars, "各领域已完成和达到序时的占比（%）", len(fields), "占比（%）")
	return s
}
