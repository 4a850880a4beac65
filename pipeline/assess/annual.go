package assess

import (
	"fmt"
	"math/big"

	"duban/pipeline/plan"
)

// 年度型: as 累计型, within the year, or within the quarter: the count starts
// again each January (or quarter). A phased target of a year is that year's
// target. It is complete only from its due month on (the plan's end, where
// none is given); before, a year's target that is met is on time. What comes
// after the due month counts in the last year or quarter.

// yearTarget is the target of the window a month lies in.
func yearTarget(ind *plan.Indicator, m plan.Month) plan.Value {
	for _, p := range ind.Phases {
		if p.Month.Year() == m.Year() && p.Target.Known() {
			return p.Target
		}
	}
	return ind.Target
}

func annualReached(c *course, f *plan.Figure) bool {
	return countReached(c.ind.Comparator, f.Total, yearTarget(c.ind, min(f.Month, c.lastMonth())))
}

func annualDue(c *course, a *Assessment) {
	a.Target = yearTarget(c.ind, min(c.month, c.lastMonth()))
	if !a.Target.Known() {
		return
	}
	due := c.annualDueNow(a)
	if ceiling(c.ind.Comparator, a.Target) {
		due = exact(a.Target)
	}
	a.Due, a.DuePercent = rounded(due), rounded(percentOf(due, exact(a.Target)))
}

func (c *course) annualDueNow(a *Assessment) *big.Rat {
	from, to := c.window(c.month)
	return new(big.Rat).Mul(exact(a.Target), elapsed(from, to, c.month))
}

func annualJudge(c *course, a *Assessment, f *plan.Figure) {
	v := c.of(a, f)
	v.Window, v.Word = c.windowWord(), "年度目标"
	if c.ind.Quarterly {
		v.Word = "季度目标"
	}
	c.judgeCount(a, v, c.annualDueNow(a))
}

// windowWord is 本年 or 第一季度, set behind the name; with the year, once that
// is over.
func (c *course) windowWord() string {
	last := min(c.month, c.lastMonth())
	year := ""
	if c.month > last {
		year = fmt.Sprintf("%d年", last.Year())
	}
	switch {
	case c.ind.Quarterly:
		quarter := []string{"一", "二", "三", "四"}[(last.Number()-1)/3]
		return year + "第" + quarter + "季度"
	case year != "":
		return year
	}
	return "本年"
}
