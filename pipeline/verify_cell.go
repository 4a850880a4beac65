package pipeline

import (
	"fmt"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// place is a cell of a workbook.
type place struct{ sheet, cell string }

// cells are the texts of a workbook, and in which order they stand.
type cells struct {
	order []place
	text  map[place]string
	first map[place]string // what the row begins with
}

func cellsOf(w *sheet.Workbook) cells {
	all := cells{text: map[place]string{}, first: map[place]string{}}
	for _, s := range w.Sheets {
		row, first := 0, ""
		for _, c := range s.Cells {
			if c.Row != row {
				row, first = c.Row, c.Raw
			}
			at := place{s.Name, c.Address()}
			all.order = append(all.order, at)
			all.text[at], all.first[at] = c.Raw, first
			if c.HasFormula { // none of ours has one
				all.text[at] = "=" + c.Formula
			}
		}
	}
	return all
}

// cellsAlike is the share of the cells that both hold alike.
func cellsAlike(was, is cells) float64 {
	n := 0
	for at, text := range was.text {
		if is.text[at] == text {
			n++
		}
	}
	return float64(n) / float64(max(len(was.text), len(is.text), 1))
}

// mostCells is how many differing cells are named each by itself.
const mostCells = 50

// cellFlaws names the cells that hold something else than the paper's.
func cellFlaws(of candidate, book *sheet.Workbook) []Flaw {
	old, err := sheet.Read(of.bytes, sheet.DefaultLimits)
	if err != nil {
		return nil
	}
	was, is := cellsOf(old), cellsOf(book)
	var flaws []Flaw
	differs := func(at place) {
		flaws = append(flaws, Flaw{FlawCell, at.sheet + "!" + at.cell, fmt.Sprintf(
			"%s!%s（该行首格“%s”）原为“%s”，文件中是“%s”。", at.sheet, at.cell,
			firstOf(at, was, is), was.text[at], plan.Mask(is.text[at]))})
	}
	for _, at := range was.order {
		if is.text[at] != was.text[at] {
			differs(at)
		}
	}
	for _, at := range is.order {
		if _, there := was.text[at]; !there {
			differs(at)
		}
	}
	if len(flaws) == 0 {
		return []Flaw{{FlawPaper, of.Name,
			"各单元格的内容都与写出时一致，但文件不是写出时的那一份（可能用表格软件另存过）。"}}
	}
	if more := len(flaws) - mostCells; more > 0 {
		flaws = append(flaws[:mostCells], Flaw{FlawCell, of.Name,
			fmt.Sprintf("另有%d个单元格也不同。", more)})
	}
	return flaws
}

func firstOf(at place, was, is cells) string {
	if s, ok := was.first[at]; ok {
		return s
	}
	return is.first[at]
}

// maskedCell is what stands in a cell of an original, as papers print it.
func maskedCell(o *original, name, address string) string {
	return plan.Mask(o.cell(name, address))
}
