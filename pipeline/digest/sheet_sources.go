package digest

import "fmt"

// sourcesAbove is how many rows stand above the first row of 数据来源: title,
// one note, head.
const sourcesAbove = 3

// sourcesSheet (数据来源) leads each figure back to the cell it came from.
func sourcesSheet(r *Report) Sheet {
	s := Sheet{
		Name:  "数据来源",
		Title: fmt.Sprintf("数据来源（%s）", r.month().Chinese()),
		Notes: []string{"报送期早于本期的，是仍在沿用的以前的数。报送件以其SHA-256为准，原件存于工作目录的存档；可用 duban trace 查到同一结果。"},
		Columns: []SheetColumn{
			{"序号", 7, Centre}, {"编号", 9, Left}, {"单位", 24, Left}, {"报送期", 10, Centre},
			{"数值", 12, Right},
			{"填报情况", 10, Centre}, {"文件", 34, Left}, {"工作表", 12, Left},
			{"单元格", 9, Centre}, {"原值", 14, Left}, {"报送人", 20, Left}, {"渠道", 10, Centre},
			{"收到时间", 18, Centre}, {"SHA-256", 68, Left},
		},
	}
	for i, x := range r.Sources {
		value := amount(x.Value)
		if x.Progress != "" {
			value = Datum{Text: x.Progress}
		}
		s.Rows = append(s.Rows, []Datum{
			whole(i + 1), {Text: x.ID}, {Text: x.Unit}, {Text: x.Month}, value, {Text: x.State},
			{Text: x.File}, {Text: x.Sheet}, {Text: x.Cell}, {Text: x.Raw}, {Text: x.Sender},
			{Text: x.Channel}, {Text: stamp(x.ReceivedAt)}, {Text: x.SHA256},
		})
	}
	return s
}
