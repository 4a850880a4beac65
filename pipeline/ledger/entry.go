package ledger

import (
	"context"
	"time"

	"duban/pipeline/plan"
)

// Entry is a figure with its lineage (数据来源).
type Entry struct {
	plan.Figure
	FigureID   int64 // in the ledger
	Reading    int64
	Submission int64
	SHA256     string
	FileName   string // as received; display only
	Channel    string
	Sender     string
	ReceivedAt time.Time
	HandedBy   string
}

// Version is one figure that was ever read for an indicator, unit and month.
type Version struct {
	Entry
	State    plan.State // of the reading; the figure's own is Figure.State
	Accepted bool
	Current  bool // its reading is the current one of its submission
	Counts   bool // it is the one that stands
	Run      int64
	ReadAt   time.Time
}

const (
	entryColumns = `f.id, f.reading, r.submission, ` + deliveryColumns + `, ` + figureColumns
	entryTables  = ` FROM figures f JOIN readings r ON r.id = f.reading
		JOIN submissions s ON s.id = r.submission
		JOIN deliveries d ON d.submission = s.id AND d.again = 0`
	selectLatest = `SELECT ` + entryColumns + entryTables + `
		JOIN standing x ON x.figure = f.id WHERE x.month <= ? ORDER BY f.item, f.unit, f.month`
	selectVersions = `SELECT r.state, f.accepted, r.current, r.run, r.at, x.figure IS NOT NULL, ` +
		entryColumns + entryTables + ` LEFT JOIN standing x ON x.figure = f.id
		AND x.unit = f.unit AND x.item = f.item AND x.month = f.month
		WHERE f.item = ?1 AND f.month = ?2 AND (?3 = '' OR f.unit = ?3)
		ORDER BY f.unit, r.submission DESC, f.id DESC`
)

func (t *tx) scanEntry(e *Entry) []any {
	d := []any{&e.FigureID, &e.Reading, &e.Submission, &e.SHA256, &e.FileName, &e.Channel,
		&e.Sender, t.toTime(&e.ReceivedAt), &e.HandedBy}
	return append(d, scanFigure(&e.Figure)...)
}

// Latest lists the figures that stand for upTo and every month before it,
// sorted by item, unit and month: of each the latest accepted, whatever was
// returned after it.
func (l *Ledger) Latest(ctx context.Context, upTo plan.Month) ([]Entry, error) {
	return list(ctx, l, func(t *tx, scan row) (e Entry, err error) {
		err = scan(t.scanEntry(&e)...)
		return e, err
	}, selectLatest, upTo.String())
}

// EveryFigure lists every figure that was ever read, in the order in which they
// were stored.
func (l *Ledger) EveryFigure(ctx context.Context) ([]Entry, error) {
	return list(ctx, l, func(t *tx, scan row) (e Entry, err error) {
		err = scan(t.scanEntry(&e)...)
		return e, err
	}, `SELECT `+entryColumns+entryTables+` ORDER BY f.id`)
}

// Trace lists every version of a figure that was ever read, accepted or not,
// by unit ("": of every unit) and the latest submission first. At most one of
// a unit has Counts set.
func (l *Ledger) Trace(ctx context.Context, m plan.Month, item, unit string) ([]Version, error) {
	return list(ctx, l, func(t *tx, scan row) (v Version, err error) {
		err = scan(append([]any{&v.State, &v.Accepted, &v.Current, toID{&v.Run},
			t.toTime(&v.ReadAt), &v.Counts}, t.scanEntry(&v.Entry)...)...)
		return v, err
	}, selectVersions, item, m.String(), unit)
}
