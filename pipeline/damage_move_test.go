package pipeline

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// cellCopy is a cell with everything that moves along with it.
type cellCopy struct {
	value string
	text  bool
	style int
}

func (p *patient) take(col, row int) cellCopy {
	cell, _ := excelize.CoordinatesToCellName(col, row)
	v, _ := p.GetCellValue(table, cell, excelize.Options{RawCellValue: true})
	kind, _ := p.GetCellType(table, cell)
	style, _ := p.GetCellStyle(table, cell)
	return cellCopy{v, kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString,
		style}
}

func (p *patient) give(col, row int, c cellCopy) bool {
	cell, _ := excelize.CoordinatesToCellName(col, row)
	if p.SetCellStyle(table, cell, cell, c.style) != nil {
		return false
	}
	switch {
	case c.value == "":
		return p.SetCellValue(table, cell, nil) == nil
	case c.text:
		return p.SetCellStr(table, cell, c.value) == nil
	}
	return p.SetCellDefault(table, cell, c.value) == nil
}

// last is the last row of the table.
func (p *patient) last() int { return p.read.Entries[len(p.read.Entries)-1].Row }

// columns moves the table's columns: change orders the numbers of the columns.
func (p *patient) columns(change func(order []int)) bool {
	order := make([]int, len(p.read.Columns))
	for i := range order {
		order[i] = i + 1
	}
	change(order)
	return p.move(order, nil)
}

// rows moves the rows below the heads.
func (p *patient) rows(change func(order []int)) bool {
	var order []int
	for row := p.read.HeadRow + 1; row <= p.last(); row++ {
		order = append(order, row)
	}
	change(order)
	return p.move(nil, order)
}

// move puts into column i what stood in column cols[i], and likewise the rows.
func (p *patient) move(cols, rows []int) bool {
	first := p.read.HeadRow
	old := map[[2]int]cellCopy{}
	for row := first; row <= p.last(); row++ {
		for col := 1; col <= len(p.read.Columns); col++ {
			old[[2]int{col, row}] = p.take(col, row)
		}
	}
	for at, c := range old {
		col, row := at[0], at[1]
		if cols != nil {
			c = old[[2]int{cols[col-1], row}]
		} else if row > first {
			c = old[[2]int{col, rows[row-first-1]}]
		}
		if !p.give(col, row, c) {
			return false
		}
	}
	return true
}

func (p *patient) dropColumn(head string) bool {
	name, _ := excelize.ColumnNumberToName(p.read.Columns[head])
	return p.RemoveCol(table, name) == nil
}

// dropColumnAfter drops a column that has moved by one.
func (p *patient) dropColumnAfter(head string) bool {
	name, _ := excelize.ColumnNumberToName(p.read.Columns[head] - 1)
	return p.RemoveCol(table, name) == nil
}

// unneeded reports whether no row fills value B in.
func (p *patient) unneeded() bool {
	for _, e := range p.read.Entries {
		if !e.Cells[plan.ColB].Blank() {
			return false
		}
	}
	return true
}

// headsAgain puts the heads in front of a row in the middle.
func (p *patient) headsAgain() bool {
	row := p.read.Entries[len(p.read.Entries)/2].Row
	if p.InsertRows(table, row, 1) != nil {
		return false
	}
	for col := 1; col <= len(p.read.Columns); col++ {
		if !p.give(col, row, p.take(col, p.read.HeadRow)) {
			return false
		}
	}
	return true
}

// mergeItems merges the item's cell over the rows that share it.
func (p *patient) mergeItems() bool {
	done := false
	for i := 1; i < len(p.read.Entries); i++ {
		a, b := p.read.Entries[i-1], p.read.Entries[i]
		if a.Item.Text == b.Item.Text && !done {
			done = p.MergeCell(table, a.Item.Address, b.Item.Address) == nil
		}
	}
	return done
}

// mergeRows merges the totals of two rows that are both filled in.
func (p *patient) mergeRows() bool {
	for i := 1; i < len(p.read.Entries); i++ {
		a, b := &p.read.Entries[i-1], &p.read.Entries[i]
		if a.Cells[plan.ColTotal].Blank() || b.Cells[plan.ColTotal].Blank() {
			continue
		}
		p.cells = []string{b.Cells[plan.ColTotal].Address}
		p.hurts(a)
		p.hurts(b)
		return p.MergeCell(table, a.Cells[plan.ColTotal].Address, p.cells[0]) == nil
	}
	return false
}

// copySheet copies the table's sheet within the workbook.
func (p *patient) copySheet() bool {
	to, err := p.NewSheet("填报 (2)")
	if err != nil {
		return false
	}
	from, err := p.GetSheetIndex(table)
	return err == nil && p.CopySheet(from, to) == nil && !strings.Contains(form.SheetTable, "(2)")
}
