package ledger

import (
	"context"
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
	Editions []Edition

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
		r.At = t.now
		r.ID, err = t.insert(insertRun,
			r.Month.String(), t.at(t.now), r.Who, r.Why, r.Program, r.PlanVersion)
		if err != nil {
			return err
		}
		for i := range r.Readings {
			n := r.Readings[i]
			if _, err := t.replace(&n, r.ID); err != nil {
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
