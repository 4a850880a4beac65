package ledger

import (
	"context"
	"fmt"
	"slices"
	"time"

	"duban/pipeline/plan"
)

// Rerun (重跑) is new readings of submissions that were taken before, and the
// editions that come of them.
type Rerun struct {
	Month       plan.Month
	Who, Why    string
	Program     string
	PlanVersion string
	// Readings each name their Submission. Submissions that are not among them
	// (those that arrived meanwhile) keep the reading they have.
	Readings []Reading
	// Editions are told by the ledger which of these readings, and which of
	// their figures, they were made from.
	Editions []Edition
	// Seen is what Stamp gave before anything was computed. Where it would give
	// something else by now nothing is stored and the error is ErrMoved. ""
	// does not ask.
	Seen string

	// Filled in by the ledger.
	ID int64
	At time.Time
}

const insertRun = `INSERT INTO runs (month, at, who, why, program, plan_version)
	VALUES (?, ?, ?, ?, ?, ?)`

// Rerun stores new readings beside the old ones and makes them, and the
// editions, current in one transaction. Nothing is deleted.
func (l *Ledger) Rerun(ctx context.Context, r Rerun) (Rerun, error) {
	err := l.write(ctx, func(t *tx) (err error) {
		if err := t.unmoved(r); err != nil {
			return err
		}
		r.At = t.now
		r.ID, err = t.record("runs", insertRun,
			r.Month.String(), t.at(t.now), r.Who, r.Why, r.Program, r.PlanVersion)
		if err != nil {
			return err
		}
		readings := make([]int64, len(r.Readings))
		for i := range r.Readings {
			n := r.Readings[i]
			if readings[i], err = t.replace(&n, r.ID); err != nil {
				return err
			}
		}
		if err := t.restand(r.ID); err != nil {
			return err
		}
		detail := r.Month.Chinese() + "，" + r.Why
		if err := t.audit(r.Who, "重跑", detail); err != nil {
			return err
		}
		if err := t.pin(r.Month, r.Editions, readings); err != nil {
			return err
		}
		r.Editions, err = t.makeEditions(r.Editions, r.ID)
		return err
	})
	if err != nil {
		return Rerun{}, err
	}
	return r, nil
}

// replace stores a reading of a run in the place of the current one of its
// submission.
func (t *tx) replace(r *Reading, run int64) (int64, error) {
	changed, err := t.exec(`UPDATE readings SET current = 0
		WHERE submission = ? AND current = 1`, r.Submission)
	if err != nil {
		return 0, err
	}
	if rows, err := changed.RowsAffected(); err != nil || rows != 1 {
		return 0, orNoRow(err)
	}
	return t.addReading(r, run)
}

const selectStamp = `SELECT
	(SELECT coalesce(max(id), 0) FROM readings WHERE current = 1 AND month <= ?1),
	(SELECT coalesce(max(id), 0) FROM editions WHERE month <= ?1),
	(SELECT coalesce(max(id), 0) FROM waivers), (SELECT coalesce(max(id), 0) FROM extensions)`

// Stamp says how far everything has come that a month is computed from: it
// gives another text as soon as any of it has changed.
func (l *Ledger) Stamp(ctx context.Context, m plan.Month) (stamp string, err error) {
	err = l.read(ctx, func(t *tx) error {
		stamp, err = t.stamp(m)
		return err
	})
	return stamp, err
}

func (t *tx) stamp(m plan.Month) (string, error) {
	var n [4]int64
	_, err := t.one(selectStamp, []any{m.String()}, &n[0], &n[1], &n[2], &n[3])
	return fmt.Sprint(n), err
}

// ReadBetween reports whether anything of a month before m was read after one
// moment and not after another.
func (l *Ledger) ReadBetween(ctx context.Context, m plan.Month, after, until time.Time) (
	found bool, err error) {
	all, err := list(ctx, l, func(t *tx, scan row) (at time.Time, err error) {
		err = scan(t.toTime(&at))
		return at, err
	}, `SELECT at FROM readings WHERE month < ?`, m.String())
	return slices.ContainsFunc(all, func(at time.Time) bool {
		return at.After(after) && !at.After(until)
	}), err
}

func (t *tx) unmoved(r Rerun) error {
	if r.Seen == "" {
		return nil
	}
	now, err := t.stamp(r.Month)
	if err == nil && now != r.Seen {
		err = ErrMoved
	}
	return err
}

// pin names the readings in the editions, and the figures that stand by now.
func (t *tx) pin(m plan.Month, editions []Edition, readings []int64) error {
	type subject struct{ item, unit string }
	stands := map[subject]int64{}
	err := t.each(`SELECT s.item, s.unit, s.figure FROM standing s JOIN figures f ON f.id = s.figure
		WHERE s.month = ? AND f.state <> ?`, []any{m.String(), plan.Withdrawn},
		func(scan row) error {
			var k subject
			var figure int64
			err := scan(&k.item, &k.unit, &figure)
			stands[k] = figure
			return err
		})
	if err != nil {
		return err
	}
	for i := range editions {
		e := &editions[i]
		e.Inputs.Readings = readings
		e.Figures = slices.Clone(e.Figures)
		for j, f := range e.Figures {
			e.Figures[j].Figure = stands[subject{f.Item, f.Unit}]
		}
	}
	return nil
}
