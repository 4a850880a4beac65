package pipeline

import (
	"context"
	"slices"

	"duban/pipeline/assess"
	"duban/pipeline/form"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// subject names what one row of a form is about: an indicator (or an item that
// has none) as one unit reports it.
type subject struct{ id, unit string }

// record is what the ledger has accepted, by subject, oldest month first.
type record map[subject][]ledger.Entry

// recordUpTo reads what is accepted for the month and all before it.
func (w *Workspace) recordUpTo(ctx context.Context, m plan.Month) (record, error) {
	entries, err := w.Ledger.Latest(ctx, m)
	if err != nil {
		return nil, err
	}
	r := record{}
	for _, e := range entries {
		if e.State == plan.Withdrawn {
			continue // nothing stands in its place
		}
		k := subject{e.ID, e.Unit}
		r[k] = append(r[k], e)
	}
	r.succeed(successions(w.Plan.Adjustments))
	return r, nil
}

// put sets what a subject said for the entry's month.
func (r record) put(k subject, e ledger.Entry) {
	i, found := r.place(k, e.Month)
	if found {
		r[k][i] = e
	} else {
		r[k] = slices.Insert(r[k], i, e)
	}
}

// place is where the entry of a month stands, or would.
func (r record) place(k subject, m plan.Month) (int, bool) {
	return slices.BinarySearchFunc(r[k], m, func(e ledger.Entry, m plan.Month) int {
		return int(e.Month - m)
	})
}

// before are the figures of a subject of months before m, oldest first.
func (r record) before(id, unit string, m plan.Month) []plan.Figure {
	k := subject{id, unit}
	n, _ := r.place(k, m)
	figures := make([]plan.Figure, n)
	for i := range figures {
		figures[i] = r[k][i].Figure
	}
	return figures
}

// at is the entry of a subject for one month.
func (r record) at(id, unit string, m plan.Month) (ledger.Entry, bool) {
	k := subject{id, unit}
	i, found := r.place(k, m)
	if !found {
		return ledger.Entry{}, false
	}
	return r[k][i], true
}

// rows are the rows of a unit's form for a month: every indicator it reports
// that is neither complete nor closed, and every task it leads that has none.
func (w *Workspace) rows(r record, u *plan.Unit, m plan.Month) []form.Row {
	var rows []form.Row
	for _, it := range w.Plan.In(m).Items {
		for _, ind := range it.Indicators {
			if ind.ReportedBy(u) && w.live(r, ind, u, m) {
				rows = append(rows, w.row(r, it, ind, u, m))
			}
		}
		if len(it.Indicators) == 0 && leads(it, u) && !finished(r, it.ID, u, m) {
			rows = append(rows, w.row(r, it, nil, u, m))
		}
	}
	return rows
}

func (w *Workspace) row(r record, it *plan.Item, ind *plan.Indicator, u *plan.Unit,
	m plan.Month) form.Row {
	row := form.Row{Item: it, Indicator: ind, Unit: u}
	row.Adjusted = slices.ContainsFunc(w.adjustedFor(u, m),
		func(a *plan.Adjustment) bool { return a.ID == row.ID() })
	id := it.ID
	if ind != nil {
		id = ind.ID
		row.NotDue = !ind.Frequency.Due(m)
		row.Overdue = ind.Due != 0 && m > ind.Due
	}
	row.Last = lastSaid(r.before(id, u.Code, m))
	return row
}

// takenOf counts the figures that a reading brings, as Status counts them: those
// its month asks for, and the others.
func (w *Workspace) takenOf(rd ledger.Reading) (due, beside int) {
	p := w.Plan.In(rd.Month)
	for _, f := range rd.Figures {
		if ind := p.Indicator(f.ID); ind != nil && !rd.Opening && !ind.Frequency.Due(rd.Month) {
			beside++
		}
	}
	return len(rd.Figures) - beside, beside
}

// lastSaid is the latest figure that says a value; nil when none does.
func lastSaid(past []plan.Figure) *plan.Figure {
	for i := len(past) - 1; i >= 0; i-- {
		if past[i].State == plan.Reported || past[i].State == plan.ZeroReport {
			return &past[i]
		}
	}
	return nil
}

// live reports whether an indicator is on the unit's form of the month: from
// the plan's first month until it was reported complete, or was closed.
func (w *Workspace) live(r record, ind *plan.Indicator, u *plan.Unit, m plan.Month) bool {
	if ind.Closed != nil && m > ind.Closed.Month {
		return false
	}
	past := r.before(ind.ID, u.Code, m)
	if len(past) == 0 {
		return true
	}
	a := assess.Of(assess.Subject{Plan: w.Plan.In(m), Indicator: ind, Unit: u, Month: m - 1,
		Figures: past}, w.thresholds())
	return !a.Complete
}

func (w *Workspace) thresholds() assess.Thresholds {
	return assess.Thresholds{Behind: w.Config.behind(), Words: w.wording.sentence}
}

func leads(it *plan.Item, u *plan.Unit) bool {
	return slices.Contains(it.Leads, u)
}

// finished reports whether a task without an indicator was reported complete
// in an earlier month.
func finished(r record, id string, u *plan.Unit, m plan.Month) bool {
	for _, f := range r.before(id, u.Code, m) {
		if f.Progress == plan.Completed || f.Progress == plan.Accepted {
			return true
		}
	}
	return false
}
