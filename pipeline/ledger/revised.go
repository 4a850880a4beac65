package ledger

import (
	"context"
	"strings"
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
// the subjects of which more than one thing was said in a month: by item, unit
// and month, and in the order in which they count.
func (l *Ledger) Revised(ctx context.Context, from, to plan.Month) ([]Accepted, error) {
	return list(ctx, l, func(t *tx, scan row) (a Accepted, err error) {
		err = scan(append([]any{t.toTime(&a.ReceivedAt), &a.FileName}, scanFigure(&a.Figure)...)...)
		return a, err
	}, selectRevised, from.String(), to.String())
}

var selectRevised = `WITH revised AS (
		SELECT f.unit, f.item, f.month FROM figures f
		JOIN readings r ON r.id = f.reading AND r.current = 1
		WHERE f.accepted = 1 AND f.month BETWEEN ? AND ?
		GROUP BY f.unit, f.item, f.month HAVING ` + several("f.state", "f.added", "f.total", "f.a",
	"f.b", "f.progress") + `)
	SELECT d.received_at, d.name, ` + figureColumns + `
	FROM revised v JOIN figures f ON f.accepted = 1
		AND f.unit = v.unit AND f.item = v.item AND f.month = v.month
	JOIN readings r ON r.id = f.reading AND r.current = 1
	JOIN deliveries d ON d.submission = r.submission AND d.again = 0
	ORDER BY f.item, f.unit, f.month, r.submission, f.id`

// several holds for a group of rows of which any of the columns has two values.
func several(columns ...string) string {
	for i, c := range columns {
		v := "ifnull(" + c + ", '')"
		columns[i] = "min(" + v + ") <> max(" + v + ")"
	}
	return strings.Join(columns, " OR ")
}
