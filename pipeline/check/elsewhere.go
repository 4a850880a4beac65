package check

import (
	"slices"

	"duban/pipeline/plan"
)

// What else is said of the same thing: in other rows of this form, and in what
// was accepted of this and of other units.

// other is a figure of another indicator, or of another unit.
type other struct {
	plan.Figure
	row *Row // in this form; nil: accepted before
}

// of finds the figure of another id for this month: in this form first, then
// what was accepted of the same unit, then of the only unit that reports it.
func (r *Row) of(id string) (other, bool) {
	for _, q := range r.rows {
		if q.Entry.ID == id && q.Unit == r.Unit && q.twin == nil && !q.copy {
			said := q.Figure.State == plan.Reported || q.Figure.State == plan.ZeroReport
			return other{q.Figure, q}, said
		}
	}
	if r.Elsewhere == nil || r.Unit == nil {
		return other{}, false
	}
	all := slices.DeleteFunc(slices.Clone(r.Elsewhere(id, r.Month)), func(f plan.Figure) bool {
		return f.State != plan.Reported && f.State != plan.ZeroReport
	})
	for _, f := range all {
		if f.Unit == r.Unit.Code {
			return other{f, nil}, true
		}
	}
	if len(all) == 1 {
		return other{all[0], nil}, true
	}
	return other{}, false
}

// unitName is what a unit is called in a message; "" for this row's own.
func (r *Row) unitName(code string) string {
	if r.Unit != nil && code == r.Unit.Code {
		return ""
	}
	if u := r.Plan.Unit(code); u != nil {
		return u.Name
	}
	return code
}

// where a figure of another id stands, for a message.
func (r *Row) otherName(ind *plan.Indicator, o other) string {
	s := r.unitName(o.Unit) + "“" + ind.Name + "”（" + ind.ID + "）"
	if o.row != nil {
		if a := o.row.address(o.row.principal(o.State)); a != "" {
			s += "的" + a + "单元格"
		}
	}
	return s
}
