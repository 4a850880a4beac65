package assess

import (
	"math/big"
	"slices"

	"github.com/shopspring/decimal"

	"duban/pipeline/plan"
)

// course is one subject on its way: its figures in order, and its time.
type course struct {
	ind       *plan.Indicator
	plan      *plan.Plan
	kind      *kind
	month     plan.Month
	from, to  plan.Month     // counting begins, and is due
	figures   []*plan.Figure // one a month, oldest first
	now, last *plan.Figure
	behind    *big.Rat // percent
	words     *Words
}

func newCourse(s Subject, th Thresholds) *course {
	c := &course{ind: s.Indicator, plan: s.Plan, month: s.Month, behind: exact(th.Behind),
		words: th.Words}
	if c.words == nil {
		c.words = builtIn()
	}
	if c.behind == nil {
		c.behind = big.NewRat(80, 1)
	}
	c.kind = kindOf(s.Indicator.Kind)
	c.from, c.to = s.Indicator.From, s.Indicator.Due
	if c.from == 0 {
		c.from = s.Plan.From
	}
	if c.to == 0 {
		c.to = s.Plan.To
	}
	c.figures = upTo(s.Figures, s.Month)
	c.now = c.at(c.month)
	c.last = c.lastBefore(c.month)
	return c
}

// lastBefore is the latest figure of an older month that says a value.
func (c *course) lastBefore(m plan.Month) *plan.Figure {
	for _, f := range slices.Backward(c.figures) {
		if f.Month < m && c.says(f) {
			return f
		}
	}
	return nil
}

// upTo is one figure a month, oldest first, none later than month.
func upTo(all []plan.Figure, month plan.Month) []*plan.Figure {
	kept := make([]*plan.Figure, 0, len(all))
	for i := range all {
		f := &all[i]
		if f.Month > month || f.State == plan.Missing {
			continue
		}
		at, same := slices.BinarySearchFunc(kept, f.Month, byMonth)
		if same {
			kept[at] = f
		} else {
			kept = slices.Insert(kept, at, f)
		}
	}
	return kept
}

func byMonth(f *plan.Figure, m plan.Month) int { return int(f.Month - m) }

// at is the figure of a month; nil when there is none.
func (c *course) at(m plan.Month) *plan.Figure {
	if i, ok := slices.BinarySearchFunc(c.figures, m, byMonth); ok {
		return c.figures[i]
	}
	return nil
}

// says reports whether a figure brings a value of its own.
func (c *course) says(f *plan.Figure) bool {
	if c.ind.Kind == plan.Milestone {
		return f.Progress != ""
	}
	return c.kind.value(c.ind, *f).Known()
}

// basis is the figure to judge: this month's when it says a value, else the
// latest known one, as long as it belongs to the same counting window (or
// finished the matter). A zero report of a count carries the last total on.
func (c *course) basis(complete bool) *plan.Figure {
	if c.now != nil && c.says(c.now) {
		return c.now
	}
	if c.now != nil && c.now.State == plan.ZeroReport && counts(c.ind) {
		zero := *c.now
		zero.Total = c.totalAt(c.month)
		if !zero.Total.Known() {
			return nil
		}
		return &zero
	}
	if from, _ := c.window(c.month); c.last != nil && c.last.Month < from && !complete {
		return nil
	}
	return c.last
}

// totalAt is the running total of a month: reported, or carried on by a zero
// report, from zero where the window has just begun.
func (c *course) totalAt(m plan.Month) plan.Value {
	f := c.at(m)
	if f == nil || f.Total.Known() || f.State != plan.ZeroReport {
		return totalOf(f)
	}
	from, _ := c.window(m)
	last := c.lastBefore(m)
	switch {
	case last != nil && last.Month >= from:
		return last.Total
	case m == from: // nothing happened in a window that has just begun
		return plan.Int(0)
	}
	return plan.Value{}
}

// totalOf is a figure's total; unknown without one.
func totalOf(f *plan.Figure) plan.Value {
	if f == nil {
		return plan.Value{}
	}
	return f.Total
}

