package ledger

import (
	"context"
	"time"
)

// Mail is one message that came in, and what became of it.
type Mail struct {
	// Identity is the same for every copy of the message.
	Identity   string
	MessageID  string // without brackets; "" where it has none
	Sender     string // the address in From; "" where there is no one
	Unit       string // code; "" where nobody was recognised
	Subject    string
	Held       bool   // a person must look at it
	Why        string // why it was held or not answered
	Answered   bool   // an answer is queued
	ReceivedAt time.Time
	TakenAt    time.Time // filled in by the ledger
}

// MailPlace is where a copy of a message lay on a server.
type MailPlace struct {
	Account, Folder string
	Validity, UID   uint32
}

const (
	insertMail = `INSERT INTO mails (identity, message_id, sender, unit, subject, state, why,
		answered, received_at, taken_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (identity) DO NOTHING`
	insertMailPlace = `INSERT INTO mail_places (account, folder, validity, uid, mail)
		SELECT ?, ?, ?, ?, id FROM mails WHERE identity = ? ON CONFLICT DO NOTHING`
	selectMails = `SELECT m.identity, m.message_id, m.sender, m.unit, m.subject,
		m.state = 'held', m.why, m.answered, m.received_at, m.taken_at FROM mails m`
	selectMailAt = selectMails + ` JOIN mail_places p ON p.mail = m.id
		WHERE p.account = ? AND p.folder = ? AND p.validity = ? AND p.uid = ?`
	selectMailOf  = selectMails + ` WHERE m.identity = ?`
	selectAnswers = `SELECT count(*) FROM mails WHERE answered = 1 AND sender = ?
		AND taken_at >= ?`
)

// RecordMail notes what became of a message, where this copy of it lay (nil for
// a file) and what must go out, in one transaction. A message that is known
// stays as it is, and nothing goes out for it again.
func (l *Ledger) RecordMail(ctx context.Context, m Mail, at *MailPlace, out ...Outgoing) error {
	return l.write(ctx, func(t *tx) error {
		state := "done"
		if m.Held {
			state = "held"
		}
		r, err := t.exec(insertMail, m.Identity, m.MessageID, m.Sender, m.Unit, m.Subject, state,
			m.Why, m.Answered, t.at(m.ReceivedAt), t.at(t.now))
		if err != nil {
			return err
		}
		fresh, err := r.RowsAffected()
		if err != nil {
			return err
		}
		if fresh > 0 {
			if err := t.queue(out, 0, 0); err != nil {
				return err
			}
		}
		if at == nil {
			return nil
		}
		_, err = t.exec(insertMailPlace, at.Account, at.Folder, at.Validity, at.UID, m.Identity)
		return err
	})
}

// MailAt finds what became of the message that lies there; ErrNoRow when
// nothing is committed.
func (l *Ledger) MailAt(ctx context.Context, at MailPlace) (Mail, error) {
	return first(ctx, l, (*tx).scanMail, selectMailAt, at.Account, at.Folder, at.Validity, at.UID)
}

// MailOf finds a message by its identity; ErrNoRow when it never came so far.
func (l *Ledger) MailOf(ctx context.Context, identity string) (Mail, error) {
	return first(ctx, l, (*tx).scanMail, selectMailOf, identity)
}

// AnswersTo counts the messages of a sender that were answered since a moment.
func (l *Ledger) AnswersTo(ctx context.Context, sender string, since time.Time) (int, error) {
	return first(ctx, l, func(_ *tx, scan row) (n int, err error) {
		err = scan(&n)
		return n, err
	}, selectAnswers, sender, since.Format(time.RFC3339Nano))
}

func (t *tx) scanMail(scan row) (Mail, error) {
	var m Mail
	err := scan(&m.Identity, &m.MessageID, &m.Sender, &m.Unit, &m.Subject, &m.Held, &m.Why,
		&m.Answered, t.toTime(&m.ReceivedAt), t.toTime(&m.TakenAt))
	return m, err
}
