package intake

import (
	"cmp"
	"context"
	"crypto/x509"
	"log/slog"
	"time"
)

// Where a message goes when it was dealt with.
type MailState string

// The states of a message, as the caller knows them.
const (
	MailNew  MailState = ""     // nothing is committed
	MailDone MailState = "done" // dealt with
	MailHeld MailState = "held" // nobody was recognised: for a person
)

// The defaults of a Mailbox.
const (
	DefaultPoll    = 2 * time.Minute
	DefaultSilence = time.Minute      // of a server, to a command
	fetchSilence   = 10 * time.Minute // to one that brings a message
)

// maxSpooled is how many messages wait in work for the caller before no more
// are fetched.
const maxSpooled = 50

// Mailbox is one folder on a mail server (IMAP) and the Folder whose road its
// messages take. Set its fields before the first call.
//
// At least once from the server: a message is spooled whole before anything
// else, and moved away only when the caller has committed what became of it.
// Exactly once is the caller's work; Known is his word.
type Mailbox struct {
	Account  string // how settings and ledger name it
	Host     string
	Port     int
	Security string // tls, starttls or none
	User     string
	Password func() (string, error) // asked for on every connection
	Roots    *x509.CertPool         // nil for the system's
	Name     string                 // of the folder: INBOX
	Done     string                 // where a message goes that was dealt with
	Hold     string                 // where one goes that a person must look at

	Spool   *Folder
	Known   func(context.Context, MailID) (MailState, error)
	Poll    time.Duration // 0 is DefaultPoll
	Silence time.Duration // 0 is DefaultSilence
	Limit   int64         // bytes; of a bigger message only the header is fetched; 0 is DefaultLimit
	Log     *slog.Logger  // may be nil

	taken chan struct{}
	last  string // the fault that was logged last
}

// Taken tells a running mailbox that the caller has committed something.
func (m *Mailbox) Taken() {
	select {
	case m.taken <- struct{}{}:
	default:
	}
}

// Run keeps a connection and fetches what comes, until ctx ends. A fault is
// logged when it is a new one; then it connects again, later each time.
func (m *Mailbox) Run(ctx context.Context) {
	wait := time.Second
	for ctx.Err() == nil {
		began := time.Now()
		err := m.stay(ctx)
		if ctx.Err() != nil {
			return
		}
		if time.Since(began) > time.Minute {
			wait = time.Second
		}
		m.complain(err)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, 5*time.Minute)
	}
}

// complain logs a fault, the same one only once.
func (m *Mailbox) complain(err error) {
	if err == nil || err.Error() == m.last {
		return
	}
	m.last = err.Error()
	m.log().Warn("收信中断，稍后自动再连", "mailbox", m.Account, "err", err)
}

// stay is one connection: a round at once, and one after every event.
func (m *Mailbox) stay(ctx context.Context) error {
	s, err := m.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	for {
		if err := s.round(ctx); err != nil {
			return err
		}
		m.last = ""
		if err := s.wait(ctx); err != nil || ctx.Err() != nil {
			return err
		}
	}
}

// Once is one round, for a program that ends afterwards: what is known to be
// dealt with is moved, what is new is spooled.
func (m *Mailbox) Once(ctx context.Context) error {
	s, err := m.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	return s.round(ctx)
}

// Check connects, logs in and looks into the folder. Its error is a sentence
// in Chinese that says what is wrong.
func (m *Mailbox) Check(ctx context.Context) error {
	s, err := m.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	return s.choose(ctx)
}

func (m *Mailbox) log() *slog.Logger {
	if m.Log != nil {
		return m.Log
	}
	return slog.New(slog.DiscardHandler)
}

func (m *Mailbox) limit() int64           { return cmp.Or(m.Limit, DefaultLimit) }
func (m *Mailbox) silence() time.Duration { return cmp.Or(m.Silence, DefaultSilence) }

// Prepare readies the mailbox for Taken and Run.
func (m *Mailbox) Prepare() { m.taken = make(chan struct{}, 1) }
