package form

import (
	"strings"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// NotFormError says that a workbook is not a form of ours, and why, in the
// words the sender is told.
type NotFormError struct {
	Sheet  string // "" when no sheet is like one
	Reason string // Chinese
}

func (e *NotFormError) Error() string { return "not a form: " + e.Reason }

// Filled is what a unit sent, before anything is judged.
type Filled struct {
	Sheet     string // the sheet the table stands in
	TokenText string // "" when there is none
	// What the top of the sheet says; the token is the truth.
	UnitShown, MonthShown   plan.Cell
	Filler, Reviewer, Phone plan.Cell // 填报人, 审核人, 联系电话
	HeadRow                 int
	Columns                 map[string]int // head → column number, from 1
	Entries                 []plan.Entry
	Loose                   []plan.Cell // filled cells in rows without an id
}

// Read takes a form apart by its heads and ids, never by fixed positions: rows
// may have been inserted, sorted or hidden and columns moved. The error is a
// *NotFormError.
func Read(w *sheet.Workbook) (*Filled, error) {
	p, err := locate(w)
	if err != nil {
		return nil, err
	}
	f := &Filled{
		Sheet: p.sheet.Name, TokenText: findToken(w), HeadRow: p.row, Columns: p.heads,
		UnitShown: p.above(labelUnit), MonthShown: p.above(labelMonth),
	}
	for label, to := range map[string]*plan.Cell{
		labelFiller: &f.Filler, labelReviewer: &f.Reviewer, labelPhone: &f.Phone,
	} {
		if row, col, ok := p.signature(label); ok {
			*to = p.read(w, row, col, "")
		}
	}
	f.readRows(w, p)
	return f, nil
}

// findToken looks for the token wherever it may have got to.
func findToken(w *sheet.Workbook) string {
	for _, s := range w.Sheets {
		for _, c := range s.Cells {
			if text := strings.TrimSpace(c.Raw); c.Kind == sheet.Text &&
				strings.HasPrefix(text, tokenPrefix) {
				return text
			}
		}
	}
	return ""
}

func (p *place) above(label string) plan.Cell {
	c, text, ok := p.shownAbove(label)
	if !ok {
		return plan.Cell{}
	}
	out := plan.Cell{Address: c.Address(), Kind: plan.TextCell, Raw: c.Raw, Text: text}
	if m, ok := readMonth(text); ok {
		out.Month = m
	}
	return out
}

// read is the cell at that place; an empty one has its address all the same.
func (p *place) read(w *sheet.Workbook, row, col int, measure string) plan.Cell {
	c, ok := p.sheet.At(row, col)
	if !ok {
		return plan.Cell{Address: at(col, row)}
	}
	return meaning(w, c, measure)
}

// readRows makes an entry of every row under the heads that has an id.
func (f *Filled) readRows(w *sheet.Workbook, p *place) {
	fills := p.fills()
	for _, row := range p.rows() {
		id := p.read(w, row, p.heads[HeadID], "")
		if bare(id.Text) == HeadID { // the heads once more
			continue
		}
		measure := ""
		if col, ok := p.heads[HeadMeasure]; ok {
			measure = bare(p.read(w, row, col, "").Text)
		}
		cells := make(map[plan.Column]plan.Cell, len(fills))
		for c, col := range fills {
			cells[c] = p.read(w, row, col, measure)
		}
		if id.Blank() {
			f.keepLoose(cells)
			continue
		}
		e := plan.Entry{ID: bare(id.Text), Sheet: f.Sheet, Row: row, Cells: cells, IDCell: id}
		e.Name, e.Target = p.named(w, row, HeadName), p.named(w, row, HeadTarget)
		e.Unit = p.named(w, row, HeadUnit).Text
		f.Entries = append(f.Entries, e)
	}
}

// keepLoose remembers what was filled into a row that names no indicator, so
// that nothing is lost in silence.
func (f *Filled) keepLoose(cells map[plan.Column]plan.Cell) {
	for _, c := range columns {
		if cell, ok := cells[c.fill]; ok && c.fill != "" && !cell.Blank() {
			f.Loose = append(f.Loose, cell)
		}
	}
}

// rows lists the rows below the heads that hold anything.
func (p *place) rows() []int {
	var rows []int
	for _, c := range p.sheet.Cells {
		if c.Row > p.row && (len(rows) == 0 || rows[len(rows)-1] != c.Row) {
			rows = append(rows, c.Row)
		}
	}
	return rows
}

func (p *place) named(w *sheet.Workbook, row int, head string) plan.Cell {
	col, ok := p.heads[head]
	if !ok {
		return plan.Cell{}
	}
	return p.read(w, row, col, "")
}
