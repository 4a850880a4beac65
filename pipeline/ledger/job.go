package ledger

import (
	"context"
	"time"
)

// LastJob is the last moment stored for a job, the zero time for none.
func (l *Ledger) LastJob(ctx context.Context, name string) (time.Time, error) {
	var last time.Time
	err := l.read(ctx, func(t *tx) error {
		_, err := t.one(`SELECT moment FROM jobs WHERE name = ? ORDER BY id DESC LIMIT 1`,
			[]any{name}, t.toTime(&last))
		return err
	})
	return last, err
}

// JobDone stores a moment of a job; again it changes nothing.
func (l *Ledger) JobDone(ctx context.Context, name string, moment time.Time) error {
	return l.write(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO jobs (name, moment, done_at) VALUES (?, ?, ?)
			ON CONFLICT DO NOTHING`, name, t.at(moment), t.at(t.now))
		return err
	})
}

// Act is one line of the audit log.
type Act struct {
	At               time.Time
	Who, Act, Detail string
}

// Audit notes what an administrator did.
func (l *Ledger) Audit(ctx context.Context, who, act, detail string) error {
	return l.write(ctx, func(t *tx) error {
		return t.audit(who, act, detail)
	})
}

func (t *tx) audit(who, act, detail string) error {
	_, err := t.record("audit", `INSERT INTO audit (at, who, act, detail) VALUES (?, ?, ?, ?)`,
		t.at(t.now), who, act, detail)
	return err
}

// Acts lists the audit log, the oldest first.
func (l *Ledger) Acts(ctx context.Context) ([]Act, error) {
	return list(ctx, l, func(t *tx, scan row) (a Act, err error) {
		err = scan(t.toTime(&a.At), &a.Who, &a.Act, &a.Detail)
		return a, err
	}, `SELECT at, who, act, detail FROM audit ORDER BY id`)
}
