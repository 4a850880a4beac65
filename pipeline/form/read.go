package form

import (
	"fmt"
	"slices"
	"strings"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// NotFormError says that a workbook is not a form of ours, or holds several
// that differ, and why, in the words the sender is told.
type NotFormError struct {
	Sheet   string   // "" when no sheet is like one
	Reason  string   // Chinese
	Several []string // where the several forms stand, as a clerk finds them
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
	Loose                   []plan.Cell // filled cells in rows that nobody can be told of
	Outside                 []plan.Cell // filled cells of entries in columns without a head
	Guessed                 []plan.Cell // heads that are gone, told by their place
	Changed                 []string    // how the layout differs from what was issued; Chinese

	Unnamed []plan.Entry // rows without an id
}

// maxRows is how many rows below the heads are read, over all tables of a file:
// many times those of the largest form.
const maxRows = 5000

// Read takes a form apart by its heads and ids, never by fixed positions: rows
// may have been inserted, sorted or hidden, columns moved and heads repeated.
// Rows that have lost their id are loose until Identify. The error is a
// *NotFormError.
func Read(w *sheet.Workbook) (*Filled, error) {
	token, err := findToken(w)
	if err != nil {
		return nil, err
	}
	var all []*Filled
	rows := 0
	for _, p := range places(w) {
		if !p.names() {
			continue
		}
		if rows += len(p.rows()); rows > maxRows {
			return nil, &NotFormError{Sheet: SheetName(p.sheet.Name), Reason: fmt.Sprintf(
				"表头下面有%d行内容，超过%d行；请删去与填报无关的行", rows, maxRows)}
		}
		for _, label := range []string{labelMonth, labelUnit} {
			if texts := p.shown(label); len(texts) > 1 {
				return nil, several("工作表“" + SheetName(p.sheet.Name) + "”（" + label + "：" +
					strings.Join(texts, "、") + "）")
			}
		}
		f := readPlace(w, p)
		f.TokenText = token
		all = append(all, f)
	}
	if len(all) == 0 {
		return nil, noTable(w)
	}
	return one(all)
}

// one is the form that counts among several tables: those nobody has filled in
// and exact copies do not. Of two that differ neither is taken.
func one(all []*Filled) (*Filled, error) {
	if len(all) == 1 {
		return all[0], nil
	}
	var filled []*Filled
	var where []string
	same := true
	for _, f := range all {
		said := f.said()
		if len(said) == 0 {
			continue
		}
		filled, where = append(filled, f), append(where, "工作表“"+f.Sheet+"”")
		same = same && slices.Equal(said, filled[0].said())
	}
	switch {
	case len(filled) == 0:
		return all[0], nil
	case !same:
		return nil, several(where...)
	}
	return filled[0], nil
}

func several(where ...string) *NotFormError {
	return &NotFormError{Several: where,
		Reason: "文件里有不止一张填好的填报表：" + strings.Join(where, "、")}
}

// said is everything that was filled in, for comparison.
func (f *Filled) said() []string {
	var all []string
	for _, e := range append(slices.Clone(f.Entries), f.Unnamed...) {
		for col, c := range e.Cells {
			if !c.Blank() && !(col == plan.ColState && bare(c.Text) == string(plan.NotDue)) {
				all = append(all, fmt.Sprintln(e.Unit, e.ID, bare(e.Name.Text), col, c.Raw))
			}
		}
	}
	slices.Sort(all)
	return all
}

// findToken looks for the token wherever it may have got to. Two that differ
// are of two forms.
func findToken(w *sheet.Workbook) (string, error) {
	token, where := "", ""
	for _, s := range w.Sheets {
		for _, c := range s.Cells {
			if c.Kind != sheet.Text || !strings.Contains(c.Raw, tokenPrefix) {
				continue
			}
			text := strings.TrimSpace(c.Raw)
			if !strings.HasPrefix(text, tokenPrefix) {
				continue
			}
			if token != "" && text != token {
				return "", several("工作表“"+where+"”中的凭证", "工作表“"+s.Name+"”中的另一份凭证")
			}
			token, where = text, s.Name
		}
	}
	return token, nil
}

func readPlace(w *sheet.Workbook, p *place) *Filled {
	f := &Filled{
		Sheet: SheetName(p.sheet.Name), HeadRow: p.row, Columns: p.heads, Guessed: p.guessed,
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
	f.Loose = loose(f.Unnamed)
	f.Changed = p.changes(f)
	return f
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

// readRows makes an entry of every row under the heads.
func (f *Filled) readRows(w *sheet.Workbook, p *place) {
	merged, rows := p.merged(), p.rows()
	f.Entries = make([]plan.Entry, 0, len(rows))
	for _, row := range rows {
		b, ok := p.bandOf(row)
		if !ok {
			continue // the heads once more
		}
		t := tableRow{place: p, w: w, row: row, band: b, merged: merged}
		e := t.entry()
		e.Sheet = f.Sheet
		if e.ID == "" {
			f.Unnamed = append(f.Unnamed, e)
			continue
		}
		f.Entries = append(f.Entries, e)
		f.Outside = append(f.Outside, t.outside()...)
	}
}

// loose lists what was filled into rows that name no indicator, so that
// nothing is lost in silence.
func loose(rows []plan.Entry) []plan.Cell {
	var cells []plan.Cell
	for _, e := range rows {
		for _, c := range columns {
			if cell, ok := e.Cells[c.fill]; ok && c.fill != "" && !cell.Blank() {
				cells = append(cells, cell)
			}
		}
	}
	return cells
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

// changes says how the layout differs from what was issued. Sums and notes
// beside or below the table are no such difference.
func (p *place) changes(f *Filled) []string {
	var out []string
	last, moved := 0, false
	for _, c := range columns {
		if col, ok := p.heads[c.head]; ok {
			moved, last = moved || col < last, col
		}
	}
	merged := slices.ContainsFunc(f.Entries, func(e plan.Entry) bool {
		for _, c := range e.Cells {
			if c.Merged != "" {
				return true
			}
		}
		return false
	})
	_, hasID := p.heads[HeadID]
	for _, c := range []struct {
		is   bool
		what string
	}{
		{moved, "列的顺序变了"}, {!hasID, "指标编号列没有了"}, {merged, "表内有合并单元格"},
		{len(p.guessed) > 0, "表头有改动"}, {len(p.bands) > 1, "表头重复出现"},
	} {
		if c.is {
			out = append(out, c.what)
		}
	}
	return out
}
