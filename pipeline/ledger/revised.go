package ledger

import (
	"context"
	"time"

	"duban/pipeline/plan"
)

// Accepted is a figure that was accepted, whether it still stands or not.
type Accepted struct {
	plan.Figure
	ReceivedAt time.Time
	FileName   string // as received; display only
}

// Revised lists, for the months from one to another, every accepted figure of
// the subjects that have more than one in a month: by item, unit and month,
// and in the order in which they count.
func (l *Ledger) Revised(ctx context.Context, from, to plan.Month) ([]Accepted, error) {
	return list(ctx, l, func(t *tx, scan row) (a Accepted, err error) {
		err = scan(append([]any{t.toTime(&a.ReceivedAt), &a.FileName}, scanFigure(&a.Figure)...)...)
		return a, err
	}, `WITH counting AS (
			SELECT f.*, r.submission, count(*) OVER (PARTITION BY f.item, f.unit, f.month) AS times
			FROM figures f JOIN readings r ON r.id = f.reading AND r.current = 1
			WHERE f.accepted = 1 AND f.month BETWEEN ? AND ?)
		SELECT d.received_at, d.name, `+figureColumns+` FROM counting f
		JOIN deliveries d ON d.submission = f.submission AND d.again = 0
		WHERE f.times > 1 ORDER BY f.item, f.unit, f.month, f.submission, f.id`,
		from.String(), to.String())
}
