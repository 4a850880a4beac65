package check

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"duban/pipeline/plan"
)

// From cells to a figure. Nothing is guessed: a cell that does not say a number
// (a date, a known word) leaves the value unknown, and a check names it.

var stateWords = []plan.FigureState{
	plan.Reported, plan.ZeroReport, plan.NotYetOut, plan.NotDue, plan.Withdrawn,
}

var progressWords = []plan.Progress{
	plan.NotStarted, plan.Underway, plan.Completed, plan.Accepted,
}

// numeric are the columns that hold numbers; figureColumns those that bring
// any figure at all.
var (
	numeric       = []plan.Column{plan.ColAdded, plan.ColTotal, plan.ColA, plan.ColB}
	figureColumns = append(slices.Clone(numeric),
		plan.ColProgress, plan.ColPlanned, plan.ColActual)
	// fillColumns are all that a clerk fills, in the order of their names.
	fillColumns = slices.Sorted(slices.Values(append(slices.Clone(figureColumns),
		plan.ColState, plan.ColExpected, plan.ColRemark)))
)

// touched reports whether the clerk wrote anything into the row, or merged one
// of its cells for figures into another's.
func touched(e plan.Entry) bool {
	for col, c := range e.Cells {
		if !c.Blank() || c.Covered && slices.Contains(figureColumns, col) {
			return true
		}
	}
	return false
}

// brings reports whether any of the columns is filled.
func (r *Row) brings(columns ...plan.Column) bool {
	for _, c := range columns {
		if !r.cell(c).Blank() {
			return true
		}
	}
	return false
}

// stateWord is the 填报情况 as written, when it is one of the known words.
func (r *Row) stateWord() (plan.FigureState, bool) {
	word := plan.FigureState(squeeze(r.cell(plan.ColState).Text))
	return word, slices.Contains(stateWords, word)
}

// interpret fills the row's figure.
func (r *Row) interpret() {
	f := plan.Figure{ID: r.Entry.ID, Month: r.Month, State: plan.Reported,
		Sheet: r.Entry.Sheet, Opening: r.Opening, Remark: r.cell(plan.ColRemark).Text}
	if r.Unit != nil {
		f.Unit = r.Unit.Code
	}
	if word, ok := r.stateWord(); ok {
		f.State = word
	}
	if f.State == plan.NotDue && !r.dueNow() && r.brings(figureColumns...) {
		f.State = plan.Reported // our own pre-set word, with figures beside it
	}
	f.Expected = r.cell(plan.ColExpected).Month
	if f.State == plan.Reported || f.State == plan.ZeroReport {
		f.Added, f.Total = r.number(plan.ColAdded), r.number(plan.ColTotal)
		f.A, f.B = r.number(plan.ColA), r.number(plan.ColB)
		f.Planned, f.Actual = r.cell(plan.ColPlanned).Date, r.cell(plan.ColActual).Date
		word := plan.Progress(squeeze(r.cell(plan.ColProgress).Text))
		if slices.Contains(progressWords, word) {
			f.Progress = word
		}
	}
	if f.State == plan.ZeroReport && r.counts() {
		last, _ := r.lastTotal()
		if r.cell(plan.ColAdded).Blank() {
			f.Added = plan.Int(0)
		}
		if r.cell(plan.ColTotal).Blank() {
			f.Total = last
		}
	}
	principal := r.cell(r.principal(f.State))
	f.Cell, f.Raw = principal.Address, principal.Raw
	if f.Cell == "" {
		f.Cell = r.Entry.IDCell.Address
	}
	r.Figure = f
}

// dueNow reports whether the row is due this month.
func (r *Row) dueNow() bool {
	return r.Indicator == nil || r.Indicator.Frequency.Due(r.Month)
}

// principal is the column the judged value stands in.
func (r *Row) principal(state plan.FigureState) plan.Column {
	var order []plan.Column
	switch {
	case state == plan.NotYetOut || state == plan.NotDue || state == plan.Withdrawn:
		return plan.ColState
	case r.Indicator == nil || r.is(plan.Milestone):
		order = []plan.Column{plan.ColProgress}
	case r.is(plan.Ratio, plan.Comparison):
		order = []plan.Column{plan.ColA, plan.ColTotal}
	case r.is(plan.Growth):
		order = []plan.Column{plan.ColTotal, plan.ColA}
	default:
		order = []plan.Column{plan.ColTotal, plan.ColAdded}
	}
	if state == plan.ZeroReport {
		order = append(order, plan.ColState)
	}
	for _, c := range order {
		if !r.cell(c).Blank() {
			return c
		}
	}
	return order[0]
}

// The bounds of a number that can be meant: no plan counts beyond them, and
// arithmetic on wilder exponents would not end.
const (
	maxDigits   = 40
	maxExponent = 30
)

// number is the number of a cell, in the indicator's measure: 88% typed into a
// cell is 88 points, which a workbook holds as 0.88 with a percent format. A
// reader that knew the measure has turned it into points already.
func (r *Row) number(c plan.Column) plan.Value {
	cell := r.cell(c)
	points := r.Indicator != nil && r.Indicator.Percent() &&
		(c == plan.ColTotal || !r.is(plan.Growth, plan.Ratio))
	switch cell.Kind {
	case plan.NumberCell:
		raw, err := plan.ParseValue(cell.Raw)
		if points && strings.Contains(cell.Format, "%") && err == nil &&
			sane(raw) && sane(cell.Number) && tidy(raw).Equal(tidy(cell.Number)) {
			return tidy(plan.Known(cell.Number.Decimal().Shift(2)))
		}
	case plan.TextCell:
		text := strings.ReplaceAll(squeeze(cell.Text), "％", "%")
		bare, percent := strings.CutSuffix(text, "%")
		if percent && !points {
			return plan.Value{}
		}
		if v, err := plan.ParseValue(bare); percent && err == nil && !cell.Number.Known() {
			return tidy(v)
		}
	default:
		return plan.Value{}
	}
	return tidy(cell.Number)
}

func sane(v plan.Value) bool {
	if !v.Known() {
		return false
	}
	e := v.Decimal().Exponent()
	return e <= maxExponent && e >= -maxDigits && v.Decimal().NumDigits() <= maxDigits
}

// tidy rounds a number to the 15 digits a workbook holds (0.1+0.2 is stored as
// 0.30000000000000004); a number beyond all bounds is unknown.
func tidy(v plan.Value) plan.Value {
	if !sane(v) {
		return plan.Value{}
	}
	d := v.Decimal()
	if over := d.NumDigits() - 15; over > 0 && d.Exponent() < 0 {
		d = d.Round(max(-d.Exponent()-int32(over), 0))
	}
	if d.Exponent() < 0 {
		d = trim(d)
	}
	return plan.Known(d)
}

// trim drops the idle zeros behind the point.
func trim(d decimal.Decimal) decimal.Decimal {
	for d.Exponent() < 0 && d.Equal(d.Truncate(-d.Exponent()-1)) {
		d = d.Truncate(-d.Exponent() - 1)
	}
	return d
}

// squeeze drops every space, of either width, and line breaks.
func squeeze(s string) string {
	if !mayHaveBlanks(s) {
		return s
	}
	return strings.Map(func(c rune) rune {
		switch c {
		case ' ', '\u3000', '\u00a0', '\t', '\n', '\r':
			return -1
		}
		return c
	}, s)
}

// mayHaveBlanks looks at bytes: hardly any of the many texts compared has one.
func mayHaveBlanks(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c <= ' ', c == 0xC2, c == 0xE3 && strings.HasPrefix(s[i:], "\u3000"):
			return true
		}
	}
	return false
}
