package ledger

import (
	"cmp"
	"context"
	"slices"
	"time"

	"duban/pipeline/plan"
)

// Event is one thing that came from outside, or was decided, and that all the
// rest of the ledger follows from. Exactly one of its parts is set.
type Event struct {
	At        time.Time // of the transaction that stored it
	Arrival   *Arrival
	Decision  *Decision
	Waiver    *Waiver
	Extension *Extension
	Issue     *Issue
	Run       *RunEvent
	Digest    *DigestEvent

	after int64 // the last reading that was there before it; orders one moment
}

// RunEvent is a re-run as somebody asked for it.
type RunEvent struct {
	Month    plan.Month
	Who, Why string
	MadeAt   time.Time // when its editions were computed
}

// DigestEvent is a month's first digest.
type DigestEvent struct {
	Month  plan.Month
	MadeAt time.Time // when it was computed
}

// Events lists everything that happened, in its order.
func (l *Ledger) Events(ctx context.Context) ([]Event, error) {
	var all []Event
	err := l.read(ctx, func(t *tx) error {
		for _, read := range []func(*[]Event) error{t.issueEvents, t.waiverEvents,
			t.extensionEvents, t.arrivalEvents, t.decisionEvents, t.runEvents, t.digestEvents} {
			if err := read(&all); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b Event) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.after, b.after))
	})
	return all, err
}

func (t *tx) issueEvents(all *[]Event) error {
	return t.each(selectIssues+` ORDER BY id`, nil, func(scan row) error {
		i, err := t.scanIssue(scan)
		*all = append(*all, Event{At: i.At, Issue: &i})
		return err
	})
}

func (t *tx) waiverEvents(all *[]Event) error {
	return t.each(selectWaivers+` ORDER BY id`, nil, func(scan row) error {
		v, err := t.scanWaiver(scan)
		*all = append(*all, Event{At: v.At, Waiver: &v})
		return err
	})
}

func (t *tx) extensionEvents(all *[]Event) error {
	return t.each(selectExtensions+` ORDER BY id`, nil, func(scan row) error {
		x, err := t.scanExtension(scan)
		*all = append(*all, Event{At: x.At, Extension: &x})
		return err
	})
}

// arrivalEvents gives the arrivals; one whose bytes were known has an old
// reading, and comes behind the last that was made all the same.
func (t *tx) arrivalEvents(all *[]Event) error {
	last := int64(0)
	return t.each(arrivalColumns+` ORDER BY d.id`, nil, func(scan row) error {
		a, err := t.scanArrival(scan)
		last = max(last, a.Reading)
		*all = append(*all, Event{At: a.TakenAt, Arrival: &a, after: last})
		return err
	})
}

func (t *tx) decisionEvents(all *[]Event) error {
	return t.each(selectDecisions+` ORDER BY id`, nil, func(scan row) error {
		d, err := t.scanDecision(scan)
		*all = append(*all, Event{At: d.At, Decision: &d, after: d.Reading})
		return err
	})
}

// runEvents leaves out the runs that a decision made.
func (t *tx) runEvents(all *[]Event) error {
	return t.each(`SELECT u.month, u.at, u.who, u.why, coalesce(min(r.id), 0),
		coalesce((SELECT min(made_at) FROM editions WHERE run = u.id), u.at)
		FROM runs u LEFT JOIN readings r ON r.run = u.id
		WHERE u.id NOT IN (SELECT r.run FROM readings r JOIN decisions d ON d.reading = r.id)
		GROUP BY u.id ORDER BY u.id`, nil, func(scan row) error {
		var e Event
		var r RunEvent
		err := scan(toMonth(&r.Month), t.toTime(&e.At), &r.Who, &r.Why, &e.after,
			t.toTime(&r.MadeAt))
		e.Run = &r
		*all = append(*all, e)
		return err
	})
}

// digestEvents gives a month's first editions, which one transaction made.
func (t *tx) digestEvents(all *[]Event) error {
	return t.each(`SELECT e.month, min(e.made_at), min(coalesce(o.made_at, e.made_at)),
		(SELECT coalesce(max(value), 0) FROM editions x, json_each(x.inputs, '$.readings')
		WHERE x.month = e.month AND x.run IS NULL)
		FROM editions e LEFT JOIN outgoing o ON o.key = e.key
		WHERE e.run IS NULL GROUP BY e.month ORDER BY min(e.id)`, nil, func(scan row) error {
		var e Event
		var d DigestEvent
		err := scan(toMonth(&d.Month), t.toTime(&d.MadeAt), t.toTime(&e.At), &e.after)
		e.Digest = &d
		*all = append(*all, e)
		return err
	})
}
