package check

import (
	"fmt"

	"duban/pipeline/plan"
)

// Magnitudes of what is measured: levels, rates, growth, pairs of values.

func (r *Row) levelSlips() []slip {
	v := r.Figure.Total
	if !positive(v) {
		return nil
	}
	looks := []func(plan.Value) (int32, string){r.measureSlip, r.steadySlip}
	if r.Indicator.Percent() {
		looks = []func(plan.Value) (int32, string){r.pointsSlip, r.steadySlip, r.overHundred}
	}
	for _, look := range looks {
		if n, why := look(v); n != 0 {
			return []slip{{plan.ColTotal, v, n, why}}
		}
	}
	return nil
}

// measureSlip: a level thousands of times the last one, or the target.
func (r *Row) measureSlip(v plan.Value) (int32, string) {
	ref, m := r.lastValue()
	why := ""
	switch {
	case positive(ref):
		why = r.monthWord(m) + "为" + r.amount(ref)
	case ref.Known():
		return 0, ""
	case positive(r.Indicator.Target):
		ref = r.Indicator.Target
		why = "目标是" + r.amount(ref)
	default:
		return 0, ""
	}
	n := scaleOf(r.cell(plan.ColTotal).Format)
	if n != 0 && around(shifted(v, n), ref, "0.2", "5") {
		return n, why + "，单元格的数字格式在数后面显示“万”或“亿”"
	}
	if !thousandfold(v, ref) {
		return 0, ""
	}
	for _, n := range measures {
		if around(shifted(v, n), ref, "0.3", "3") {
			return n, why
		}
	}
	return 0, ""
}

// pointsSlip: 0.9 or 9000 where 90 is meant.
func (r *Row) pointsSlip(v plan.Value) (int32, string) {
	last, m := r.lastValue()
	goal := r.Indicator.Target
	for _, n := range []int32{2, -2} {
		s := shifted(v, n)
		if s.Cmp(plan.Int(100)) > 0 && !(goal.Known() && goal.Cmp(plan.Int(100)) > 0) {
			continue
		}
		switch {
		case last.Known():
			near := s.Sub(last).Decimal().Abs()
			far := v.Sub(last).Decimal().Abs()
			ample := last.Cmp(plan.Int(10)) >= 0 || v.Cmp(plan.Int(10)) >= 0 ||
				decimals(v) >= decimals(last)+2
			if positive(last) && ample && between(s, times(last, "0.7"), times(last, "1.4")) &&
				near.Mul(plan.Int(5).Decimal()).LessThan(far) {
				return n, fmt.Sprintf("%s为%s", r.monthWord(m), r.amount(last)) + r.asPercent()
			}
		case n == 2 && goal.Known() && goal.Cmp(plan.Int(20)) >= 0 && v.Cmp(plan.Int(1)) <= 0,
			n == -2 && positive(goal) && v.Cmp(times(goal, "50")) >= 0:
			if around(s, goal, "0.3", "1.7") {
				return n, "目标是" + r.amount(goal) + "，计量单位是%" + r.asPercent()
			}
		}
	}
	return 0, ""
}

// asPercent is the cell's percent format, as one more piece of evidence.
func (r *Row) asPercent() string {
	if c := r.cell(plan.ColTotal); scaleOf(c.Format) == 0 && percentFormat(c) {
		return "，单元格设成了百分比格式"
	}
	return ""
}

// overHundred: a rate past 100 that would be one without its last digit.
func (r *Row) overHundred(v plan.Value) (int32, string) {
	goal := r.Indicator.Target
	hundred := plan.Int(100)
	if v.Cmp(hundred) <= 0 || !goal.Known() || goal.Cmp(hundred) > 0 {
		return 0, ""
	}
	if s := shifted(v, -1); s.Cmp(hundred) <= 0 && around(s, goal, "0.5", "2") {
		return -1, "百分率最多是100%，目标是" + r.amount(goal)
	}
	return 0, ""
}

// steadySlip: at least four values close together, and this one ten times, or a
// tenth, of them.
func (r *Row) steadySlip(v plan.Value) (int32, string) {
	var low, high plan.Value
	n := 0
	for _, f := range r.History {
		past := r.value(f)
		if !past.Known() {
			continue
		}
		if n++; !low.Known() || past.Cmp(low) < 0 {
			low = past
		}
		if !high.Known() || past.Cmp(high) > 0 {
			high = past
		}
	}
	if n < 4 || !positive(low) || high.Cmp(times(low, "1.25")) > 0 {
		return 0, ""
	}
	for _, shift := range []int32{1, -1} {
		if between(shifted(v, shift), times(low, "0.8"), times(high, "1.25")) {
			return shift, fmt.Sprintf("以往%d次都在%s至%s之间", n, r.amount(round(low)),
				r.amount(round(high)))
		}
	}
	return 0, ""
}

