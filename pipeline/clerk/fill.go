// Package clerk fills forms in as a clerk might: with invented, plausible figures, for
// the demonstration and for the campaign of faults. It never reads a real one's.
package clerk

import (
	"fmt"
	"hash/fnv"

	"github.com/shopspring/decimal"

	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// Each figure is a function of the indicator, the unit and the month alone, so
// that every run shows the same.

// pace draws a number from 0 to 99 for a subject and a month; month 0 is the
// subject's own temper, the same all year.
func pace(id, unit string, m plan.Month) int64 {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s|%s|%d", id, unit, m)
	return int64(h.Sum32()>>8) % 100
}

// Answers fills a whole form, row by row.
func Answers(rows []form.Row, m plan.Month, opening bool) []form.Answer {
	var all []form.Answer
	for _, r := range rows {
		unit := ""
		if opening {
			unit = r.Unit.Name
		}
		c := clerk{id: r.ID(), unit: unit, code: r.Unit.Code, month: m, row: r, opening: opening}
		c.fill()
		all = append(all, c.answers...)
	}
	return all
}

// clerk fills one row.
type clerk struct {
	id, unit, code string
	month          plan.Month
	row            form.Row
	opening        bool
	answers        []form.Answer
}

func (c *clerk) number(col plan.Column, v plan.Value) {
	c.answers = append(c.answers, form.Answer{ID: c.id, Unit: c.unit, Column: col, Number: v})
}

func (c *clerk) text(col plan.Column, s string) {
	c.answers = append(c.answers, form.Answer{ID: c.id, Unit: c.unit, Column: col, Text: s})
}

func (c *clerk) date(col plan.Column, d plan.Date) {
	c.answers = append(c.answers, form.Answer{ID: c.id, Unit: c.unit, Column: col, Date: d})
}

func (c *clerk) fill() {
	ind := c.row.Indicator
	if ind == nil {
		c.text(plan.ColProgress, string(plan.Underway))
		c.text(plan.ColRemark, "按年度计划有序推进，本月已召开调度会，完成阶段性工作")
		return
	}
	if c.row.NotDue && !c.opening {
		return
	}
	switch ind.Kind {
	case plan.Cumulative, plan.Annual:
		c.counted(ind)
	case plan.Level:
		c.level(ind)
	case plan.Growth:
		c.number(plan.ColTotal, c.near(ind.Target, 5))
	case plan.Ratio, plan.Comparison:
		c.pair(ind)
	case plan.Milestone:
		c.milestone(ind)
	}
}

// counted adds about a thirty-sixth (or a twelfth) of the target, more or less
// by the subject's temper.
func (c *clerk) counted(ind *plan.Indicator) {
	target := ind.Target
	if !target.Known() {
		target = plan.Int(100)
	}
	from, span := ind.From, int64(ind.Due-ind.From)+1
	if ind.Kind == plan.Annual {
		from, span = plan.MonthOf(c.month.Year(), 1), 12
		if ind.Quarterly {
			from, span = c.month-plan.Month((c.month.Number()-1)%3), 3
		}
	}
	if span < 1 {
		span = 1
	}
	temper := 80 + pace(c.id, c.code, 0)*45/100 // 80 to 124 percent of what is due
	if pace(c.id, c.code, 1) < 12 {
		temper -= 45
	}
	at := func(m plan.Month) plan.Value {
		passed := min(int64(m-from)+1, span)
		if passed <= 0 {
			return plan.Int(0)
		}
		d := target.Decimal().Mul(decimal.NewFromInt(passed*temper)).
			DivRound(decimal.NewFromInt(span*100), 4)
		return plan.Known(d.RoundFloor(c.places(target)))
	}
	total := at(c.month)
	if c.opening {
		c.number(plan.ColTotal, total)
		return
	}
	last := plan.Int(0)
	if c.row.Last != nil && c.row.Last.Total.Known() && c.row.Last.Month >= from {
		last = c.row.Last.Total
	}
	added := total.Sub(last)
	if added.Cmp(plan.Int(0)) <= 0 {
		c.text(plan.ColState, string(plan.ZeroReport))
		c.number(plan.ColAdded, plan.Int(0))
		c.number(plan.ColTotal, last)
		return
	}
	c.number(plan.ColAdded, added)
	c.number(plan.ColTotal, total)
	if temper < 70 {
		c.text(plan.ColRemark, "受项目审批和冬季施工影响，进度偏慢，已倒排工期")
	}
}

// places is how many decimals the notice itself uses.
func (c *clerk) places(target plan.Value) int32 { return max(0, -target.Decimal().Exponent()) }

func (c *clerk) level(ind *plan.Indicator) {
	target := ind.Target
	if !target.Known() {
		target = plan.Int(80)
	}
	if ind.Percent() && target.Equal(plan.Int(100)) {
		c.number(plan.ColTotal, plan.Int(100-pace(c.id, c.code, c.month)%8/4))
		return
	}
	c.number(plan.ColTotal, c.near(target, 6))
}

// near is the target, some percent above or below it.
func (c *clerk) near(target plan.Value, spread int64) plan.Value {
	if !target.Known() {
		target = plan.Int(5)
	}
	d := target.Decimal()
	shift := d.Mul(decimal.NewFromInt(pace(c.id, c.code, 0)%(2*spread+1)-spread)).
		DivRound(decimal.NewFromInt(100), 2)
	drift := decimal.NewFromInt(int64(c.month-plan.MonthOf(2024, 12))*pace(c.id, c.code, 2)).
		Mul(d).DivRound(decimal.NewFromInt(20000), 2)
	return plan.Known(d.Add(shift).Add(drift).Round(max(1, c.places(target))))
}

func (c *clerk) pair(ind *plan.Indicator) {
	p := decimal.NewFromInt(pace(c.id, c.code, 0)).DivRound(decimal.NewFromInt(50), 1)
	if ind.Kind == plan.Comparison {
		c.number(plan.ColA, plan.Known(decimal.RequireFromString("6.1").Add(p)))
		c.number(plan.ColB, plan.Known(decimal.RequireFromString("5.6")))
		return
	}
	base := decimal.NewFromInt(700)
	c.number(plan.ColB, plan.Known(base))
	times := decimal.RequireFromString("1.24")
	if ind.Target.Known() {
		times = ind.Target.Decimal().Mul(decimal.RequireFromString("1.03"))
	}
	c.number(plan.ColA, plan.Known(base.Mul(times).Round(0)))
}

func (c *clerk) milestone(ind *plan.Indicator) {
	annex := ind.Item.Sort == plan.Annex
	switch p := pace(c.id, c.code, 0); {
	case c.opening && annex && p < 90:
		c.text(plan.ColProgress, string(plan.Completed))
		c.date(plan.ColActual, plan.MonthOf(2023, 9+int(p%4)).End())
	case !c.opening && p%12 == int64(c.month)%12:
		c.text(plan.ColProgress, string(plan.Completed))
		c.date(plan.ColActual, plan.Date{Year: c.month.Year(), Month: c.month.Number(), Day: 20})
	default:
		c.text(plan.ColProgress, string(plan.Underway))
		c.date(plan.ColPlanned, plan.MonthOf(2025, 6+int(p%7)).End())
	}
}
