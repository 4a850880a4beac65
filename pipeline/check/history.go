package check

import (
	"slices"

	"github.com/shopspring/decimal"

	"duban/pipeline/plan"
)

// What the ledger knew before this month.

// lastTotal is the running total this month's is built on, and its month. An
// annual count begins its window at zero; everything else without history is
// unknown.
func (r *Row) lastTotal() (plan.Value, plan.Month) {
	start := r.windowStart()
	for _, f := range slices.Backward(r.History) {
		if f.Total.Known() && f.Month >= start {
			return f.Total, f.Month
		}
	}
	if r.is(plan.Annual) && r.Month == start {
		return plan.Int(0), r.Month - 1
	}
	return plan.Value{}, 0
}

// windowStart is the first month whose figures count together with this one's.
func (r *Row) windowStart() plan.Month {
	if !r.is(plan.Annual) {
		return 0
	}
	last := r.Indicator.Due
	if last == 0 {
		last = r.Plan.To
	}
	month := min(r.Month, last) // what comes late counts in the last window
	start := plan.MonthOf(month.Year(), 1)
	if r.Indicator.Quarterly {
		start += plan.Month((month.Number() - 1) / 3 * 3)
	}
	return max(start, min(r.Indicator.From, month))
}

// follows reports whether no month that was due lies between m and this one,
// so that this month's addition is all that happened since m.
func (r *Row) follows(m plan.Month) bool {
	for between := m + 1; between < r.Month; between++ {
		if r.Indicator.Frequency.Due(between) {
			return false
		}
	}
	return true
}

// lastValue is the latest known value of what is judged, and its month.
func (r *Row) lastValue() (plan.Value, plan.Month) {
	for _, f := range slices.Backward(r.History) {
		if v := r.value(f); v.Known() {
			return v, f.Month
		}
	}
	return plan.Value{}, 0
}

// value is the number of a figure that is judged.
func (r *Row) value(f plan.Figure) plan.Value {
	if r.is(plan.Comparison) {
		return f.A.Sub(f.B)
	}
	if r.is(plan.Ratio) && f.A.Known() && f.B.Known() {
		q := f.A.Over(f.B)
		if q.Known() && r.Indicator.Percent() {
			q = plan.Known(q.Decimal().Shift(2))
		}
		return q
	}
	return f.Total
}

// reached reports whether a known value meets the indicator's target.
func (r *Row) reached(v plan.Value) bool {
	if !v.Known() || !r.Indicator.Target.Known() {
		return false
	}
	return r.Indicator.Comparator.Met(v.Cmp(r.Indicator.Target))
}

// median is the middle of some numbers, at least one.
func median(numbers []decimal.Decimal) decimal.Decimal {
	sorted := slices.Clone(numbers)
	slices.SortFunc(sorted, func(a, b decimal.Decimal) int { return a.Cmp(b) })
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return sorted[n/2-1].Add(sorted[n/2]).Div(decimal.NewFromInt(2))
}
