package assess

import (
	"math/big"

	"github.com/shopspring/decimal"

	"duban/pipeline/plan"
)

// 同比 holds the judged figure against that of a year before, 环比 against that
// of the month before. Both figures must be known, and of one sort:
//
//	累计型   this month's own count, both ways
//	年度型   同比 this year's total against last year's by the same month;
//	         环比 this month's own count
//	时点型、比率型、增速型、比值型   the value, in points or in the measure
//	比较型、事项型   neither
//
// A count moves in percent, from 1000 % on in multiples; from zero, or where a
// figure is negative, in the measure. 同比 is said of the month's own figure, or
// of the latest one of an indicator that is not reported monthly; 环比 only of
// the month's own figure of a monthly one. An opening figure has no month's own
// count, and a total reported after the due month compares with none.

// compare fills OverYear and OverMonth.
func (c *course) compare(a *Assessment, f *plan.Figure) {
	if f.Month != c.month && c.reportsMonthly() {
		return
	}
	a.OverYear = c.change("同比", c.yearly(f.Month-12), c.yearly(f.Month))
	if c.reportsMonthly() {
		a.OverMonth = c.change("环比", c.monthly(f.Month-1), c.monthly(f.Month))
	}
}

// yearly is what 同比 compares of a month.
func (c *course) yearly(m plan.Month) plan.Value {
	if c.ind.Kind != plan.Annual {
		return c.monthly(m)
	}
	if m > c.lastMonth() {
		return plan.Value{}
	}
	return c.totalAt(m)
}

// monthly is what 环比 compares of a month.
func (c *course) monthly(m plan.Month) plan.Value {
	f := c.at(m)
	switch {
	case f == nil || c.ind.Kind == plan.Comparison || c.ind.Kind == plan.Milestone:
		return plan.Value{}
	case !counts(c.ind):
		return c.kind.value(c.ind, *f)
	case f.State == plan.ZeroReport:
		return plan.Int(0)
	}
	return f.Added
}

// change words how a figure moved; "" unless both are known.
func (c *course) change(than string, from, to plan.Value) string {
	a, b := exact(to), exact(from)
	off := minus(a, b)
	if off == nil {
		return ""
	}
	part, by := c.moved(a, b, off)
	return c.words.say(part, &view{Name: c.ind.Name, Than: than, Gap: by})
}

// moved is the part of the wording for a move from b to a, and by how much.
func (c *course) moved(a, b, off *big.Rat) (part, by string) {
	parts := [2]string{"change_fewer", "change_more"}
	by = points(c.ind, off)
	still := cut(off, 2).Sign() == 0
	switch {
	case off.Sign() == 0:
		return "change_none", ""
	case counts(c.ind) && b.Sign() > 0 && a.Sign() >= 0:
		parts = [2]string{"change_shrank", "change_grew"}
		percent := new(big.Rat).Abs(percentOf(off, b))
		by, still = multiple(percent), fixed(percent) == "0.0"
	case isRate(c.ind):
		parts = [2]string{"change_fell", "change_rose"}
	}
	if still {
		return "change_hardly", ""
	}
	if off.Sign() > 0 {
		return parts[1], by
	}
	return parts[0], by
}

// multiple is a growth in percent, not negative, as it is printed: 12.5%, 10倍, 12.3倍.
func multiple(percent *big.Rat) string {
	if percent.Cmp(big.NewRat(999, 1)) <= 0 {
		return fixed(percent) + "%"
	}
	times := new(big.Rat).Quo(percent, big.NewRat(100, 1))
	return decimal.RequireFromString(fixed(times)).String() + "倍"
}
