package ledger

import (
	"context"
	"errors"

	"duban/pipeline/plan"
)

// Taking is everything one arrived file brings into the ledger.
type Taking struct {
	// Claim is the name the intake gave this arrival, once and for ever. The
	// same claim again is the same arrival: nothing is stored twice.
	Claim    string
	Delivery plan.Delivery
	Size     int64   // bytes
	Reading  Reading // what was read; ID, Submission, Run and At are not looked at
	Outgoing []Outgoing
	// Again goes out instead of Outgoing when the bytes turn out to be known
	// (see Taken.Again), which is only certain inside the transaction.
	Again []Outgoing
	// New says that nobody had brought this claim or these bytes when they were
	// judged: where it is known that nothing came since, neither is looked for.
	New bool
	Act *Act // noted in the audit log, unless the bytes turn out to be known; may be nil
}

// Taken says what became of a Taking.
type Taken struct {
	Delivery   int64
	Submission int64
	Reading    int64 // the one the receipt tells of
	// Again: the same bytes for the same unit and month were taken before
	// (or had the same verdict before), and nothing changed.
	Again bool
	// Replayed: this very claim was stored before, by a run that ended
	// before it could settle; nothing was stored now.
	Replayed bool
}

// TakeAll stores arrivals in their order, all in one transaction: delivery,
// submission, reading, figures, findings and outgoing rows. When it returns
// nil they survive a power cut; when it fails none of them was stored. It
// says where the chain ends now.
//
// after is where the chain ended when they were judged: where it has gone on
// since nothing is stored, and the error is ErrMoved. nil does not ask.
//
// Bytes that were taken before for the same unit and month change nothing;
// neither do bytes that were returned or held before and are again.
func (l *Ledger) TakeAll(ctx context.Context, after *Head, takings []Taking) ([]Taken, Head,
	error) {
	all := make([]Taken, len(takings))
	var now Head
	var done *tx
	err := l.write(ctx, func(t *tx) (err error) {
		done = t
		if now, err = t.head(); err != nil {
			return err
		}
		if after != nil && now != *after {
			return ErrMoved
		}
		for i := range takings {
			if all[i], err = t.take(&takings[i], after != nil && takings[i].New); err != nil {
				return err
			}
			t.came.sequence = max(t.came.sequence, all[i].Submission)
		}
		return nil
	})
	if err != nil {
		return nil, Head{}, err
	}
	if done.came.head.seq > now.seq { // it is not where nothing was stored
		now = done.came.head
	}
	return all, now, nil
}

const (
	selectClaim = `SELECT d.id, d.submission, d.reading, d.again, s.sha256
		FROM deliveries d JOIN submissions s ON s.id = d.submission WHERE d.claim = ?`
	selectEarlier = `SELECT s.id, r.id, r.state FROM submissions s
		JOIN readings r ON r.submission = s.id AND r.current = 1
		WHERE s.sha256 = ? AND r.unit = ? AND r.month IS ? ORDER BY s.id DESC`
	insertSubmission = `INSERT INTO submissions (sha256, size, taken_at) VALUES (?, ?, ?)`
	insertDelivery   = `INSERT INTO deliveries (claim, submission, reading, again, name,
		channel, sender, handed_by, received_at, taken_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

func (t *tx) take(k *Taking, fresh bool) (taken Taken, err error) {
	if k.Claim == "" {
		return taken, errors.New("a file was to be taken without a claim")
	}
	if !fresh {
		if taken, err = t.claimed(k); err != nil || taken.Replayed {
			return taken, err
		}
		if taken, err = t.earlier(k); err != nil {
			return taken, err
		}
	}
	out := k.Again
	if !taken.Again {
		out = k.Outgoing
		taken.Submission, err = t.insert(insertSubmission, k.Delivery.SHA256, k.Size, t.at(t.now))
		if err != nil {
			return taken, err
		}
		k.Reading.Submission = taken.Submission
		if taken.Reading, err = t.addReading(&k.Reading, 0); err != nil {
			return taken, err
		}
	}
	if err := t.deliver(k, &taken); err != nil {
		return taken, err
	}
	if a := k.Act; a != nil && !taken.Again {
		if err := t.audit(a.Who, a.Act, a.Detail); err != nil {
			return taken, err
		}
	}
	return taken, t.queue(out, taken.Delivery, 0)
}

// deliver stores how an arrival came.
func (t *tx) deliver(k *Taking, taken *Taken) error {
	d, now := k.Delivery, t.at(t.now)
	received := now
	if !d.ReceivedAt.IsZero() {
		received = t.at(d.ReceivedAt)
	}
	values := []any{k.Claim, taken.Submission, taken.Reading, taken.Again, d.Name, d.Channel,
		d.Sender, d.HandedBy, received, now}
	var err error
	if taken.Again { // the submission is an old one
		taken.Delivery, err = t.record("deliveries", insertDelivery, values...)
		return err
	}
	link, err := t.recordTold("deliveries", d.Name, insertDelivery, values...)
	if err != nil {
		return err
	}
	taken.Delivery = link.row
	link.tell("submissions", d.SHA256[:12], taken.Submission, d.SHA256, k.Size, now)
	return nil
}

// claimed finds the arrival that was stored under the same claim.
func (t *tx) claimed(k *Taking) (Taken, error) {
	var old Taken
	var sha string
	found, err := t.one(selectClaim, []any{k.Claim},
		&old.Delivery, &old.Submission, &old.Reading, &old.Again, &sha)
	if err != nil || !found {
		return Taken{}, err
	}
	if sha != k.Delivery.SHA256 {
		return Taken{}, ErrClaim
	}
	old.Replayed = true
	return old, nil
}

// earlier finds a submission of the same bytes beside which these change
// nothing.
func (t *tx) earlier(k *Taking) (Taken, error) {
	var old Taken
	args := []any{k.Delivery.SHA256, k.Reading.Unit, month(k.Reading.Month)}
	err := t.each(selectEarlier, args, func(scan row) error {
		var submission, reading int64
		var state plan.State
		if err := scan(&submission, &reading, &state); err != nil {
			return err
		}
		if !old.Again && (counts(state) || state == k.Reading.State) {
			old = Taken{Submission: submission, Reading: reading, Again: true}
		}
		return nil
	})
	return old, err
}

// counts reports whether figures of a reading in this state are taken.
func counts(s plan.State) bool { return s != plan.Returned && s != plan.Quarantined }
