package ledger

import (
	"context"
	"encoding/json"
	"time"

	"duban/pipeline/plan"
)

// Submission (报送件) is bytes that were taken, with the reading that counts.
type Submission struct {
	ID       int64
	Size     int64 // bytes
	TakenAt  time.Time
	Reading  int64
	Unit     string
	Month    plan.Month
	State    plan.State
	Late     bool
	Opening  bool
	Delivery plan.Delivery // the arrival that brought it
}

// Counts reports whether figures of it are taken.
func (s Submission) Counts() bool { return counts(s.State) }

// Arrival is one delivery of a file and what was answered.
type Arrival struct {
	ID         int64
	Claim      string
	Submission int64
	Reading    int64
	Again      bool // the bytes were known and changed nothing
	TakenAt    time.Time
	plan.Delivery
}

const (
	submissionColumns = `s.id, s.size, s.taken_at, r.id, r.unit, r.month, r.state, r.late,
		r.opening, ` + deliveryColumns
	submissionTables = ` FROM submissions s JOIN readings r ON r.submission = s.id AND r.current = 1
		JOIN deliveries d ON d.submission = s.id AND d.again = 0`
	selectSeen = `SELECT ` + submissionColumns + submissionTables +
		` WHERE s.sha256 IN (SELECT value FROM json_each(?)) ORDER BY s.id`
	selectSubmissions = `SELECT ` + submissionColumns + submissionTables +
		` WHERE r.month IS ? ORDER BY s.id`
	selectClaimed  = arrivalColumns + ` WHERE d.claim IN (SELECT value FROM json_each(?))`
	arrivalColumns = `SELECT d.id, d.claim, d.submission, d.reading, d.again, d.taken_at, ` +
		deliveryColumns + ` FROM deliveries d JOIN submissions s ON s.id = d.submission`
)

func (t *tx) scanSubmission(scan row) (Submission, error) {
	var s Submission
	err := scan(append([]any{&s.ID, &s.Size, t.toTime(&s.TakenAt), &s.Reading, &s.Unit,
		toMonth(&s.Month), &s.State, &s.Late, &s.Opening}, t.scanDelivery(&s.Delivery)...)...)
	return s, err
}

// Seen lists the submissions of these very bytes, by hash, the oldest first.
func (l *Ledger) Seen(ctx context.Context, sha256 ...string) (map[string][]Submission, error) {
	return among(ctx, l, (*tx).scanSubmission, selectSeen, sha256,
		func(s Submission) string { return s.Delivery.SHA256 })
}

// Submissions lists what was taken for a month (zero: for no month that could
// be told), in the order in which it counts: what a re-run reads again.
func (l *Ledger) Submissions(ctx context.Context, m plan.Month) ([]Submission, error) {
	return list(ctx, l, (*tx).scanSubmission, selectSubmissions, month(m))
}

// EverySubmission lists what was ever taken, in the order in which it counts.
func (l *Ledger) EverySubmission(ctx context.Context) ([]Submission, error) {
	return list(ctx, l, (*tx).scanSubmission,
		`SELECT `+submissionColumns+submissionTables+` ORDER BY s.id`)
}

func (t *tx) scanArrival(scan row) (Arrival, error) {
	var a Arrival
	err := scan(append([]any{&a.ID, &a.Claim, &a.Submission, &a.Reading, &a.Again,
		t.toTime(&a.TakenAt)}, t.scanDelivery(&a.Delivery)...)...)
	return a, err
}

// Arrival reads one delivery; ErrNoRow when there is none.
func (l *Ledger) Arrival(ctx context.Context, delivery int64) (Arrival, error) {
	return first(ctx, l, (*tx).scanArrival, arrivalColumns+` WHERE d.id = ?`, delivery)
}

// Claimed finds the deliveries that were stored under some claims, each alone
// under its claim.
func (l *Ledger) Claimed(ctx context.Context, claims ...string) (map[string][]Arrival, error) {
	return among(ctx, l, (*tx).scanArrival, selectClaimed, claims,
		func(a Arrival) string { return a.Claim })
}

// among reads the rows of a query for any of some keys, by key.
func among[T any](ctx context.Context, l *Ledger, take func(*tx, row) (T, error), text string,
	keys []string, keyOf func(T) string) (map[string][]T, error) {
	asked, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	all, err := list(ctx, l, take, text, string(asked))
	byKey := map[string][]T{}
	for _, v := range all {
		byKey[keyOf(v)] = append(byKey[keyOf(v)], v)
	}
	return byKey, err
}
