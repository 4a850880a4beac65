package digest

import (
	"slices"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

// The rules this file keeps:
//
//   - An edition's report holds the rows that are for its audience and no
//     other; whatever is made of it cannot show what it does not hold.
//   - The counts of the whole plan are no rows; those who may see them keep
//     them, a unit's own edition does not.
//   - Where a figure came from goes only to those whose papers list sources.

// cut is which rows an audience gets.
type cut struct {
	code  string // by which an audience asks for it
	whole bool   // the counts of the whole plan are shown
	line  func(Line, *Report) bool
	work  func(Work, *Report) bool
	unit  func(UnitLine, *Report) bool
}

// cuts is every cut: one row each.
var cuts = []cut{
	{"all", true, everyLine, everyWork, everyUnit},
	{"behind", true, Line.behind, noWork, UnitLine.wanting},
	{"accountable", false, Line.accountable, noWork, UnitLine.revisedLate},
	{"across", true, Line.everBehind, noWork, everyUnit},
	{"own", false, ownLine, ownWork, ownUnit},
}

func everyLine(Line, *Report) bool     { return true }
func everyWork(Work, *Report) bool     { return true }
func everyUnit(UnitLine, *Report) bool { return true }
func noWork(Work, *Report) bool        { return false }

func ownLine(l Line, r *Report) bool     { return l.UnitCode == r.ForCode }
func ownWork(w Work, r *Report) bool     { return w.UnitCode == r.ForCode }
func ownUnit(u UnitLine, r *Report) bool { return u.Code == r.ForCode }

// behind reports whether the line is 滞后 or 严重滞后.
func (l Line) behind(*Report) bool {
	return l.Light == string(assess.Behind) || l.Light == string(assess.FarBehind)
}

// LongRed is from how many months in a row that a line is 严重滞后 it is named
// for it.
const LongRed = 3

// accountable reports whether the discipline commission is told of the line: a
// figure changed after the deadline, or twice and more; a target made easier;
// or 严重滞后 for three months and longer.
func (l Line) accountable(*Report) bool {
	late := slices.ContainsFunc(l.Revisions, func(v Revision) bool { return v.Late })
	return late || len(l.Revisions) > 1 || len(l.Lowerings) > 0 || l.RedMonths >= LongRed
}

// everBehind reports whether the line was behind or not reported in any of the
// months that are told.
func (l Line) everBehind(r *Report) bool {
	return slices.ContainsFunc(l.Trail, func(s Step) bool {
		switch assess.Light(s.Light) {
		case assess.Behind, assess.FarBehind, assess.Missing:
			return true
		}
		return false
	})
}

// wanting reports whether something of the unit's month is open.
func (u UnitLine) wanting(*Report) bool {
	return u.Due > 0 && (u.OnTime != "按时" || plan.State(u.State) != plan.Passed)
}

func (u UnitLine) revisedLate(*Report) bool { return u.Late > 0 }

// CutTo is the report as an audience may see it; unit is whom an edition of an
// Each audience is for, nil for the others. The report itself is not changed.
func (r *Report) CutTo(a plan.Audience, unit *plan.Unit) *Report {
	c := cuts[slices.IndexFunc(cuts, func(c cut) bool { return c.code == a.Cut })]
	out := *r
	out.Audience = a
	if unit != nil {
		out.For, out.ForCode = unit.Name, unit.Code
	}
	keep := func(id, unit string) bool {
		return slices.ContainsFunc(out.Lines, func(l Line) bool {
			return l.ID == id && l.UnitCode == unit
		})
	}
	out.Lines = where(r.Lines, func(l Line) bool { return c.line(l, &out) })
	out.Works = where(r.Works, func(w Work) bool { return c.work(w, &out) })
	out.Units = where(r.Units, func(u UnitLine) bool { return c.unit(u, &out) })
	out.Conflicts = where(r.Conflicts, func(x Conflict) bool { return keep(x.ID, x.UnitCode) })
	out.Changes = where(r.Changes, func(x Change) bool { return keep(x.ID, x.UnitCode) })
	touched := func(units []string) bool {
		return unit == nil && c.whole || unit != nil && slices.Contains(units, unit.Code)
	}
	out.Rulings = where(r.Rulings, func(x Ruling) bool { return touched(x.Units) })
	out.Adjustments = where(r.Adjustments, func(x Adjustment) bool { return touched(x.Units) })
	if !c.whole {
		out.Tallies, out.Trend = nil, nil
	}
	if unit != nil {
		for i := range out.Units {
			out.Units[i].Rank = 0 // it tells of the others
		}
	}
	out.keepSources(slices.Contains(a.Sheets, "sources") || slices.Contains(a.Annexes, "sources"))
	return &out
}

// Holds reports whether there is anything in the report for its audience.
func (r *Report) Holds() bool { return len(r.Lines)+len(r.Works) > 0 }

// keepSources keeps the sources of the rows that are left, numbered anew.
func (r *Report) keepSources(listed bool) {
	old := r.Sources
	r.Sources = nil
	take := func(n *int) {
		if *n == 0 || !listed {
			*n = 0
			return
		}
		r.Sources = append(r.Sources, old[*n-1])
		*n = len(r.Sources)
	}
	for i := range r.Lines {
		take(&r.Lines[i].Source)
	}
	for i := range r.Works {
		take(&r.Works[i].Source)
	}
}

// where is a new list of what keep holds for.
func where[T any](all []T, keep func(T) bool) []T {
	var out []T
	for _, x := range all {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}
