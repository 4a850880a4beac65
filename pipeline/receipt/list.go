package receipt

import (
	"math"
	"strconv"
	"strings"
	"time"

	"duban/pipeline/form"
	"duban/pipeline/plan"

	"github.com/xuri/excelize/v2"
)

// The 问题清单 sheet: title, verdict, counts, times, how to, heads, a row a
// finding. A hidden last column remembers the fill each marked cell had, so
// that the next receipt of the corrected copy can take the marks away.
const (
	rowTitle = iota + 1
	rowVerdict
	rowCounts
	rowTimes
	rowHow
	rowHead
	rowFirst
)

const (
	colFill   = 7    // index of the hidden column in heads
	maxListed = 2000 // findings listed and cells marked
)

var heads = []struct {
	name  string
	width float64
}{
	{"序号", 6}, {"严重程度", 10}, {"单元格", 13}, {"指标", 26}, {"问题", 48}, {"怎样改", 44},
	{"代码", 22}, {"原底色", 12},
}

// alone makes a workbook of its own, for a file that cannot be annotated.
func alone(r *Receipt, l *letter) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	c := &copybook{File: f, painted: make(map[mark]string)}
	c.try(f.SetSheetName("Sheet1", form.SheetFindings))
	at := r.At.UTC().Format(time.RFC3339)
	title, err := l.say("title")
	c.try(err)
	c.try(f.SetDocProps(&excelize.DocProperties{Title: form.Clean(title),
		Creator: form.Clean(r.Office), LastModifiedBy: form.Clean(r.Office), Created: at, Modified: at, Language: "zh-CN"}))
	c.write(form.SheetFindings, r, l)
	if c.err != nil {
		return nil, c.err
	}
	return form.Pack(f)
}

// list puts the 问题清单 in front of the copy's own sheets.
func (c *copybook) list(r *Receipt, l *letter) {
	first := c.GetSheetList()[0]
	if _, err := c.NewSheet(form.SheetFindings); err != nil {
		c.try(err)
		return
	}
	c.try(c.MoveSheet(form.SheetFindings, first))
	// The library moves the sheet and not the names that belong to sheets:
	// without this the print titles would come to stand on a neighbour.
	if names := c.WorkBook.DefinedNames; names != nil {
		for i, n := range names.DefinedName {
			if n.LocalSheetID != nil {
				id := *n.LocalSheetID + 1
				names.DefinedName[i].LocalSheetID = &id
			}
		}
	}
	c.write(form.SheetFindings, r, l)
	c.SetActiveSheet(0)
}

// cellLook is how a cell of the list looks.
type cellLook struct {
	size                float64
	face, colour, fill  string
	align               string
	bold, line, linking bool
}

func (c *copybook) look(l cellLook) int {
	s := &excelize.Style{
		Font:       &excelize.Font{Family: l.face, Size: l.size, Bold: l.bold, Color: l.colour},
		Alignment:  &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: true},
		Protection: &excelize.Protection{Locked: true},
	}
	if l.linking {
		s.Font.Underline = "single"
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.line {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "A6A6A6", Style: 1})
		}
	}
	id, err := c.NewStyle(s)
	c.try(err)
	return id
}

func (c *copybook) put(sheet, cell, text string, l cellLook) {
	c.try(c.SetCellStr(sheet, cell, form.Clean(text)))
	c.try(c.SetCellStyle(sheet, cell, cell, c.look(l)))
}

// write fills the sheet.
func (c *copybook) write(sheet string, r *Receipt, l *letter) {
	for i, h := range heads {
		name, _ := excelize.ColumnNumberToName(i + 1)
		c.try(c.SetColWidth(sheet, name, name, h.width))
		c.put(sheet, at(i+1, rowHead), h.name, cellLook{
			face: "黑体", size: 11, fill: "DDE7F0", align: "center", line: true,
		})
	}
	c.try(c.SetColVisible(sheet, "H", false))
	c.try(c.SetRowHeight(sheet, rowHead, 26))
	c.writeTop(sheet, l)
	for i, f := range l.findings {
		if i == maxListed {
			break
		}
		c.writeFinding(sheet, i, f, r)
	}
	for i, m := range c.order {
		text := form.SheetName(m.sheet) + "!" + m.cell + "=" + c.painted[m]
		c.try(c.SetCellStr(sheet, at(colFill+1, rowFirst+i), text))
	}
	last := rowHead + min(len(l.findings), maxListed)
	c.try(c.SetSheetDimension(sheet, "A1:"+at(colFill+1, max(last, rowHead+len(c.order)))))
	c.layOut(sheet, last)
}

