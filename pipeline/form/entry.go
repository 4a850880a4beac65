package form

import (
	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// tableRow is one row of a table being read.
type tableRow struct {
	*place
	w      *sheet.Workbook
	row    int
	band   *band
	merged map[[2]int]sheet.Range
}

// entry reads the row.
func (t tableRow) entry() plan.Entry {
	e := plan.Entry{Row: t.row, Cells: make(map[plan.Column]plan.Cell, len(t.band.fills)),
		IDCell: t.cell(HeadID), Name: t.cell(HeadName), Target: t.cell(HeadTarget),
		Item: t.label(HeadItem), Measure: t.cell(HeadMeasure), Unit: t.label(HeadUnit).Text}
	if c := e.IDCell; c.Kind == plan.TextCell || c.Kind == plan.NumberCell {
		e.ID = bare(c.Text)
	}
	measure := bare(e.Measure.Text)
	for c, col := range t.band.fills {
		e.Cells[c] = t.filled(c, col, measure)
	}
	return e
}

func (t tableRow) cell(head string) plan.Cell {
	col, ok := t.band.heads[head]
	if !ok {
		return plan.Cell{}
	}
	return t.read(t.w, t.row, col, "")
}

// label is a cell that clerks like to merge over the rows that share it: then
// it is that of the first.
func (t tableRow) label(head string) plan.Cell {
	col, ok := t.band.heads[head]
	if !ok {
		return plan.Cell{}
	}
	if m, ok := t.merged[[2]int{t.row, col}]; ok && m.FromRow > t.place.row {
		return t.read(t.w, m.FromRow, m.FromCol, "")
	}
	return t.read(t.w, t.row, col, "")
}

// filled reads a fill-in cell. What stands in a merged range belongs to its
// first cell alone.
func (t tableRow) filled(c plan.Column, col int, measure string) plan.Cell {
	m, merged := t.merged[[2]int{t.row, col}]
	if merged && (m.FromRow != t.row || m.FromCol != col) {
		return plan.Cell{Address: at(col, t.row), Merged: rangeText(m), Covered: true}
	}
	cell := t.read(t.w, t.row, col, measure)
	if merged {
		cell.Merged = rangeText(m)
	}
	switch c {
	case plan.ColPlanned, plan.ColActual, plan.ColExpected:
		asDate(&cell, t.w, c == plan.ColExpected)
	}
	return cell
}

func rangeText(m sheet.Range) string {
	return at(m.FromCol, m.FromRow) + ":" + at(m.ToCol, m.ToRow)
}

// outside lists what was written into the row beside the columns with heads.
func (t tableRow) outside() []plan.Cell {
	var out []plan.Cell
	var headed [maxOutside + 1]bool
	for _, col := range t.band.heads {
		if col <= maxOutside {
			headed[col] = true
		}
	}
	for _, c := range t.sheet.Row(t.row) {
		if c.Col > maxOutside || headed[c.Col] {
			continue
		}
		if cell := meaning(t.w, c, ""); !cell.Blank() {
			out = append(out, cell)
		}
	}
	return out
}

// maxOutside is how many columns are looked at for what has gone astray, and
// maxMerged how many cells of merged ranges are kept apart.
const (
	maxOutside = 64
	maxMerged  = 500_000
)

// merged is the range of every cell of the table's columns that lies in one.
func (p *place) merged() map[[2]int]sheet.Range {
	m := map[[2]int]sheet.Range{}
	last := 0
	if n := len(p.sheet.Cells); n > 0 {
		last = p.sheet.Cells[n-1].Row
	}
	headed := map[int]bool{}
	for _, b := range p.bands {
		for _, col := range b.heads {
			headed[col] = true
		}
	}
	visits := 0
	for _, r := range p.sheet.Merges {
		if r.FromRow == r.ToRow && r.FromCol == r.ToCol {
			continue
		}
		for col := range headed {
			if col < r.FromCol || col > r.ToCol {
				continue
			}
			for row := max(r.FromRow, p.row+1); row <= min(r.ToRow, last); row++ {
				if visits++; visits > maxMerged {
					return m
				}
				m[[2]int{row, col}] = r
			}
		}
	}
	return m
}
