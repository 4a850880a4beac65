package digest

import (
	"fmt"

	"duban/pipeline/assess"
)

// overviewSheet (总览) counts by field and light.
func overviewSheet(r *Report) Sheet {
	s := Sheet{
		Name:  "总览",
		Title: r.title(),
		Notes: []string{
			fmt.Sprintf("%s　截至%s底　第%d版　制表时间%s", r.Number, r.month().Chinese(),
				r.Edition, stamp(r.MadeAt)),
			"一项指标由几家单位分别报送的，分别计数。占比为已完成与达到序时两类占可评判指标的比例；未报、待定不作评判。",
		},
		Columns: []SheetColumn{
			{"领域", 30, Left}, {"指标数", 9, Centre}, {"已完成", 9, Centre}, {"达到序时", 10, Centre},
			{"滞后", 8, Centre}, {"严重滞后", 10, Centre}, {"未报", 8, Centre}, {"待定", 8, Centre},
			{"占比（%）", 11, Right},
		},
	}
	owned := choose(r.Lines, func(l Line) bool { return l.Unit != "" })
	for _, f := range r.Fields {
		s.addTally(f, choose(owned, func(l Line) bool { return l.Sort == "task" && l.Field == f }))
	}
	s.addTally("办实事清单", choose(owned, func(l Line) bool { return l.Sort == "annex" }))
	s.addTally("合计", owned)
	return s
}

func (s *Sheet) addTally(name string, lines []Line) {
	if len(lines) == 0 {
		return
	}
	t := count(lines)
	row := []Datum{{Text: name}, whole(len(lines))}
	for _, l := range lights {
		d := whole(t[l])
		if t[l] > 0 && l != assess.Pending {
			d.Light = string(l)
		}
		row = append(row, d)
	}
	rate := Datum{Text: "—"}
	if n := t.judged(); n > 0 {
		rate = Datum{Number: fmt.Sprintf("%.1f", float64(t.good())*100/float64(n)), Format: "0.0"}
	}
	s.Rows = append(s.Rows, append(row, rate))
}

func whole(n int) Datum { return Datum{Number: fmt.Sprint(n), Format: "0"} }
