package digest

import "fmt"

// sourcesAbove is how many rows stand above the first row of 数据来源: title,
// one note, head.
const sourcesAbove = 3

// sourceRow is a source with its number and the row of 指标台账 it is used in, 0
// for none.
type sourceRow struct {
	Source
	n, ledger int
}

var sourceColumns = []sheetColumn[sourceRow]{
	{"序号", 7, Centre, plain, func(x sourceRow) Datum { return whole(x.n) }},
	{"编号", 9, Left, plain, sourceRow.id},
	{"单位", 24, Left, plain, func(x sourceRow) Datum { return text(x.Unit) }},
	{"报送期", 10, Centre, plain, func(x sourceRow) Datum { return text(x.Month) }},
	{"数值", 12, Right, plain, sourceRow.value},
	{"填报情况", 10, Centre, plain, func(x sourceRow) Datum { return text(x.State) }},
	{"文件", 34, Left, plain, func(x sourceRow) Datum { return text(x.File) }},
	{"工作表", 12, Left, plain, func(x sourceRow) Datum { return text(x.Sheet) }},
	{"单元格", 9, Centre, plain, func(x sourceRow) Datum { return text(x.Cell) }},
	{"原值", 14, Left, plain, func(x sourceRow) Datum { return text(x.Raw) }},
	{"报送人", 20, Left, plain, func(x sourceRow) Datum { return text(x.Sender) }},
	{"渠道", 10, Centre, plain, func(x sourceRow) Datum { return text(x.Channel) }},
	{"收到时间", 17, Centre, plain, func(x sourceRow) Datum { return text(stamp(x.ReceivedAt)) }},
	{"SHA-256", 68, Left, plain, func(x sourceRow) Datum { return text(x.SHA256) }},
}

// sourcesSheet (数据来源) leads each figure back to the cell it came from.
func sourcesSheet(r *Report) Sheet {
	used := map[int]int{}
	for i, l := range ledgerRows(r) {
		if _, dup := used[l.Source]; !dup {
			used[l.Source] = ledgerAbove + i + 1
		}
	}
	rows := make([]sourceRow, len(r.Sources))
	for i, x := range r.Sources {
		rows[i] = sourceRow{x, i + 1, used[i+1]}
	}
	s := newSheet("数据来源", r.sheetTitle("数据来源（%s）", r.month().Chinese()), sourceColumns, rows)
	s.Notes = []string{"报送期早于本期的，是仍在沿用的以前的数。报送件以其SHA-256为准，" +
		"原件存于工作目录的存档；可用 duban trace 查到同一结果。"}
	return s
}

// id leads back to the row of 指标台账.
func (x sourceRow) id() Datum {
	d := text(x.ID)
	if x.ledger > 0 {
		d.Link = fmt.Sprintf("指标台账!A%d", x.ledger)
	}
	return d
}

func (x sourceRow) value() Datum {
	if x.Progress != "" {
		return text(x.Progress)
	}
	return amount(x.Value, "")
}
