package form

import (
	"strings"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// place is where the table of a form was found: its head row, and the column
// of every head that is there.
type place struct {
	sheet *sheet.Sheet
	row   int            // of the heads
	heads map[string]int // head → column
}

// isHead are the heads a table can have, in their bare form.
var isHead = func() map[string]string {
	m := make(map[string]string)
	for _, c := range columns {
		m[bare(c.head)] = c.head
	}
	return m
}()

// enough is how many known heads make a row the head row.
const enough = 6

// locate finds the table: the first row with enough known heads, in the sheet
// that bears the form's name, else in the first that has one. A table without
// the id column is remembered, to say what is missing.
func locate(w *sheet.Workbook) (*place, error) {
	var noID *place
	for _, s := range inOrder(w) {
		p := headRow(s)
		if p == nil {
			continue
		}
		if _, ok := p.heads[HeadID]; ok {
			return p, nil
		}
		if noID == nil {
			noID = p
		}
	}
	if noID != nil {
		return nil, &NotFormError{Sheet: noID.sheet.Name,
			Reason: "表里找不到“" + HeadID + "”列（隐藏的第一列），无法对应指标"}
	}
	return nil, &NotFormError{Reason: "找不到填报表的表头行（" + HeadID + "、" + HeadNumber +
		"、" + HeadItem + "、" + HeadName + "……）"}
}

// inOrder lists the sheets to look at: the table's own name first.
func inOrder(w *sheet.Workbook) []*sheet.Sheet {
	var own, others []*sheet.Sheet
	for _, s := range w.Sheets {
		switch {
		case s.Name == SheetTable:
			own = append(own, s)
		case s.Name != SheetFindings && s.Name != SheetToken:
			others = append(others, s)
		}
	}
	return append(own, others...)
}

// headRow finds the head row of one sheet; nil when it has none.
func headRow(s *sheet.Sheet) *place {
	p := &place{sheet: s, heads: map[string]int{}}
	for _, c := range s.Cells {
		if c.Row != p.row {
			if len(p.heads) >= enough {
				return p
			}
			p.row, p.heads = c.Row, map[string]int{}
		}
		if c.Kind != sheet.Text {
			continue
		}
		if head, ok := isHead[bare(c.Raw)]; ok {
			if _, twice := p.heads[head]; !twice {
				p.heads[head] = c.Col
			}
		}
	}
	if len(p.heads) >= enough {
		return p
	}
	return nil
}

// fills is the column of each fill-in column that the table has.
func (p *place) fills() map[plan.Column]int {
	m := make(map[plan.Column]int)
	for _, c := range columns {
		if col, ok := p.heads[c.head]; ok && c.fill != "" {
			m[c.fill] = col
		}
	}
	return m
}

// bare is a head or label without blanks, line breaks, marks that cannot be
// seen and full-width forms.
func bare(s string) string {
	return strings.Join(strings.Fields(narrow(unseen(s))), "")
}

// signature finds a fill-in cell beside a label above the table: the first
// cell to the right of the label, even when it is empty.
func (p *place) signature(label string) (row, col int, ok bool) {
	for _, c := range p.sheet.Cells {
		if c.Row >= p.row {
			break
		}
		if c.Kind != sheet.Text || strings.TrimRight(bare(c.Raw), ":") != label {
			continue
		}
		return c.Row, p.beside(c.Row, c.Col), true
	}
	return 0, 0, false
}

// beside is the column right of a cell, past the merged range it may lead.
func (p *place) beside(row, col int) int {
	for _, m := range p.sheet.Merges {
		if m.FromRow <= row && row <= m.ToRow && m.FromCol <= col && col <= m.ToCol {
			return m.ToCol + 1
		}
	}
	return col + 1
}

// shownAbove finds a text of the kind 标签：内容 above the table.
func (p *place) shownAbove(label string) (sheet.Cell, string, bool) {
	for _, c := range p.sheet.Cells {
		if c.Row >= p.row {
			break
		}
		if c.Kind != sheet.Text {
			continue
		}
		before, after, ok := strings.Cut(narrow(unseen(c.Raw)), ":")
		if ok && bare(before) == label {
			return c, strings.TrimSpace(after), true
		}
	}
	return sheet.Cell{}, "", false
}
