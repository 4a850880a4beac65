package pipeline

import (
	"slices"
	"strings"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// What an adjustment of the plan (计划调整) means to the months. The rules this
// file keeps:
//
//   - A month's forms, checks, lights and papers are by the plan in force in it
//     (plan.Plan.In); nothing else of the program knows of adjustments.
//   - An indicator that one unit hands over to one other goes on where it stood:
//     the figures of before are still told as the first unit's.

// succeed gives the figures of an indicator that was handed over to the unit
// that goes on with it.
func (r record) succeed(all []succession) {
	for _, h := range all {
		for _, e := range r[h.from] {
			if h.inherits(r, e.Month) {
				r.put(h.to, e)
			}
		}
	}
}

// succession is one unit that reports an indicator in the place of another.
type succession struct {
	from, to subject
	since    plan.Month
}

func successions(all []*plan.Adjustment) []succession {
	var heirs []succession
	for _, a := range all {
		if a.Kind != plan.ChangeReporters {
			continue
		}
		from := without(a.WasUnits, a.NowUnits)
		to := without(a.NowUnits, a.WasUnits)
		if len(from) == 1 && len(to) == 1 {
			heirs = append(heirs, succession{subject{a.ID, from[0].Code}, subject{a.ID, to[0].Code},
				a.From})
		}
	}
	return heirs
}

// inherits reports whether what the one before said for a month is the heir's
// past: it has said nothing itself.
func (h succession) inherits(r record, m plan.Month) bool {
	e, said := r.at(h.to.id, h.to.unit, m)
	return m < h.since && (!said || e.Unit != h.to.unit)
}

func without(units, others []*plan.Unit) []*plan.Unit {
	return slices.DeleteFunc(slices.Clone(units), func(u *plan.Unit) bool {
		return slices.Contains(others, u)
	})
}

// adjustedFor are the adjustments that take effect in a month and touch a unit.
func (w *Workspace) adjustedFor(u *plan.Unit, m plan.Month) []*plan.Adjustment {
	return slices.DeleteFunc(w.Plan.Adjusted(m), func(a *plan.Adjustment) bool {
		return !slices.Contains(a.Units(), u)
	})
}

// issuedUnder is the version of the plan that a form bears which is issued again:
// the one it was first issued under, as long as that is a version of this plan.
// An adjustment that leaves a unit's form as it is makes no other form of it.
func (w *Workspace) issuedUnder(last ledger.Issue) string {
	now := w.Plan.In(last.Month)
	if _, own := now.Since(last.PlanVersion); own {
		return last.PlanVersion
	}
	return now.Version
}

// outdated reports whether a form was issued under another plan than that of
// its month, or before an adjustment that touches its unit.
func (w *Workspace) outdated(j *judgement) bool {
	later, own := w.Plan.In(j.month).Since(j.token.PlanVersion)
	return !own || slices.ContainsFunc(later, func(a *plan.Adjustment) bool {
		return j.unit == nil || slices.Contains(a.Units(), j.unit)
	})
}

// adjustmentsInDigest lists what takes effect in a month as the digest prints it.
func (w *Workspace) adjustmentsInDigest(m plan.Month) []digest.Adjustment {
	var all []digest.Adjustment
	for _, a := range w.Plan.Adjusted(m) {
		x := digest.Adjustment{What: a.What(), ID: a.ID, Name: a.Name(), Before: inAmount(a, a.Was),
			After: inAmount(a, a.Now), From: a.From.String(), Document: a.Document,
			Why: plan.Mask(a.Why)}
		if a.Kind == plan.ChangeReporters {
			x.Before, x.After = a.Before(), a.After()
		}
		for _, u := range a.Units() {
			x.Units = append(x.Units, u.Code)
		}
		holders := a.NowUnits
		if len(holders) == 0 {
			holders = a.WasUnits
		}
		x.Unit = unitList(holders)
		all = append(all, x)
	}
	return all
}

// inAmount is what an adjustment finds or leaves, as sentences print amounts.
func inAmount(a *plan.Adjustment, ind *plan.Indicator) string {
	switch {
	case ind == nil:
		return ""
	case a.Kind == plan.ChangeDue:
		return ind.Due.Chinese()
	case ind.Target.Known():
		return assess.Amount(ind, ind.Target)
	}
	return ind.TargetText()
}

// documentOf is the document of the last adjustment of a target that took
// effect after one month, until another; "" where there is none.
func documentOf(p *plan.Plan, id, after, until string) string {
	for _, a := range slices.Backward(p.Adjustments) {
		if m := a.From.String(); a.ID == id && a.Kind == plan.ChangeTarget && m > after && m <= until {
			return a.Document
		}
	}
	return ""
}

func unitList(units []*plan.Unit) string {
	var names []string
	for _, u := range units {
		names = append(names, u.Name)
	}
	return strings.Join(names, "、")
}
