package assess

import (
	"fmt"
	"math/big"
	"strings"

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
	switch ind.Measure {
	case "%":
		return rate(v.Decimal()) + "个百分点"
	case "‰":
		return rate(v.Decimal()) + "个千分点"
	}
	return Amount(ind, v)
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

// prefix names the month of a value that is older than the digest's.
func (c *course) prefix(a *Assessment) string {
	if a.AsOf == c.month {
		return ""
	}
	return "截至" + c.monthEnd(a.AsOf) + "，"
}

// versusTime words a gap to the time progress, in points.
func versusTime(gap *big.Rat) string {
	abs := fixed(new(big.Rat).Abs(gap))
	switch {
	case gap.Sign() == 0:
		return "与序时进度持平"
	case abs == "0.0" && gap.Sign() < 0:
		return "略低于序时进度"
	case abs == "0.0":
		return "略高于序时进度"
	case gap.Sign() < 0:
		return "低于序时进度" + abs + "个百分点"
	}
	return "高于序时进度" + abs + "个百分点"
}

// lateness words how long the due month is past.
func (c *course) lateness() string {
	return fmt.Sprintf("完成时限为%s，已逾期%d个月", c.lastMonth().Chinese(), c.month-c.lastMonth())
}

func (c *course) missingSentence(a *Assessment) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%d月未报送，%s", c.ind.Name, c.month.Number(), c.latest())
	if a.Overdue {
		b.WriteString("；" + c.lateness())
	}
	return b.String() + "。"
}

func (c *course) notYetOutSentence() string {
	s := fmt.Sprintf("%s%d月数据未出，", c.ind.Name, c.month.Number())
	if c.now.Expected != 0 {
		s += "预计" + c.now.Expected.Chinese() + "报送，"
	}
	return s + c.latest() + "。"
}

// latest words the latest known value.
func (c *course) latest() string {
	if c.last == nil {
		return "此前没有数据"
	}
	return "最近一次为" + c.monthEnd(c.last.Month) + c.kind.brief(c.ind, *c.last)
}

func (c *course) closedSentence() string {
	return fmt.Sprintf("%s已于%s销号（%s）。",
		c.ind.Name, c.ind.Closed.Month.Chinese(), c.ind.Closed.Document)
}
