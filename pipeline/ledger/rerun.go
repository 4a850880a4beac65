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

// Rerun stores new readings beside the old ones and makes them, and the
// editions, current in one transaction. Nothing is deleted.
func (l *Ledger) Rerun(ctx context.Context, r Rerun) (Rerun, error) {
	err := l.write(ctx, func(t *tx) (err error) {
		r.At = t.now
		r.ID, err = t.insert(`INSERT INTO runs (month, at, who, why, program, plan_version)
			VALUES (?, ?, ?, ?, ?, ?)`,
			r.Month.String(), t.at(t.now), r.Who, r.Why, r.Program, r.PlanVersion)
		if err != nil {
			return err
		}
		for i := range r.Readings {
			n := r.Readings[i]
			changed, err := t.exec(`UPDATE readings SET current = 0
				WHERE submission = ? AND current = 1`, n.Submission)
			if err != nil {
				return err
			}
			if rows, err := changed.RowsAffected(); err != nil || rows != 1 {
				return orNoRow(err)
			}
			if _, err := t.addReading(&n, r.ID); err != nil {
				return err
			}
		}
		if err := t.restand(r.ID); err != nil {
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
