package form

import "duban/pipeline/plan"

// writeRow writes one row of the table and makes it high enough.
func (b *book) writeRow(f *Form, n int, r Row, rules *rules) {
	row := rowFirst + n
	first := n == 0 || f.Rows[n-1].Item != r.Item
	open := map[plan.Column]bool{}
	for _, c := range r.fillable(f.Opening) {
		open[c] = true
	}
	height := 0.0
	for i, c := range b.cols {
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
		height = max(height, RowHeight(s.text, c.width, bodySize))
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
	if r.Adjusted {
		l.fill = colourNew
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
