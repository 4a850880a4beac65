package check

import (
	"fmt"
	"slices"

	"duban/pipeline/plan"
)

// Row is one row of a form with what the plan and the ledger know of it.
type Row struct {
	*Submission
	Entry     plan.Entry
	Indicator *plan.Indicator // nil: a status row of an item, or an unknown id
	Item      *plan.Item      // nil: an unknown id
	Unit      *plan.Unit      // nil: not recognised
	Figure    plan.Figure     // what the row means; see interpret.go
	History   []plan.Figure   // accepted, of months before, oldest first

	// away is the adjustment of the plan by which the unit no longer reports the
	// row, which an older form still has: nothing is asked of it, nothing taken.
	away *plan.Adjustment

	twin *Row // another row of the same id that says something else
	copy bool // the same values stand in a row above

	slipsFound []slip // see slip.go
	slipsAsked bool
}

// cell is what stands in a column; a blank cell when nothing does.
func (r *Row) cell(c plan.Column) plan.Cell { return r.Entry.Cells[c] }

// address is where a column of this row is; the row's id cell, when the form
// has no such column.
func (r *Row) address(c plan.Column) string {
	for _, a := range []string{r.cell(c).Address, r.Entry.IDCell.Address, r.Entry.Name.Address} {
		if a != "" {
			return a
		}
	}
	return ""
}

// at is a finding at a column of the row.
func (r *Row) at(c plan.Column, message, fix string) plan.Finding {
	return plan.Finding{Cell: r.address(c), Message: message, Fix: fix}
}

// one is at, as the list a check returns.
func (r *Row) one(c plan.Column, message, fix string) []plan.Finding {
	return []plan.Finding{r.at(c, message, fix)}
}

// atID is a finding at the row itself.
func (r *Row) atID(message, fix string) []plan.Finding {
	cell := r.Entry.Name.Address
	if cell == "" {
		cell = r.Entry.IDCell.Address
	}
	return []plan.Finding{{Cell: cell, Message: message, Fix: fix}}
}

// name is what the row is about, for a message.
func (r *Row) name() string {
	switch {
	case r.Indicator != nil:
		return r.Indicator.Name
	case r.Item != nil:
		return r.Item.Title
	}
	return r.Entry.ID
}

// where names a cell of the row: “城镇新增就业”的累计完成（K7单元格）.
func (r *Row) where(c plan.Column) string {
	s := "“" + r.name() + "”的" + r.column(c)
	if a := r.address(c); a != "" {
		s += "（" + a + "单元格）"
	}
	return s
}

// column is what a column is called in this row.
func (r *Row) column(c plan.Column) string {
	switch c {
	case plan.ColAdded:
		return "本月新增"
	case plan.ColTotal:
		switch {
		case r.is(plan.Cumulative):
			return "累计完成"
		case r.is(plan.Annual) && r.Indicator.Quarterly:
			return "本季累计"
		case r.is(plan.Annual):
			return "本年累计"
		}
		return "本期数"
	case plan.ColA, plan.ColB:
		i := map[plan.Column]int{plan.ColA: 0, plan.ColB: 1}[c]
		if r.Indicator != nil && r.Indicator.ValueNames[i] != "" {
			return [2]string{"数值A", "数值B"}[i] + "“" + r.Indicator.ValueNames[i] + "”"
		}
		return [2]string{"数值A", "数值B"}[i]
	case plan.ColProgress:
		return "进展状态"
	case plan.ColPlanned:
		return "计划完成日期"
	case plan.ColActual:
		return "实际完成日期"
	case plan.ColState:
		return "填报情况"
	case plan.ColExpected:
		return "预计报送月份"
	}
	return "情况说明"
}

// is reports whether the row is of an indicator of one of these kinds.
func (r *Row) is(kinds ...plan.Kind) bool {
	if r.Indicator == nil {
		return false
	}
	return slices.Contains(kinds, r.Indicator.Kind)
}

// counts reports whether the row is counted up: cumulative and annual.
func (r *Row) counts() bool { return r.is(plan.Cumulative, plan.Annual) }

// says reports whether the row brings figures, and not one of the words that
// stand for none.
func (r *Row) says() bool { return r.Figure.State == plan.Reported }

// amount is a value with the row's measure: 6400人.
func (r *Row) amount(v plan.Value) string {
	if r.Indicator == nil {
		return v.String()
	}
	return v.String() + r.Indicator.Measure
}

// distance is how far apart two values are: 300人, 2个百分点.
func (r *Row) distance(v, w plan.Value) string {
	d := plan.Known(v.Sub(w).Decimal().Abs())
	if r.Indicator != nil && r.Indicator.Percent() {
		return d.String() + "个百分点"
	}
	return r.amount(d)
}

// monthWord names a month from this form's: 上月, or 2024年12月.
func (r *Row) monthWord(m plan.Month) string {
	if m == r.Month-1 {
		return "上月"
	}
	return m.Chinese()
}

// shown is what stands in a cell, quoted for a message and cut when long.
func shown(c plan.Cell) string {
	s := c.Text
	if s == "" {
		s = c.Raw
	}
	if runes := []rune(s); len(runes) > 30 {
		s = string(runes[:30]) + "…"
	}
	return fmt.Sprintf("“%s”", s)
}
