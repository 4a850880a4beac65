package digest

import (
	"fmt"
	"strings"
)

// What is unknown is an empty cell, and never 0.

func text(s string) Datum { return Datum{Text: s} }

func whole(n int) Datum { return Datum{Number: fmt.Sprint(n), Format: "0"} }

// wholeIf is a count that is empty where it is not known.
func wholeIf(known bool, n int) Datum {
	if !known {
		return Datum{}
	}
	return whole(n)
}

// positive is a count of which none needs no mention.
func positive(n int) Datum { return wholeIf(n > 0, n) }

// yes marks what holds.
func yes(b bool) Datum {
	if !b {
		return Datum{}
	}
	return text("是")
}

// ratio is a of b in percent, empty where there is nothing to compare.
func ratio(a, b int) Datum {
	if b == 0 {
		return Datum{}
	}
	return Datum{Number: fmt.Sprintf("%.1f", float64(a)*100/float64(b)), Format: "0.0"}
}

// rate is a percentage to one place.
func rate(s string) Datum {
	v := number(s)
	if !v.Known() {
		return Datum{}
	}
	return Datum{Number: v.Decimal().Round(1).StringFixed(1), Format: "0.0"}
}

// amount is a number as its measure is written: to two places at most, since
// what was worked out may have eight, and percentages to one at least.
func amount(s, measure string) Datum {
	if s == "" {
		return Datum{}
	}
	d := Datum{Number: number(s).Decimal().Round(2).String(), Format: decimals(places(s))}
	if measure == "%" {
		d.Format = strings.TrimPrefix(decimals(max(places(s), 1)), "#,##")
	}
	return d
}

// places is how many decimals a number has, two at most.
func places(s string) int {
	s = number(s).Decimal().Round(2).String()
	if i := strings.IndexByte(s, '.'); i >= 0 {
		return len(s) - i - 1
	}
	return 0
}

// decimals is the number format with so many of them.
func decimals(n int) string {
	if n == 0 {
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", n)
}

// standing is the judged number, or the status of a milestone.
func standing(l Line) Datum {
	if l.Progress != "" {
		return text(l.Progress)
	}
	return amount(l.Value, l.Measure)
}

// expected is what should stand by now, as exact as the target is: nobody owes
// a third of a person. Nothing is expected of nobody.
func (l Line) expected() Datum {
	if l.Unit == "" {
		return Datum{}
	}
	d := amount(l.Expected, l.Measure)
	if d.Number != "" && l.Measure != "%" && l.TargetValue != "" {
		d.Format = decimals(places(l.TargetValue))
	}
	return d
}

// gapDatum is the gap as a number, its format naming the measure where that is
// not points.
func gapDatum(l Line) Datum {
	if l.Gap == "" || l.inPoints() {
		return rate(l.Gap)
	}
	d := amount(l.Gap, l.Measure)
	d.Format += `"` + strings.ReplaceAll(l.Measure, `"`, "") + `"`
	return d
}

// asOf is the month a figure is of.
func asOf(l Line) Datum { return text(l.AsOf) }

// sourceLink leads to a row of 数据来源.
func sourceLink(n int) Datum {
	if n == 0 {
		return Datum{}
	}
	return Datum{Text: fmt.Sprint(n), Link: fmt.Sprintf("数据来源!A%d", n+sourcesAbove)}
}

// sourced makes a figure itself lead to its row of 数据来源; an unknown one leads
// nowhere.
func sourced(d Datum, source int) Datum {
	if d.Text+d.Number != "" {
		d.Link = sourceLink(source).Link
	}
	return d
}
