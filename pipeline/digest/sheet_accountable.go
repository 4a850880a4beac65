package digest

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

// chargeRow is one thing to look into: a figure changed, a target lowered, or a
// line that stays far behind.
type chargeRow struct {
	Line
	what, of                     string // of: the month of the figure
	before, after, at, file, why string
	published                    bool
}

var chargeColumns = []sheetColumn[chargeRow]{
	{"编号", 9, Left, plain, func(c chargeRow) Datum { return text(c.ID) }},
	{"指标", 30, Left, plain, func(c chargeRow) Datum { return text(c.Name) }},
	{"责任单位", 22, Left, plain, func(c chargeRow) Datum { return text(c.Unit) }},
	{"情形", 21, Centre, plain, func(c chargeRow) Datum { return text(c.what) }},
	{"报送期", 10, Centre, plain, func(c chargeRow) Datum { return text(c.of) }},
	{"改动前", 15, Right, plain, func(c chargeRow) Datum { return text(c.before) }},
	{"改动后或现状", 15, Right, plain, func(c chargeRow) Datum { return text(c.after) }},
	{"时间", 17, Centre, plain, func(c chargeRow) Datum { return text(c.at) }},
	{"通报印发后", 8, Centre, plain, func(c chargeRow) Datum { return yes(c.published) }},
	{"文件", 30, Left, plain, func(c chargeRow) Datum { return text(c.file) }},
	{"单位所说原因", 30, Left, plain, func(c chargeRow) Datum { return text(c.why) }},
	{"目标", 18, Left, plain, func(c chargeRow) Datum { return text(c.Target) }},
	{"进度灯", 11, Centre, lamp, func(c chargeRow) Datum { return text(c.word()) }},
	{"连续严重滞后月数", 9.5, Right, plain, func(c chargeRow) Datum { return positive(c.RedMonths) }},
	{"研判", 44, Left, plain, func(c chargeRow) Datum { return text(c.Sentence) }},
}

// accountableSheet (追责核查清单) says of every line that is to be looked into
// which of the four it is, with figures, days and files.
func accountableSheet(r *Report) Sheet {
	var rows []chargeRow
	for _, l := range r.Lines {
		rows = append(rows, charges(l, r.month())...)
	}
	s := newSheet("追责核查清单", r.sheetTitle("追责核查清单%s", r.asOfMonth()), chargeColumns, rows)
	s.Notes = []string{fmt.Sprintf("列入四种情形：截止后改数、多次更正、目标下调、连续%d个月及以上严重滞后。"+
		"近十二个月的每次改动一行。", LongRed)}
	s.numbered()
	return s
}

// charges are the rows of one line: those of changed figures, of lowered
// targets, of being far behind for too long, up to this month.
func charges(l Line, month plan.Month) []chargeRow {
	var rows []chargeRow
	for _, v := range l.Revisions {
		if what := chargeOf(v, len(l.Revisions)); what != "" {
			rows = append(rows, chargeRow{l, what, v.Month, v.Before, v.After, stamp(v.At),
				v.File, v.Why, v.Published})
		}
	}
	for _, x := range l.Lowerings {
		rows = append(rows, chargeRow{Line: l, what: "目标下调", before: x.Before, after: x.After,
			at: x.Month})
	}
	if l.RedMonths >= LongRed {
		since := month - plan.Month(l.RedMonths-1)
		rows = append(rows, chargeRow{Line: l, what: "连续严重滞后", after: value(l),
			at: since.String() + "起", why: l.Remark})
	}
	return rows
}

// chargeOf names what a revision is, "" for one that is in order.
func chargeOf(v Revision, times int) string {
	var parts []string
	if v.Late {
		parts = append(parts, "截止后改数")
	}
	if times > 1 {
		parts = append(parts, "多次更正")
	}
	return strings.Join(parts, "、")
}
