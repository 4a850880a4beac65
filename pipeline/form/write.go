package form

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"duban/pipeline/durable"
	"duban/pipeline/plan"

	"github.com/xuri/excelize/v2"
)

// Write makes the workbook, signed with the workspace's key. Equal forms make
// equal bytes.
func Write(f *Form, key []byte) ([]byte, error) {
	words, err := f.words()
	if err != nil {
		return nil, fmt.Errorf("write form: %w", err)
	}
	b := &book{File: excelize.NewFile(), styles: make(map[look]int), cols: f.columns()}
	defer b.Close()
	b.try(b.SetDefaultFont(faceText))
	b.try(b.SetSheetName("Sheet1", SheetGuide))
	for _, name := range []string{SheetTable, SheetToken} {
		_, err := b.NewSheet(name)
		b.try(err)
	}
	b.writeGuide(words.guide)
	b.writeTable(f, words)
	b.writeToken(f, key)
	b.SetActiveSheet(1)
	b.try(b.SetSheetVisible(SheetToken, false, true))
	b.properties(words.title, f.Office, f.IssuedAt)
	if b.err != nil {
		return nil, fmt.Errorf("write form: %w", b.err)
	}
	out, err := Pack(b.File)
	if err != nil {
		return nil, fmt.Errorf("write form: %w", err)
	}
	return out, nil
}

// Pack writes a workbook with bytes that depend on its content alone.
func Pack(f *excelize.File) ([]byte, error) {
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return durable.NewZip(w) })
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func (b *book) writeToken(f *Form, key []byte) {
	t := Token{Month: f.Month.String(), PlanVersion: cmp.Or(f.Version, f.Plan.Version), Issue: f.Issue,
		Opening: f.Opening}
	if f.Unit != nil {
		t.Unit = f.Unit.Code
	}
	b.try(b.SetCellStr(SheetToken, "A1", "本页是填报表的凭证，请勿改动。"))
	b.try(b.SetCellStr(SheetToken, "A2", Sign(t, key)))
	b.try(b.SetSheetDimension(SheetToken, "A1:A2"))
	b.protect(SheetToken)
}

// protect locks all but the fill-in cells, without a password. What it allows
// must be said: the zero options would forbid typing.
func (b *book) protect(sheet string) {
	b.try(b.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true,
		FormatColumns: true, FormatRows: true, EditScenarios: true,
	}))
}

func (b *book) writeTable(f *Form, w words) {
	hidden := f.hidden()
	var visible []int // column numbers
	for i, c := range b.cols {
		name, _ := excelize.ColumnNumberToName(i + 1)
		b.try(b.SetColWidth(SheetTable, name, name, c.width))
		if hidden[i] {
			b.try(b.SetColVisible(SheetTable, name, false))
			continue
		}
		visible = append(visible, i+1)
	}
	b.writeTop(f, w, visible)
	head := look{face: faceHead, size: 10, fill: colourHead, align: "center", line: true}
	for i, c := range b.cols {
		b.put(SheetTable, at(i+1, rowHead), c.head, head)
	}
	b.try(b.SetRowHeight(SheetTable, rowHead, 36))
	rules := newRules()
	for n, r := range f.Rows {
		b.writeRow(f, n, r, rules)
	}
	b.try(rules.add(b.File))
	last := rowHead + len(f.Rows)
	b.layOut(f, last)
}

// columns is the layout of this form: the unit is named in each row only
// where a form holds several.
func (f *Form) columns() []column {
	var cols []column
	for _, c := range columns {
		if c.head != HeadUnit || f.Opening {
			cols = append(cols, c)
		}
	}
	return cols
}

// hidden says which columns no row of this form needs.
func (f *Form) hidden() []bool {
	needed := map[plan.Column]bool{}
	for _, r := range f.Rows {
		for _, c := range r.fillable(f.Opening) {
			needed[c] = true
		}
	}
	cols := f.columns()
	out := make([]bool, len(cols))
	for i, c := range cols {
		switch {
		case c.head == HeadID:
			out[i] = true
		case c.head == HeadLast:
			out[i] = f.Opening
		case c.fill != "":
			out[i] = !needed[c.fill] && !always[c.fill]
		}
	}
	return out
}

// layOut sets the page, the panes and the protection of the table.
func (b *book) layOut(f *Form, last int) {
	end := at(len(b.cols), last)
	b.try(b.SetSheetDimension(SheetTable, "A1:"+end))
	b.try(b.SetPanes(SheetTable, &excelize.Panes{
		Freeze: true, YSplit: rowHead, TopLeftCell: at(1, rowFirst), ActivePane: "bottomLeft",
	}))
	yes, no, scale := true, false, 100.0
	b.try(b.SetSheetView(SheetTable, 0, &excelize.ViewOptions{
		ShowGridLines: &no, ZoomScale: &scale,
	}))
	b.try(b.SetSheetProps(SheetTable, &excelize.SheetPropsOptions{FitToPage: &yes}))
	page(b, SheetTable, "landscape")
	who := f.Office
	if f.Unit != nil {
		who = f.Unit.Name
	}
	b.try(b.SetHeaderFooter(SheetTable, &excelize.HeaderFooterOptions{
		OddFooter: "&L&9 " + footer(who) + "&C&9 第 &P 页  共 &N 页&R&9 " +
			footer(f.Month.Chinese()),
	}))
	names := [2]string{"_xlnm.Print_Area", "_xlnm.Print_Titles"}
	endCol, _ := excelize.ColumnNumberToName(len(b.cols))
	refs := [2]string{
		fmt.Sprintf("'%s'!$A$1:$%s$%d", SheetTable, endCol, last),
		fmt.Sprintf("'%s'!$%d:$%d", SheetTable, rowHead, rowHead),
	}
	for i := range names {
		b.try(b.SetDefinedName(&excelize.DefinedName{
			Name: names[i], RefersTo: refs[i], Scope: SheetTable,
		}))
	}
	b.protect(SheetTable)
}

// page sets A4, one page wide.
func page(b *book, sheet, orientation string) {
	paper, wide, tall := 9, 1, 0
	b.try(b.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}))
	side, top, bottom, edge, yes := 0.4, 0.55, 0.6, 0.3, true
	b.try(b.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge,
		Horizontally: &yes,
	}))
}

// footer makes a text safe for a page footer, where & begins a code.
func footer(s string) string { return strings.ReplaceAll(Clean(s), "&", "&&") }