// window is the span whose figures belong to those of a month: the year or
// quarter of an annual indicator, everything else for ever.
func (c *course) window(month plan.Month) (from, to plan.Month) {
	if c.ind.Kind != plan.Annual {
		return 0, c.to
	}
	month = min(month, c.lastMonth()) // what comes late counts in the last
	from = plan.MonthOf(month.Year(), 1)
	to = from + 11
	if c.ind.Quarterly {
		from += plan.Month((month.Number() - 1) / 3 * 3)
		to = from + 2
	}
	return max(from, min(c.from, month)), to
}

// counts reports whether the indicator is counted up from zero.
func counts(ind *plan.Indicator) bool {
	return ind.Kind == plan.Cumulative || ind.Kind == plan.Annual
}

// reportsMonthly reports whether a figure is due every month.
func (c *course) reportsMonthly() bool {
	return c.ind.Frequency == "" || c.ind.Frequency == plan.Monthly
}

// standing reports whether a target once reached can still be lost, so that
// only the last month decides: what holds, what recurs, growth, comparisons
// and ceilings on a running total.
func (c *course) standing() bool {
	return c.ind.Recurs() || c.kind.standing ||
		counts(c.ind) && ceiling(c.ind.Comparator, c.ind.Target)
}

// lastMonth is the due month; for what must hold, not before the plan's end.
func (c *course) lastMonth() plan.Month {
	if c.ind.Holds {
		return max(c.to, c.plan.To)
	}
	return c.to
}

func (c *course) closed() bool {
	return c.ind.Closed != nil && c.ind.Closed.Month <= c.month
}

// elapsed is the share of the time from the first to the last month, both
// inclusive, that has passed at the month's end; 0 to 1.
func elapsed(from, to, month plan.Month) *big.Rat {
	if month >= to {
		return big.NewRat(1, 1)
	}
	if month < from {
		return new(big.Rat)
	}
	return big.NewRat(int64(month-from)+1, int64(to-from)+1)
}

// timePercent is the part of its time that has passed, in percent.
func (c *course) timePercent() *big.Rat { return hundredfold(elapsed(c.from, c.to, c.month)) }

// milepost is a value that is due at a month's end.
type milepost struct {
	month plan.Month
	value *big.Rat
}

// along is what is due at month's end between mileposts in order: linear
// between two, the last one's for ever after; nil before the first.
func along(posts []milepost, month plan.Month) *big.Rat {
	for i, p := range posts {
		if month > p.month {
			continue
		}
		if month == p.month {
			return p.value
		}
		if i == 0 {
			return nil
		}
		q := posts[i-1]
		way := new(big.Rat).Sub(p.value, q.value)
		way.Mul(way, big.NewRat(int64(month-q.month), int64(p.month-q.month)))
		return way.Add(way, q.value)
	}
	if len(posts) == 0 {
		return nil
	}
	return posts[len(posts)-1].value
}

// posts are the mileposts of an indicator that goes from start (nil: unknown)
// over its phases to its target.
func (c *course) posts(start *big.Rat) []milepost {
	var out []milepost
	if start != nil {
		out = append(out, milepost{c.from - 1, start})
	}
	phases := slices.Clone(c.ind.Phases)
	slices.SortStableFunc(phases, func(a, b plan.Phase) int { return int(a.Month - b.Month) })
	for _, p := range phases {
		if p.Target.Known() && p.Month >= c.from {
			out = append(out, milepost{p.Month, exact(p.Target)})
		}
	}
	if c.ind.Target.Known() && (len(out) == 0 || out[len(out)-1].month < c.to) {
		out = append(out, milepost{c.to, exact(c.ind.Target)})
	}
	return out
}

// exact is a value as a fraction; nil when it is unknown.
func exact(v plan.Value) *big.Rat {
	if !v.Known() {
		return nil
	}
	return v.Decimal().Rat()
}

// rounded is a fraction as a value, to eight places; nil is unknown.
func rounded(r *big.Rat) plan.Value {
	if r == nil {
		return plan.Value{}
	}
	return plan.Known(decimal.NewFromBigInt(r.Num(), 0).
		DivRound(decimal.NewFromBigInt(r.Denom(), 0), 8))
}

// percentOf is part ÷ whole in percent; nil when it cannot be said.
func percentOf(part, whole *big.Rat) *big.Rat {
	if part == nil || whole == nil || whole.Sign() == 0 {
		return nil
	}
	p := new(big.Rat).Quo(part, whole)
	return p.Mul(p, big.NewRat(100, 1))
}

// minus is a − b; nil when either is.
func minus(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Sub(a, b)
}
