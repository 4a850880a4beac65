package check

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"duban/pipeline/plan"
)

var jumpAgainstHistory = &Check{
	Code: "jump-against-history", Severity: plan.Query,
	Title: "与以往相比变化过大",
	Text: "本月的变化与本指标以往各月相比大得出奇：以往至少有4个月的变化量，取其中位数，" +
		"偏离超过平常波动（按中位绝对偏差折算，并留有余地）的3.5倍。数已收下并作标记，不代表一定有错。" +
		"怎样改：填错的（例如多写一位、错了计量单位）请改正；确实如此的，请在情况说明里写明原因。",
	Row: func(r *Row) []plan.Finding {
		if r.Indicator == nil || r.Opening || !r.says() {
			return nil
		}
		change, past := r.changes()
		if !change.Known() || len(past) < 4 {
			return nil
		}
		middle := median(past)
		off := change.Decimal().Sub(middle).Abs()
		usual := r.usual(past, middle)
		if off.LessThanOrEqual(usual.Mul(decimal.RequireFromString("3.5"))) {
			return nil
		}
		low, high := past[0], past[0]
		for _, p := range past {
			low, high = decimal.Min(low, p), decimal.Max(high, p)
		}
		c := plan.ColAdded
		if !r.counts() || r.cell(c).Blank() {
			c = r.principal(r.Figure.State)
		}
		if r.slipped(c) || r.slipped(plan.ColTotal) {
			return nil // what it may have been is said already
		}
		say := func(d decimal.Decimal) string { return r.change(d) }
		return r.one(c, fmt.Sprintf("%s异常：本月变化%s，此前%d次变化在%s至%s之间，中位数%s；"+
			"平常波动约%s，本月偏离%s%s（超过3.5倍即提出）。",
			r.where(c), say(change.Decimal()), len(past), say(low), say(high), say(middle),
			say(usual), say(off), fold(off, usual)),
			"请核对是否多写一位或错了计量单位；确实如此的，请在情况说明里写明原因。")
	},
}

// fold is how many times its usual spread something lies off; "" where nothing
// ever moved.
func fold(off, usual decimal.Decimal) string {
	if usual.IsZero() {
		return ""
	}
	return "，是它的" + off.DivRound(usual, 1).String() + "倍"
}

// changes is this month's change and those of the months before, each against
// the figure before it: what was added, for what is counted up.
func (r *Row) changes() (now plan.Value, past []decimal.Decimal) {
	var before plan.Figure
	for _, f := range r.History {
		if d := r.changeFrom(before, f); d.Known() {
			past = append(past, d.Decimal())
		}
		if r.value(f).Known() {
			before = f
		}
	}
	return r.changeFrom(before, r.Figure), past
}

func (r *Row) changeFrom(before, f plan.Figure) plan.Value {
	if !r.counts() {
		return r.value(f).Sub(r.value(before))
	}
	if f.Added.Known() || r.is(plan.Annual) || f.Month != before.Month+1 {
		return f.Added
	}
	return f.Total.Sub(before.Total)
}

// usual is how far a change usually lies from the middle one: the median
// absolute deviation, scaled to a standard deviation. At least a fifth of the
// middle, and two of what is counted, half a point, or a fiftieth of any other
// value, so that a very steady indicator does not cry at every move.
func (r *Row) usual(past []decimal.Decimal, middle decimal.Decimal) decimal.Decimal {
	off := make([]decimal.Decimal, len(past))
	for i, p := range past {
		off[i] = p.Sub(middle).Abs()
	}
	floor := decimal.NewFromInt(2)
	if last, _ := r.lastValue(); r.Indicator.Percent() {
		floor = decimal.RequireFromString("0.5")
	} else if !r.counts() && last.Known() {
		floor = last.Decimal().Abs().Div(decimal.NewFromInt(50))
		if slices.Contains(wholes, r.Indicator.Measure) {
			floor = decimal.Max(floor, decimal.NewFromInt(1))
		}
	}
	return decimal.Max(floor, middle.Abs().Div(decimal.NewFromInt(5)),
		median(off).Mul(decimal.RequireFromString("1.4826")))
}

// change words a change: 300人, 2个百分点, both with their sign when they fall.
func (r *Row) change(d decimal.Decimal) string {
	s := d.Round(2).String()
	if r.Indicator.Percent() {
		return s + "个百分点"
	}
	return s + r.Indicator.Measure
}
