package digest

import (
	"slices"

	"github.com/shopspring/decimal"

	"duban/pipeline/assess"
)

// Count tallies the whole report: by field in the notice's order, the annex as
// 办实事清单, and all at last.
func (r *Report) Count() []Tally {
	owned := choose(r.Lines, func(l Line) bool { return l.Unit != "" })
	var all []Tally
	add := func(name string, line func(Line) bool, work func(Work) bool) {
		if t := tallyOf(name, choose(owned, line), where(r.Works, work)); t.Lines+t.Works > 0 {
			all = append(all, t)
		}
	}
	for _, f := range r.Fields {
		add(f, func(l Line) bool { return l.Sort == "task" && l.Field == f },
			func(w Work) bool { return w.Sort == "task" && w.Field == f })
	}
	add(annexName, func(l Line) bool { return l.Sort == "annex" },
		func(w Work) bool { return w.Sort == "annex" })
	return append(all, tallyOf("", owned, r.Works))
}

// annexName is how the annex's projects are called where fields are listed.
const annexName = "办实事清单"

func tallyOf(name string, lines []Line, works []Work) Tally {
	t := Tally{Name: name, Lines: len(lines), Indicators: distinct(lines), Lights: map[string]int{},
		Overdue: len(overdue(lines)), Works: workItems(works)}
	var counted []Step
	for _, l := range lines {
		t.Lights[l.Light]++
		if l.counts() {
			counted = append(counted, Step{Done: l.Done, Due: l.DuePercent})
		}
	}
	t.Done, t.Due = Progress(counted)
	return t
}

// Progress is the mean percent done and due by then of those steps that know
// both; "" of none. What is over its target does not make up for what is short
// of it.
func Progress(steps []Step) (meanDone, meanDue string) {
	var done, due []decimal.Decimal
	for _, s := range steps {
		d, p := number(s.Done), number(s.Due)
		if d.Known() && p.Known() {
			done = append(done, decimal.Min(d.Decimal(), decimal.NewFromInt(100)))
			due = append(due, p.Decimal())
		}
	}
	return mean(done), mean(due)
}

// mean is the mean to eight places; "" of nothing.
func mean(all []decimal.Decimal) string {
	if len(all) == 0 {
		return ""
	}
	return decimal.Sum(all[0], all[1:]...).
		DivRound(decimal.NewFromInt(int64(len(all))), 8).String()
}

// Add counts one of the unit's lines.
func (u *UnitLine) Add(l Line) {
	switch assess.Light(l.Light) {
	case assess.Done, assess.OnTime:
		u.GoodLines++
		u.Judged++
	case assess.FarBehind:
		u.RedLines++
		u.Judged++
	case assess.Behind, assess.Missing:
		u.Judged++
	}
}

// Rank ranks the units that have lines that can be judged: by the share of
// those that are done or on time, then by reporting in time, then by the share
// of figures taken at first without a question, then by fewest corrections.
// Those equal in all share a rank.
func Rank(units []UnitLine) {
	var ranked []*UnitLine
	for i := range units {
		if units[i].Judged > 0 {
			ranked = append(ranked, &units[i])
		}
	}
	slices.SortStableFunc(ranked, func(a, b *UnitLine) int { return a.before(b) })
	for i, u := range ranked {
		u.Rank = i + 1
		if i > 0 && ranked[i-1].before(u) == 0 {
			u.Rank = ranked[i-1].Rank
		}
	}
}

// before is negative when u ranks before v.
func (u *UnitLine) before(v *UnitLine) int {
	punctual := func(u *UnitLine) int {
		if u.OnTime == "按时" || u.Due == 0 {
			return 1
		}
		return 0
	}
	for _, d := range []int{
		v.GoodLines*u.Judged - u.GoodLines*v.Judged,
		punctual(v) - punctual(u),
		v.FirstPass*max(u.First, 1) - u.FirstPass*max(v.First, 1),
		u.Revised - v.Revised,
	} {
		if d != 0 {
			return d
		}
	}
	return 0
}