// growthSlips: a growth given as a fraction of one, or a hundredfold, against
// the two values beside it and the last growth.
func (r *Row) growthSlips() []slip {
	f := r.Figure
	v := f.Total
	if !v.Known() || v.Decimal().IsZero() {
		return nil
	}
	if positive(f.A) && positive(f.B) {
		real := plan.Known(f.A.Over(f.B).Sub(plan.Int(1)).Decimal().Shift(2))
		for _, n := range []int32{2, -2} {
			apart := real.Sub(v).Decimal().Abs().Cmp(plan.Int(1).Decimal()) >= 0
			if apart && near(shifted(v, n), real, "0.05") {
				return []slip{{plan.ColTotal, v, n, fmt.Sprintf("两个数值%s和%s算得的增速是%s%%",
					f.A, f.B, real.Decimal().Round(2))}}
			}
		}
	}
	last, m := r.lastValue()
	if n := farPoints(v, last); n != 0 {
		return []slip{{plan.ColTotal, v, n, fmt.Sprintf("%s为%s", r.monthWord(m), r.amount(last))}}
	}
	return nil
}

// comparisonSlips: of two rates one is a fraction of one.
func (r *Row) comparisonSlips() []slip {
	if !r.Indicator.Percent() {
		return nil
	}
	var out []slip
	for _, c := range []plan.Column{plan.ColA, plan.ColB} {
		pick := func(f plan.Figure) plan.Value {
			if c == plan.ColA {
				return f.A
			}
			return f.B
		}
		v := pick(r.Figure)
		last, m := r.latest(pick)
		if n := farPoints(v, last); n != 0 {
			out = append(out, slip{c, v, n, fmt.Sprintf("%s为%s", r.monthWord(m), r.amount(last))})
		}
	}
	return out
}

// farPoints is the shift by which a rate that may be anything is near the last
// one; two digits more behind the point than before are asked for, or a
// hundredfold that no rate reaches.
func farPoints(v, last plan.Value) int32 {
	if !v.Known() || !last.Known() || v.Decimal().IsZero() || last.Decimal().IsZero() {
		return 0
	}
	if q := shifted(v, 2).Over(last); decimals(v) >= decimals(last)+2 && ratioNear(q) {
		return 2
	}
	huge := v.Decimal().Abs().Cmp(plan.Int(100).Decimal()) > 0
	if q := shifted(v, -2).Over(last); huge && ratioNear(q) {
		return -2
	}
	return 0
}

func ratioNear(q plan.Value) bool {
	return between(q, times(plan.Int(1), "0.7"), times(plan.Int(1), "1.4"))
}

func near(v, w plan.Value, by string) bool {
	return v.Sub(w).Decimal().Abs().Cmp(times(plan.Int(1), by).Decimal()) <= 0
}

// pairSlips: two values that belong together and are thousands of times apart.
func (r *Row) pairSlips() []slip {
	a, b := r.Figure.A, r.Figure.B
	if !positive(a) || !positive(b) {
		return nil
	}
	usual := plan.Int(1)
	if goal := r.Indicator.Target; r.is(plan.Ratio) && positive(goal) {
		if usual = goal; r.Indicator.Percent() {
			usual = shifted(goal, -2)
		}
	}
	q := a.Over(b)
	if !positive(q) || !thousandfold(q, usual) {
		return nil
	}
	for _, n := range measures {
		if !around(shifted(q, n), usual, "0.5", "2") {
			continue
		}
		why := fmt.Sprintf("%s是%s，%s是%s，两个数不在一个量级", r.column(plan.ColA), a,
			r.column(plan.ColB), b)
		lastA, _ := r.latest(func(f plan.Figure) plan.Value { return f.A })
		wrongA := n > 0 // the smaller one lost its 万
		if positive(lastA) {
			wrongA = thousandfold(a, lastA)
		}
		if wrongA {
			return []slip{{plan.ColA, a, n, why}}
		}
		return []slip{{plan.ColB, b, -n, why}}
	}
	return nil
}

// latest is the last known of some value of the figures before, and its month.
func (r *Row) latest(pick func(plan.Figure) plan.Value) (plan.Value, plan.Month) {
	for i := len(r.History) - 1; i >= 0; i-- {
		if v := pick(r.History[i]); v.Known() {
			return v, r.History[i].Month
		}
	}
	return plan.Value{}, 0
}
