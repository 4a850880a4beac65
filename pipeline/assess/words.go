package assess

import (
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"

	"duban/pipeline/plan"
)

// Amount is a value with its measure, as a sentence prints it: 6400人, 1.2万人,
// 88.0%; "" for an unknown one. 万 is used where the notice does, and only
// where it needs no rounding beyond two places.
func Amount(ind *plan.Indicator, v plan.Value) string {
	if !v.Known() {
		return ""
	}
	d := v.Decimal()
	if isRate(ind) {
		return rate(d) + ind.Measure
	}
	wan := d.Shift(-4)
	if ind.Scale == "万" && d.Abs().Cmp(decimal.NewFromInt(10000)) >= 0 &&
		wan.Equal(wan.Truncate(2)) {
		return wan.String() + "万" + ind.Measure
	}
	return d.Round(2).String() + ind.Measure
}

// Shown is the judged value as a sentence prints it; "" when it is unknown. Of
// a comparison it is the distance of the two values.
func Shown(a *Assessment) string {
	if a.Indicator.Kind == plan.Comparison && a.Value.Known() {
		sign := ""
		if a.Value.Decimal().IsNegative() {
			sign = "-"
		}
		return sign + points(a.Indicator, exact(a.Value))
	}
	return Amount(a.Indicator, a.Value)
}

// target is the target as a sentence prints it: no idle decimals.
func target(ind *plan.Indicator, v plan.Value) string {
	if v.Known() && isRate(ind) {
		return v.String() + ind.Measure
	}
	return Amount(ind, v)
}

func isRate(ind *plan.Indicator) bool { return ind.Measure == "%" || ind.Measure == "‰" }

// rate prints one decimal, two where two were reported.
func rate(d decimal.Decimal) string {
	if d.Equal(d.Round(1)) {
		return d.StringFixed(1)
	}
	return d.StringFixed(2)
}

// points is the distance between two values of an indicator: 2.0个百分点, 300人.
func points(ind *plan.Indicator, r *big.Rat) string {
	v := rounded(new(big.Rat).Abs(r))
	if isRate(ind) {
		return rate(v.Decimal()) + unitOf(ind, true)
	}
	return Amount(ind, v)
}

// unitOf is what stands behind a number: the measure, or what a distance
// between two of them is counted in.
func unitOf(ind *plan.Indicator, inPoints bool) string {
	switch {
	case inPoints && ind.Measure == "%":
		return "个百分点"
	case inPoints && ind.Measure == "‰":
		return "个千分点"
	}
	return ind.Measure
}

// fixed prints a fraction to one decimal, half up.
func fixed(r *big.Rat) string { return r.FloatString(1) }

// monthEnd is 3月底, with the year where it is not the digest's own.
func (c *course) monthEnd(m plan.Month) string {
	if m.Year() == c.month.Year() {
		return fmt.Sprintf("%d月底", m.Number())
	}
	return m.Chinese() + "底"
}
