package digest

import "fmt"

// correctionRow is one thing that became different: between two editions, or
// within the month's figures.
type correctionRow struct {
	kind, id, name, unit, of     string // of: the month of the figure
	what                         string
	before, after, at, file, why string
	late, published              bool
}

var correctionColumns = []sheetColumn[correctionRow]{
	{"类别", 16, Centre, plain, func(c correctionRow) Datum { return text(c.kind) }},
	{"编号", 9, Left, plain, func(c correctionRow) Datum { return text(c.id) }},
	{"指标", 32, Left, plain, func(c correctionRow) Datum { return text(c.name) }},
	{"单位", 24, Left, plain, func(c correctionRow) Datum { return text(c.unit) }},
	{"报送期", 10, Centre, plain, func(c correctionRow) Datum { return text(c.of) }},
	{"内容", 10, Centre, plain, func(c correctionRow) Datum { return text(c.what) }},
	{"更正前", 14, Right, plain, func(c correctionRow) Datum { return text(c.before) }},
	{"更正后", 14, Right, plain, func(c correctionRow) Datum { return text(c.after) }},
	{"更正时间", 17, Centre, plain, func(c correctionRow) Datum { return text(stamp(c.at)) }},
	{"截止后", 8, Centre, plain, func(c correctionRow) Datum { return yes(c.late) }},
	{"通报印发后", 8, Centre, plain, func(c correctionRow) Datum { return yes(c.published) }},
	{"文件", 30, Left, plain, func(c correctionRow) Datum { return text(c.file) }},
	{"原因", 34, Left, plain, func(c correctionRow) Datum { return text(c.why) }},
}

// correctionsSheet (更正说明) lists what differs from the edition this one
// replaces, then the figures that were replaced after they had been accepted.
func correctionsSheet(r *Report) Sheet {
	var rows []correctionRow
	for _, c := range r.Changes {
		rows = append(rows, correctionRow{kind: "与上一版的差异", id: c.ID, name: c.Name,
			unit: c.Unit, of: r.Month, what: c.What, before: c.Before, after: c.After,
			why: c.Cause})
	}
	for _, l := range r.Lines {
		for _, v := range l.Revisions {
			rows = append(rows, correctionRow{"数据更正", l.ID, l.Name, l.Unit, v.Month, "数据",
				v.Before, v.After, v.At, v.File, v.Why, v.Late, v.Published})
		}
	}
	s := newSheet("更正说明", r.sheetTitle("更正说明（%s）", r.month().Chinese()),
		correctionColumns, rows)
	first := "本版为第1版，没有上一版。"
	if r.Edition > 1 {
		first = fmt.Sprintf("本版为第%d版，由原始报送件重新核算形成，替代%s，与其相比有%d处变化。",
			r.Edition, r.Previous, len(r.Changes))
	}
	late := where(rows, func(c correctionRow) bool { return c.late })
	s.Notes = []string{first, fmt.Sprintf("近十二个月的数据采用后又更正的%d处，其中截止时间后更正的%d处。",
		len(rows)-len(r.Changes), len(late))}
	s.numbered()
	return s
}
