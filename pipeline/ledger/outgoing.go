package ledger

import (
	"context"
	"time"
)

// Outgoing is something that must go out once: a receipt, a form, a digest, a
// mail. Its bytes are a function of the row.
type Outgoing struct {
	Key      string // unique for ever; the same key again is the same thing
	Kind     string
	Body     []byte
	Delivery int64 // the arrival it answers; set by TakeAll
	Edition  int64 // the edition it carries; set by MakeEdition

	// Filled in when read from the ledger.
	ID        int64 // the order in which they were queued
	MadeAt    time.Time
	DoneAt    time.Time // zero: not yet
	Attempts  int       // that failed
	LastError string
	NextTry   time.Time // zero: at once
	GivenUpAt time.Time // zero: it is still tried
}

const (
	insertOutgoing = `INSERT INTO outgoing (key, kind, body, delivery, edition, made_at)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`
	settleOutgoing = `UPDATE outgoing SET done_at = coalesce(done_at, ?) WHERE key = ?`
	failOutgoing   = `UPDATE outgoing SET attempts = attempts + 1, last_error = ?, next_try = ?
		WHERE key = ? AND done_at IS NULL`
	giveUpOutgoing = `UPDATE outgoing SET attempts = attempts + 1, last_error = ?, given_up_at = ?
		WHERE key = ? AND done_at IS NULL`
	retryOutgoing = `UPDATE outgoing SET attempts = 0, next_try = NULL, given_up_at = NULL
		WHERE id = ? AND done_at IS NULL`
	selectOutgoing = `SELECT id, key, kind, body, delivery, edition, made_at, done_at, attempts,
		last_error, next_try, given_up_at FROM outgoing`
	selectDue = selectOutgoing + ` WHERE done_at IS NULL AND given_up_at IS NULL
		AND (next_try IS NULL OR next_try <= ?) ORDER BY id`
	selectBacklog = selectOutgoing + ` WHERE done_at IS NULL ORDER BY id`
	selectByKey   = selectOutgoing + ` WHERE key = ?`
)

// queue adds rows; a key that is there already stays as it is.
func (t *tx) queue(rows []Outgoing, delivery, edition int64) error {
	for _, o := range rows {
		if delivery != 0 {
			o.Delivery = delivery
		}
		if edition != 0 {
			o.Edition = edition
		}
		if o.Body == nil {
			o.Body = []byte{}
		}
		if _, err := t.exec(insertOutgoing, o.Key, o.Kind, o.Body, id(o.Delivery),
			id(o.Edition), t.at(t.now)); err != nil {
			return err
		}
	}
	return nil
}

// Queue adds what must go out, each once by its key.
func (l *Ledger) Queue(ctx context.Context, rows ...Outgoing) error {
	return l.write(ctx, func(t *tx) error { return t.queue(rows, 0, 0) })
}

// Outgoing lists what is to be carried out now, in order: not done, and not
// put off to a later moment.
func (l *Ledger) Outgoing(ctx context.Context) ([]Outgoing, error) {
	zone := l.now()
	return list(ctx, l, (*tx).scanOutgoing, selectDue, zone.Format(time.RFC3339Nano))
}

// Backlog lists everything that has not gone out, in order.
func (l *Ledger) Backlog(ctx context.Context) ([]Outgoing, error) {
	return list(ctx, l, (*tx).scanOutgoing, selectBacklog)
}

// OutgoingOf reads one row, done or not; ErrNoRow when there is none.
func (l *Ledger) OutgoingOf(ctx context.Context, key string) (Outgoing, error) {
	return first(ctx, l, (*tx).scanOutgoing, selectByKey, key)
}

// Settle notes that a row was carried out; again it changes nothing.
func (l *Ledger) Settle(ctx context.Context, keys ...string) error {
	return l.write(ctx, func(t *tx) error {
		for _, key := range keys {
			r, err := t.exec(settleOutgoing, t.at(t.now), key)
			if err != nil {
				return err
			}
			if n, err := r.RowsAffected(); err != nil || n == 0 {
				return orNoRow(err)
			}
		}
		return nil
	})
}

// Fail notes that a row could not be carried out, why, and when to try again.
// A row that was settled stays settled.
func (l *Ledger) Fail(ctx context.Context, key string, why error, next time.Time) error {
	return l.write(ctx, func(t *tx) error {
		_, err := t.exec(failOutgoing, why.Error(), t.at(next), key)
		return err
	})
}

// GiveUp notes that a row is not tried any more, and why, until Retry.
func (l *Ledger) GiveUp(ctx context.Context, key string, why error) error {
	return l.write(ctx, func(t *tx) error {
		_, err := t.exec(giveUpOutgoing, why.Error(), t.at(t.now), key)
		return err
	})
}

// Retry lets rows be tried again at once, as if they were new; ErrNoRow where
// one is not there or has gone out.
func (l *Ledger) Retry(ctx context.Context, ids ...int64) error {
	return l.write(ctx, func(t *tx) error {
		for _, n := range ids {
			r, err := t.exec(retryOutgoing, n)
			if err != nil {
				return err
			}
			if n, err := r.RowsAffected(); err != nil || n == 0 {
				return orNoRow(err)
			}
		}
		return nil
	})
}

func (t *tx) scanOutgoing(scan row) (Outgoing, error) {
	var o Outgoing
	err := scan(&o.ID, &o.Key, &o.Kind, &o.Body, toID{&o.Delivery}, toID{&o.Edition},
		t.toTime(&o.MadeAt), t.toTime(&o.DoneAt), &o.Attempts, &o.LastError, t.toTime(&o.NextTry), t.toTime(&o.GivenUpAt))
	return o, err
}

func orNoRow(err error) error {
	if err != nil {
		return err
	}
	return ErrNoRow
}

// Answered counts the arrivals whose every outgoing row is done.
func (l *Ledger) Answered(ctx context.Context) (int, error) {
	return first(ctx, l, func(_ *tx, scan row) (n int, err error) {
		err = scan(&n)
		return n, err
	}, `SELECT (SELECT count(*) FROM deliveries) -
		(SELECT count(DISTINCT delivery) FROM outgoing WHERE done_at IS NULL)`)
}
