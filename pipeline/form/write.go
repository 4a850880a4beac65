package form

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

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
	b := &book{File: excelize.NewFile(), styles: make(map[look]int)}
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
	at := f.IssuedAt.UTC().Format(time.RFC3339)
	b.try(b.SetDocProps(&excelize.DocProperties{
		Title: clean(words.title), Creator: clean(f.Office), LastModifiedBy: clean(f.Office),
		Created: at, Modified: at, Language: "zh-CN",
	}))
	if b.err != nil {
		return nil, fmt.Errorf("write form: %w", b.err)
	}
	out, err := pack(b.File)
	if err != nil {
		return nil, fmt.Errorf("write form: %w", err)
	}
	return out, nil
}

// pack writes a workbook with bytes that depend on its content alone.
func pack(f *excelize.File) ([]byte, error) {
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return durable.NewZip(w) })
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func (b *book) writeToken(f *Form, key []byte) {
	t := Token{Month: f.Month.String(), PlanVersion: f.Plan.Version, Issue: f.Issue,
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
	for i, c := range columns {
		name, _ := excelize.ColumnNumberToName(i + 1)
		b.try(b.SetColWidth(SheetTable, name, name, c.width))
		if hidden[i] {
			b.try(b.SetColVisible(SheetTable, name, false))
			continue
		}
		visible = append(visible, i+1)
	}
	b.writeTop(f, w, visible)
	head := look{face: faceHead, size: bodySize, fill: colourHead, align: "center", line: true}
	for i, c := range columns {
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

// hidden says which columns no row of this form needs.
func (f *Form) hidden() []bool {
	needed := map[plan.Column]bool{}
	for _, r := range f.Rows {
		for _, c := range r.fillable(f.Opening) {
			needed[c] = true
		}
	}
	out := make([]bool, len(columns))
	for i, c := range columns {
		switch {
		case c.head == HeadID:
			out[i] = true
		case c.head == HeadUnit:
			out[i] = !f.Opening
		case c.head == HeadLast:
			out[i] = f.Opening
		case c.fill != "":
			out[i] = !needed[c.fill] && !always[c.fill]
		}
	}
	return out
}

// writeTop writes what stands above the table over the visible columns.
func (b *book) writeTop(f *Form, w words, visible []int) {
	b.across(rowTitle, visible, w.title, 38, look{face: faceTitle, size: 22, align: "center"})
	b.across(rowBasis, visible, w.basis, 20,
		look{face: faceText, size: 12, align: "center", colour: colourHint})
	unit := f.Office
	if f.Unit != nil {
		unit = f.Unit.Name
	}
	parts := []string{labelUnit + "：" + unit, labelMonth + "：" + f.Month.Chinese(), ""}
	if !f.Deadline.IsZero() {
		parts[2] = labelDeadline + "：" + moment(f.Deadline)
	}
	plain := look{face: faceText, size: 12, align: "left"}
	for i, cut := range split(visible, []float64{0.45, 0.2, 0.35}) {
		l := plain
		l.align = [3]string{"left", "center", "right"}[i]
		b.span(rowUnit, cut, parts[i], l)
	}
	b.try(b.SetRowHeight(SheetTable, rowUnit, 24))
	label, fill := plain, plain
	label.align = "right"
	fill.fill, fill.open, fill.under, fill.format = colourFill, true, true, "@"
	cuts := split(visible, []float64{0.12, 0.18, 0.12, 0.18, 0.12, 0.18, 0.1})
	for i, text := range []string{labelFiller, labelReviewer, labelPhone} {
		b.span(rowSign, cuts[2*i], text, label)
		b.span(rowSign, cuts[2*i+1], "", fill)
	}
	b.try(b.SetRowHeight(SheetTable, rowSign, 24))
	hint := look{face: faceText, size: 11, align: "left", colour: colourHint}
	b.across(rowHint, visible, w.hint, rowHeight(w.hint, b.width(visible), 11), hint)
}

// moment writes a time as offices write it: 2025年4月5日18:00.
func moment(t time.Time) string {
	return plan.DateOf(t).Chinese() + t.Format("15:04")
}

// split cuts the visible columns into runs of about those shares of the whole
// width; each run has at least one column where there are enough.
func split(visible []int, shares []float64) [][]int {
	total := 0.0
	for _, c := range visible {
		total += columns[c-1].width
	}
	cuts := make([][]int, len(shares))
	k, used, goal := 0, 0.0, shares[0]*total
	for i, c := range visible {
		w := columns[c-1].width
		left := len(visible) - i
		for k < len(shares)-1 && len(cuts[k]) > 0 &&
			(used+w/2 > goal || left <= len(shares)-1-k) {
			k++
			goal += shares[k] * total
		}
		cuts[k] = append(cuts[k], c)
		used += w
	}
	return cuts
}

func (b *book) width(cols []int) float64 {
	w := 0.0
	for _, c := range cols {
		w += columns[c-1].width
	}
	return math.Max(w, 10)
}

// span writes a text over a run of columns, merged; never inside the table.
func (b *book) span(row int, cols []int, text string, l look) {
	if len(cols) == 0 {
		return
	}
	from, to := at(cols[0], row), at(cols[len(cols)-1], row)
	b.put(SheetTable, from, text, l)
	b.try(b.SetCellStyle(SheetTable, from, to, b.style(l)))
	if from != to {
		b.try(b.MergeCell(SheetTable, from, to))
	}
}

func (b *book) across(row int, visible []int, text string, height float64, l look) {
	b.span(row, visible, text, l)
	b.try(b.SetRowHeight(SheetTable, row, height))
}

func (b *book) writeRow(f *Form, n int, r Row, rules *rules) {
	row := rowFirst + n
	first := n == 0 || f.Rows[n-1].Item != r.Item
	open := map[plan.Column]bool{}
	for _, c := range r.fillable(f.Opening) {
		open[c] = true
	}
	height := 0.0
	for i, c := range columns {
		cell := at(i+1, row)
		if c.fill != "" {
			b.writeFill(cell, c.fill, r, open[c.fill], first)
			if open[c.fill] {
				rules.use(c.fill, r, cell)
			}
			continue
		}
		s := c.print(f, n+1, r)
		b.writeShown(cell, c, s, r, first)
		height = max(height, rowHeight(s.text, c.width, bodySize))
	}
	b.try(b.SetRowHeight(SheetTable, row, max(height, 30)))
}

// writeShown writes a cell that only shows: locked, white.
func (b *book) writeShown(cell string, c column, s shown, r Row, first bool) {
	l := look{face: faceText, size: bodySize, align: "left", line: true, first: first}
	switch {
	case s.centre:
		l.align = "center"
	case s.number.Known():
		l.align = "right"
	}
	if c.head == HeadItem && !first {
		l.colour = colourQuiet
	}
	if c.head == HeadDue && r.Overdue {
		l.colour = colourUrgent
	}
	if s.number.Known() {
		l.format = s.format
		b.try(b.SetCellDefault(SheetTable, cell, s.number.String()))
		b.try(b.SetCellStyle(SheetTable, cell, cell, b.style(l)))
		return
	}
	b.put(SheetTable, cell, s.text, l)
}

// writeFill dresses a fill-in cell, or greys one that the row does not need.
func (b *book) writeFill(cell string, c plan.Column, r Row, open, first bool) {
	l := look{face: faceText, size: bodySize, align: "center", line: true, first: first}
	if !open {
		l.fill = colourNot
		b.put(SheetTable, cell, "", l)
		return
	}
	l.fill, l.open = colourFill, true
	switch c {
	case plan.ColAdded, plan.ColTotal:
		l.align, l.format = "right", numberFormat(r.Indicator)
	case plan.ColA, plan.ColB:
		l.align, l.format = "right", "#,##0.0###"
	case plan.ColPlanned, plan.ColActual:
		l.format = "yyyy-mm-dd"
	case plan.ColExpected:
		l.format = "yyyy-mm"
	case plan.ColRemark:
		l.align, l.format = "left", "@"
	}
	text := ""
	if c == plan.ColState && r.NotDue {
		text = string(plan.NotDue)
	}
	b.put(SheetTable, cell, text, l)
}

// layOut sets the page, the panes and the protection of the table.
func (b *book) layOut(f *Form, last int) {
	end := at(len(columns), last)
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
	endCol, _ := excelize.ColumnNumberToName(len(columns))
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
func footer(s string) string { return strings.ReplaceAll(clean(s), "&", "&&") }
