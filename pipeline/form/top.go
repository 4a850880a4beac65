package form

import (
	"math"
	"time"

	"duban/pipeline/plan"
)

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
	for i, cut := range b.split(visible, []float64{0.45, 0.2, 0.35}) {
		l := plain
		l.align = [3]string{"left", "center", "right"}[i]
		b.span(rowUnit, cut, parts[i], l)
	}
	b.try(b.SetRowHeight(SheetTable, rowUnit, 24))
	label, fill := plain, plain
	label.align = "right"
	fill.fill, fill.open, fill.under, fill.format = colourFill, true, true, "@"
	cuts := b.split(visible, []float64{0.12, 0.18, 0.12, 0.18, 0.12, 0.18, 0.1})
	for i, text := range []string{labelFiller, labelReviewer, labelPhone} {
		b.span(rowSign, cuts[2*i], text+"：", label)
		b.span(rowSign, cuts[2*i+1], "", fill)
	}
	b.try(b.SetRowHeight(SheetTable, rowSign, 24))
	hint := look{face: faceText, size: 11, align: "left", colour: colourHint}
	b.across(rowHint, visible, w.hint, RowHeight(w.hint, b.width(visible), 11), hint)
}

// moment writes a time as offices write it: 2025年4月5日18:00.
func moment(t time.Time) string {
	return plan.DateOf(t).Chinese() + t.Format("15:04")
}

// split cuts the visible columns into runs of about those shares of the whole
// width; each run has at least one column where there are enough.
func (b *book) split(visible []int, shares []float64) [][]int {
	total := 0.0
	for _, c := range visible {
		total += b.cols[c-1].width
	}
	cuts := make([][]int, len(shares))
	k, used, goal := 0, 0.0, shares[0]*total
	for i, c := range visible {
		w := b.cols[c-1].width
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
		w += b.cols[c-1].width
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
