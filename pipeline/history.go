package pipeline

import (
	"context"
	"time"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// The rules this file keeps:
//
//   - What an earlier month is said to have been is what its paper said, in its
//     latest edition; a month without a paper says nothing.
//   - A figure that was replaced is told with both values, when, and by which
//     file; which of them counted when a paper was made, papers tell.

// monthsTold is how many months a paper looks back over, its own included.
const monthsTold = 12

// history is what is known of the months before a digest's, and of what was
// changed in all of them.
type history struct {
	months  []plan.Month // oldest first, the digest's own last
	figures []map[subject]ledger.EditionFigure
	units   []map[string]ledger.EditionUnit
	papers  map[plan.Month]time.Time // when a month's first paper was made
	revised map[subject][]ledger.Accepted
	due     func(unit string, m plan.Month) time.Time // zero: cannot be told
}

func (w *Workspace) historyOf(ctx context.Context, m plan.Month) (*history, error) {
	h := &history{papers: map[plan.Month]time.Time{}, revised: map[subject][]ledger.Accepted{}}
	for i := m - monthsTold + 1; i <= m; i++ {
		h.months = append(h.months, i)
	}
	latest, err := w.papersOf(ctx, h)
	if err != nil {
		return nil, err
	}
	ruled := map[plan.Month]rulings{}
	for _, i := range h.months {
		figures, units := map[subject]ledger.EditionFigure{}, map[string]ledger.EditionUnit{}
		if e, ok := latest[i]; ok && i < m {
			if err := w.published(ctx, e.ID, figures, units); err != nil {
				return nil, err
			}
		}
		h.figures, h.units = append(h.figures, figures), append(h.units, units)
		if ruled[i], err = w.rulingsOf(ctx, i); err != nil {
			return nil, err
		}
	}
	h.due = func(unit string, m plan.Month) time.Time { return ruled[m].due(unit) }
	all, err := w.Ledger.Revised(ctx, h.months[0], m)
	for _, a := range all {
		k := subject{a.ID, a.Unit}
		h.revised[k] = append(h.revised[k], a)
	}
	return h, err
}

// papersOf finds the latest paper of each month told, and notes when its first was
// made.
func (w *Workspace) papersOf(ctx context.Context, h *history) (map[plan.Month]ledger.Edition, error) {
	latest := map[plan.Month]ledger.Edition{}
	editions, err := w.Ledger.EditionsFor(ctx, w.audiences[0].Name, h.months[0],
		h.months[len(h.months)-1])
	for _, e := range editions { // the first made first
		if _, found := h.papers[e.Month]; !found {
			h.papers[e.Month] = e.MadeAt
		}
		latest[e.Month] = e
	}
	return latest, err
}

func (w *Workspace) published(ctx context.Context, edition int64,
	figures map[subject]ledger.EditionFigure, units map[string]ledger.EditionUnit) error {
	all, err := w.Ledger.EditionFigures(ctx, edition)
	if err != nil {
		return err
	}
	for _, f := range all {
		figures[subject{f.Item, f.Unit}] = f
	}
	told, err := w.Ledger.EditionUnits(ctx, edition)
	for _, u := range told {
		units[u.Unit] = u
	}
	return err
}

// trail is a line's way through the months; the last step is its own.
func (h *history) trail(l digest.Line) []digest.Step {
	var steps []digest.Step
	for i, m := range h.months[:len(h.months)-1] {
		s := digest.Step{Month: m.String()}
		if f, ok := h.figures[i][subject{l.ID, l.UnitCode}]; ok {
			s.Light, s.Value, s.Target = f.Light, f.Value.String(), f.Target.String()
			s.Done, s.Due = f.Done.String(), f.Due.String()
		}
		steps = append(steps, s)
	}
	return append(steps, digest.Step{Month: h.months[len(h.months)-1].String(), Light: l.Light,
		Value: l.Value, Done: l.Done, Due: l.DuePercent, Target: l.TargetValue})
}

// redMonths counts the months in a row, up to the last, that are 严重滞后.
func redMonths(trail []digest.Step) int {
	n := 0
	for i := len(trail) - 1; i >= 0 && trail[i].Light == string(assess.FarBehind); i-- {
		n++
	}
	return n
}

// lowerings finds where a target was made easier from one paper to a later one.
func lowerings(p *plan.Plan, ind *plan.Indicator, trail []digest.Step) []digest.Lowering {
	var out []digest.Lowering
	var last plan.Value
	since := ""
	for _, s := range trail {
		target, err := plan.ParseValue(s.Target)
		if err != nil || !target.Known() {
			continue
		}
		if last.Known() && easier(ind.Comparator, last, target) {
			out = append(out, digest.Lowering{Before: assess.Amount(ind, last),
				After: assess.Amount(ind, target), Month: s.Month,
				Document: documentOf(p, ind.ID, since, s.Month)})
		}
		last, since = target, s.Month
	}
	return out
}

// easier reports whether a target is easier to reach than the one before. One
// that must be met exactly is neither.
func easier(by plan.Comparator, before, after plan.Value) bool {
	switch by {
	case plan.AtMost:
		return after.Cmp(before) > 0
	case plan.Exactly:
		return false
	}
	return after.Cmp(before) < 0
}

// revisions are the figures of a line that were replaced by other values.
func (h *history) revisions(ind *plan.Indicator, k subject) []digest.Revision {
	var out []digest.Revision
	all := h.revised[k]
	for i := 1; i < len(all); i++ {
		was, now := all[i-1], all[i]
		if was.Month != now.Month || sameFigure(was.Figure, now.Figure) {
			continue
		}
		due, paper := h.due(k.unit, now.Month), h.papers[now.Month]
		out = append(out, digest.Revision{Month: now.Month.String(),
			Before: figureWords(ind, was.Figure), After: figureWords(ind, now.Figure),
			At: stamp(now.ReceivedAt), Late: !due.IsZero() && now.ReceivedAt.After(due),
			Published: !paper.IsZero() && now.ReceivedAt.After(paper),
			File:      plan.Mask(now.FileName), Why: plan.Mask(now.Remark)})
	}
	return out
}

// figureWords is what a figure says, in a few words.
func figureWords(ind *plan.Indicator, f plan.Figure) string {
	if f.State != plan.Reported {
		return string(f.State)
	}
	if f.Progress != "" {
		return string(f.Progress)
	}
	if s := assess.Amount(ind, assess.Value(ind, f)); s != "" {
		return s
	}
	return string(f.State)
}

// tell puts into a report what the months before say.
func (h *history) tell(w *Workspace, rep *digest.Report) {
	for _, m := range h.months {
		rep.Months = append(rep.Months, m.String())
	}
	now := w.Plan.In(h.months[len(h.months)-1])
	for i := range rep.Lines {
		l := &rep.Lines[i]
		l.Trail = h.trail(*l)
		l.RedMonths = redMonths(l.Trail)
		if ind := now.Indicator(l.ID); ind != nil {
			l.Lowerings = lowerings(now, ind, l.Trail)
			l.Revisions = h.revisions(ind, subject{l.ID, l.UnitCode})
		}
	}
	h.tellUnits(rep)
	rep.Tallies = rep.Count()
	rep.Trend = h.trend(rep)
}

// tellUnits adds what a unit's lines and its earlier months come to.
func (h *history) tellUnits(rep *digest.Report) {
	last := len(h.months) - 1
	for i := range rep.Units {
		u := &rep.Units[i]
		for _, m := range h.units[:last] {
			if told, ok := m[u.Code]; ok && told.Due > 0 {
				u.Asked++
				if told.OnTime == "按时" {
					u.Punctual++
				}
			}
		}
		if u.Due > 0 {
			u.Asked++
			if u.OnTime == "按时" {
				u.Punctual++
			}
		}
		for _, l := range rep.Lines {
			if l.UnitCode != u.Code {
				continue
			}
			u.Add(l)
			for _, v := range l.Revisions {
				if v.Month == rep.Month {
					u.Revised++
				}
				if v.Month == rep.Month && v.Late {
					u.Late++
				}
			}
		}
	}
	digest.Rank(rep.Units)
}

// trend counts each month as its paper did; a month without one has no lights.
func (h *history) trend(rep *digest.Report) []digest.Tally {
	var all []digest.Tally
	for i, m := range h.months[:len(h.months)-1] {
		t := digest.Tally{Name: m.String()}
		var counted []digest.Step
		for k, f := range h.figures[i] {
			if k.unit == "" {
				continue
			}
			if t.Lights == nil {
				t.Lights = map[string]int{}
			}
			t.Lights[f.Light]++
			t.Lines++
			counted = append(counted, digest.Step{Done: f.Done.String(), Due: f.Due.String()})
		}
		t.Done, t.Due = digest.Progress(counted)
		all = append(all, t)
	}
	own := rep.Tallies[len(rep.Tallies)-1]
	own.Name = rep.Month
	return append(all, own)
}
