package check

import (
	"fmt"
	"slices"

	"duban/pipeline/plan"
)

// Magnitudes of what is counted up: this month's addition and the total.

// orders are the shifts tried, the smallest first.
var (
	orders   = []int32{1, -1, 4, -4, 8, -8}
	measures = []int32{4, -4, 8, -8}
)

// tally is a counted row's values with what is known about them.
type tally struct {
	*Row
	last      plan.Value // accepted running total
	month     plan.Month // and its month
	sum       plan.Value // last + this month's, where nothing lies between
	agree     bool       // the total is that sum
	increases []plan.Value
}

func (r *Row) countedSlips() []slip {
	t := tally{Row: r}
	t.last, t.month = r.lastTotal()
	if t.last.Known() && r.follows(t.month) {
		t.sum = t.last.Add(r.Figure.Added)
	}
	t.agree = t.sum.Known() && r.Figure.Total.Known() && t.sum.Equal(r.Figure.Total)
	if _, past := r.changes(); len(past) > 0 {
		for _, p := range past {
			t.increases = append(t.increases, plan.Known(p))
		}
	}
	if s, ok := t.bySum(); ok {
		return []slip{s}
	}
	var out []slip
	for _, c := range []plan.Column{plan.ColAdded, plan.ColTotal} {
		v := r.Figure.Total
		if c == plan.ColAdded {
			v = r.Figure.Added
		}
		if !positive(v) {
			continue
		}
		for _, look := range []func(plan.Column, plan.Value) (int32, string){
			t.byFormat, t.byFraction, t.byTarget, t.byFall, t.byTime, t.byIncrease,
		} {
			if shift, why := look(c, v); shift != 0 {
				out = append(out, slip{c, v, shift, why})
				break
			}
		}
	}
	return out
}

// fits reports whether a value could stand in a column: no total below the last
// one, and nothing far past the target.
func (t *tally) fits(c plan.Column, v plan.Value) bool {
	ind := t.Indicator
	if slices.Contains(wholes, ind.Measure) && !fractional(ind.Target) && fractional(v) {
		return false
	}
	var low plan.Value
	if c == plan.ColTotal {
		low = t.last
	}
	high := times(ind.Target, "1.5")
	if positive(t.last) && high.Known() && high.Cmp(times(t.last, "2")) < 0 {
		high = times(t.last, "2")
	}
	return positive(v) && between(v, low, high)
}

// bySum: the total is not the last total and this month's, but would be.
func (t *tally) bySum() (slip, bool) {
	f := t.Figure
	if !t.sum.Known() || !f.Total.Known() || t.agree || t.Opening {
		return slip{}, false
	}
	need := f.Total.Sub(t.last)
	for _, n := range orders {
		total, added := agrees(f.Total, n, t.sum), agrees(f.Added, n, need)
		if total && (!added && !agrees(f.Added, -n, need) || t.likelier(f, n)) {
			return slip{plan.ColTotal, f.Total, n, fmt.Sprintf("%s累计%s，加本月新增%s，应为%s",
				t.monthWord(t.month), t.amount(t.last), t.amount(f.Added), t.amount(t.sum))}, true
		}
		digit := n == 1 || n == -1
		if added && (!agrees(f.Total, -n, t.sum) || !digit && !t.likelier(f, -n)) {
			return slip{plan.ColAdded, f.Added, n, fmt.Sprintf("累计从%s的%s增至%s，本月新增应为%s",
				t.monthWord(t.month), t.amount(t.last), t.amount(f.Total), t.amount(need))}, true
		}
	}
	return slip{}, false
}

// likelier tells, where nothing was counted before and either value could be
// the wrong one, whether it is the total: whatever fits better when mended.
func (t *tally) likelier(f plan.Figure, n int32) bool {
	return n != 1 && n != -1 && t.fits(plan.ColTotal, shifted(f.Total, n)) &&
		(n > 0 || !t.fits(plan.ColAdded, shifted(f.Added, -n)))
}

// byFormat: the format itself writes 万 behind the number.
func (t *tally) byFormat(c plan.Column, v plan.Value) (int32, string) {
	n := scaleOf(t.cell(c).Format)
	if n == 0 || t.fits(c, v) && !t.fits(c, shifted(v, n)) {
		return 0, ""
	}
	return n, "单元格的数字格式在数后面显示“" + map[int32]string{4: "万", 8: "亿"}[n] + "”"
}

// byFraction: people are not counted in fractions, unless in tens of thousands.
func (t *tally) byFraction(c plan.Column, v plan.Value) (int32, string) {
	if !slices.Contains(wholes, t.Indicator.Measure) || fractional(t.Indicator.Target) ||
		!fractional(v) {
		return 0, ""
	}
	for _, n := range []int32{4, 8} {
		if t.fits(c, shifted(v, n)) {
			return n, "按" + t.Indicator.Measure + "计的数不会有小数" + t.goal()
		}
	}
	return 0, ""
}