// writeTop writes what stands above the list.
func (c *copybook) writeTop(sheet string, l *letter) {
	verdict := "1F6E43" // green: passed
	switch l.view.State {
	case string(plan.Returned), string(plan.Partly):
		verdict = "C00000"
	case string(plan.Queried), string(plan.Quarantined):
		verdict = "B45F06"
	}
	width := 0.0
	for _, h := range heads[:colFill] {
		width += h.width
	}
	for _, top := range []struct {
		row  int
		part string
		look cellLook
		high float64
	}{
		{rowTitle, "title", cellLook{face: "黑体", size: 20, align: "center"}, 20},
		{rowVerdict, "verdict", cellLook{face: "黑体", size: 14, align: "left", colour: verdict}, 12},
		{rowCounts, "counts", cellLook{face: "宋体", size: 12, align: "left"}, 8},
		{rowTimes, "times", cellLook{face: "宋体", size: 12, align: "left"}, 8},
		{rowHow, "how", cellLook{face: "宋体", size: 12, align: "left", colour: "595959"}, 8},
	} {
		text, err := l.say(top.part)
		c.try(err)
		from, to := at(1, top.row), at(colFill, top.row)
		c.put(sheet, from, text, top.look)
		c.try(c.MergeCell(sheet, from, to))
		c.try(c.SetRowHeight(sheet, top.row, form.RowHeight(text, width, top.look.size)+top.high-6))
	}
}

func (c *copybook) writeFinding(sheet string, i int, f plan.Finding, r *Receipt) {
	row := rowFirst + i
	name := r.indicatorName(f.Indicator)
	text := cellLook{face: "宋体", size: 11, align: "left", line: true}
	centre, code, level := text, text, text
	centre.align, level.align = "center", "center"
	level.fill, level.bold = fills[f.Severity], true
	code.size, code.colour, code.align = 9, "7F7F7F", "center"
	c.try(c.SetCellInt(sheet, at(1, row), int64(i+1)))
	c.try(c.SetCellStyle(sheet, at(1, row), at(1, row), c.look(centre)))
	c.put(sheet, at(2, row), f.Severity.Chinese(), level)
	c.link(sheet, at(3, row), f, centre)
	c.put(sheet, at(4, row), name, text)
	c.put(sheet, at(5, row), f.Message, text)
	c.put(sheet, at(6, row), f.Fix, text)
	c.put(sheet, at(7, row), f.Code, code)
	height := 28.0
	for col, s := range map[int]string{2: place(f), 3: name, 4: f.Message, 5: f.Fix} {
		height = math.Max(height, form.RowHeight(s, heads[col].width, 11))
	}
	c.try(c.SetRowHeight(sheet, row, height))
}

// link names the cell, and leads to it where the copy has it.
func (c *copybook) link(sheet, cell string, f plan.Finding, l cellLook) {
	cells := cellsOf(f.Cell)
	if to := c.sheetOf(f.Sheet); len(cells) > 0 && f.Sheet != "" && to != "" {
		target := "'" + strings.ReplaceAll(to, "'", "''") + "'!" + cells[0]
		c.try(c.SetCellHyperLink(sheet, cell, target, "Location"))
		l.colour, l.linking = "0563C1", true
	}
	c.put(sheet, cell, place(f), l)
}

// layOut sets page, panes and protection of the list.
func (c *copybook) layOut(sheet string, last int) {
	c.try(c.SetPanes(sheet, &excelize.Panes{
		Freeze: true, YSplit: rowHead, TopLeftCell: at(1, rowFirst), ActivePane: "bottomLeft",
	}))
	yes, no := true, false
	c.try(c.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &no}))
	red := "C00000"
	c.try(c.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &yes, TabColorRGB: &red}))
	paper, wide, tall, across := 9, 1, 0, "landscape"
	c.try(c.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall,
	}))
	side, top, edge := 0.4, 0.6, 0.3
	c.try(c.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge,
		Horizontally: &yes,
	}))
	c.try(c.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddFooter: "&C&9 第 &P 页  共 &N 页",
	}))
	c.try(c.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: "'" + sheet + "'!$" +
			strconv.Itoa(rowHead) + ":$" + strconv.Itoa(rowHead),
	}))
	c.try(c.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: sheet,
		RefersTo: "'" + sheet + "'!$A$1:$G$" + strconv.Itoa(last),
	}))
	c.try(c.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true,
		FormatColumns: true, FormatRows: true, EditScenarios: true,
	}))
}