// byTarget: nobody does a thousand times what was promised.
func (t *tally) byTarget(c plan.Column, v plan.Value) (int32, string) {
	goal := t.Indicator.Target
	if !positive(goal) || t.Indicator.Comparator == plan.AtMost || v.Cmp(times(goal, "1000")) < 0 {
		return 0, ""
	}
	for _, n := range []int32{-4, -8} {
		if t.fits(c, shifted(v, n)) {
			return n, "目标是" + t.amount(goal) + "，填报数是目标的" +
				v.Over(goal).Decimal().Round(0).String() + "倍"
		}
	}
	return 0, ""
}

// byFall: a total below the last one would not be, if it were so much more.
func (t *tally) byFall(c plan.Column, v plan.Value) (int32, string) {
	if c != plan.ColTotal || !positive(t.last) || v.Cmp(t.last) >= 0 {
		return 0, ""
	}
	why := fmt.Sprintf("%s累计已有%s", t.monthWord(t.month), t.amount(t.last)) + t.goal()
	if most, ok := t.most(4); ok && !t.Figure.Added.Known() {
		if between(shifted(v, 1), t.last, t.last.Add(times(most, "2"))) {
			return 1, why + fmt.Sprintf("，以往每月最多增加%s", t.amount(most))
		}
	}
	if v.Cmp(times(t.last, "0.001")) > 0 {
		return 0, ""
	}
	for _, n := range []int32{4, 8} {
		if t.fits(c, shifted(v, n)) {
			return n, why
		}
	}
	return 0, ""
}

// byTime: nothing is known of before, and the total would be what is due by now
// if it were counted in tens of thousands.
func (t *tally) byTime(c plan.Column, v plan.Value) (int32, string) {
	ind := t.Indicator
	if c != plan.ColTotal || t.last.Known() || !positive(ind.Target) ||
		ind.Comparator == plan.AtMost || ind.Kind != plan.Cumulative ||
		v.Cmp(times(ind.Target, "0.001")) > 0 {
		return 0, ""
	}
	from := max(ind.From, t.Plan.From)
	whole, passed := int64(ind.Due-from)+1, int64(t.Month-from)+1
	passed = min(passed, whole)
	if whole <= 0 || passed*4 < whole {
		return 0, ""
	}
	due := ind.Target.Decimal().Mul(plan.Int(passed).Decimal()).Div(plan.Int(whole).Decimal())
	for _, n := range []int32{4, 8} {
		if around(shifted(v, n), plan.Known(due), "0.4", "1.4") {
			return n, fmt.Sprintf("目标是%s，按时间进度应在%s左右", t.amount(ind.Target),
				t.amount(plan.Known(due.Round(0))))
		}
	}
	return 0, ""
}

// byIncrease: against what the months before added, where the plan has no
// target, or where only one of the two values was filled in.
func (t *tally) byIncrease(c plan.Column, v plan.Value) (int32, string) {
	most, ok := t.most(4)
	if !ok || t.agree {
		return 0, ""
	}
	past, why := v, "以往每月最多增加"+t.amount(most)
	if c == plan.ColTotal {
		past = v.Sub(t.last)
		why = fmt.Sprintf("%s累计%s，%s", t.monthWord(t.month), t.amount(t.last), why)
	}
	if !past.Known() || past.Cmp(times(most, "8")) < 0 {
		return 0, ""
	}
	lone := !t.Figure.Added.Known() || !t.Figure.Total.Known()
	for _, n := range []int32{-1, -4, -8} {
		s := shifted(v, n)
		if n == -1 && !lone || !t.fits(c, s) {
			continue
		}
		if c == plan.ColTotal {
			s = s.Sub(t.last)
		}
		far := n == -1 || past.Cmp(times(most, "1000")) >= 0
		if far && positive(s) && s.Cmp(times(most, "2")) <= 0 {
			return n, why
		}
	}
	return 0, ""
}

// most is the largest of at least n increases before, when they are steady:
// none more than four times another.
func (t *tally) most(n int) (plan.Value, bool) {
	if len(t.increases) < n {
		return plan.Value{}, false
	}
	low, high := t.increases[0], t.increases[0]
	for _, v := range t.increases {
		if v.Cmp(low) < 0 {
			low = v
		}
		if v.Cmp(high) > 0 {
			high = v
		}
	}
	return high, positive(low) && high.Cmp(times(low, "4")) <= 0
}

// goal is the target, as one more piece of evidence.
func (t *tally) goal() string {
	if !t.Indicator.Target.Known() {
		return ""
	}
	return "，目标是" + t.amount(t.Indicator.Target)
}
