package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"duban/pipeline/ledger"
	"duban/pipeline/post"
)

// maxTries is how often a mail is tried: with the pauses of pauseAfter, for a
// day. Then it waits for a person.
const maxTries = 29

// pauseAfter is how long a mail waits after so many failures: a minute, twice
// as long each time, an hour at most.
func pauseAfter(failures int) time.Duration {
	return min(time.Minute<<min(failures, 6), time.Hour)
}

// sendMail sends the mail that is due, a message at a time over one connection.
// A message is settled as soon as the server has taken it on: a kill in
// between repeats that one, under the same Message-ID.
func (w *Workspace) sendMail(ctx context.Context) error {
	if w.poster == nil {
		return nil
	}
	all, err := w.Ledger.Outgoing(ctx)
	if err != nil {
		return err
	}
	var session *post.Session
	defer func() {
		if session != nil {
			session.Close()
		}
	}()
	var down error // the server cannot be used: the rest waits
	for _, o := range all {
		if o.Kind != kindMail || ctx.Err() != nil {
			continue
		}
		if down == nil && session == nil {
			session, down = w.poster.Open(ctx)
		}
		fault := down
		if fault == nil {
			fault = w.sendOne(ctx, session, o)
		}
		var f *post.Failure
		if errors.As(fault, &f) && f.Server {
			down = fault
		}
		if err := w.settleMail(ctx, o, fault); err != nil {
			return err
		}
	}
	return down
}

func (w *Workspace) sendOne(ctx context.Context, s *post.Session, o ledger.Outgoing) error {
	m, err := w.compose(ctx, o)
	if err != nil {
		return err
	}
	return s.Send(m)
}

// settleMail notes what became of a try.
func (w *Workspace) settleMail(ctx context.Context, o ledger.Outgoing, fault error) error {
	ctx = context.WithoutCancel(ctx)
	if fault == nil {
		return w.Ledger.Settle(ctx, o.Key)
	}
	var f *post.Failure
	if errors.As(fault, &f) && f.Permanent || o.Attempts+1 >= maxTries {
		w.Log.Error("邮件发不出去，不再自动重试；见 duban outgoing", "mail", o.ID, "err", fault)
		return w.Ledger.GiveUp(ctx, o.Key, fault)
	}
	w.Log.Debug("a mail waits", "mail", o.ID, "err", fault)
	return w.Ledger.Fail(ctx, o.Key, fault, w.Now().Add(pauseAfter(o.Attempts)))
}

// wakePoster asks for the mail to be sent soon.
func (w *Workspace) wakePoster() {
	select {
	case w.toPost <- struct{}{}:
	default: // asked for already
	}
}

// keepPosting sends mail when asked and every tick, until ctx ends. It has a
// goroutine of its own: a dead server holds up nothing else.
func (w *Workspace) keepPosting(ctx context.Context, tick time.Duration) {
	timer := time.NewTicker(tick)
	defer timer.Stop()
	last := ""
	for ctx.Err() == nil {
		said := ""
		if err := w.sendMail(ctx); err != nil && ctx.Err() == nil {
			if said = err.Error(); said != last {
				w.Log.Warn("邮件暂时发不出去，稍后自动再试", "err", err)
			}
		}
		last = said
		select {
		case <-ctx.Done():
		case <-w.toPost:
		case <-timer.C:
		}
	}
}

// startMail runs the mailboxes and the poster until ctx ends; the returned
// function waits until they have.
func (w *Workspace) startMail(ctx context.Context, tick time.Duration) (wait func()) {
	var all sync.WaitGroup
	for _, box := range w.mailboxes {
		all.Go(func() { box.Run(ctx) })
	}
	if w.poster != nil {
		all.Go(func() { w.keepPosting(ctx, tick) })
	}
	return all.Wait
}

// fetchMail is one round through every mailbox, for a program that ends
// afterwards. A mailbox that cannot be read is a sentence, not an error.
func (w *Workspace) fetchMail(ctx context.Context) (said []string) {
	for _, box := range w.mailboxes {
		if err := box.Once(ctx); err != nil {
			said = append(said, err.Error())
		}
	}
	return said
}

// Checked is what came of trying one mail server.
type Checked struct {
	What  string `json:"what"` // 发信 or 收信, and the account
	OK    bool   `json:"ok"`
	Fault string `json:"fault"` // one sentence; "" where all is well
}

// CheckMail tries every mail server of the settings: connects, logs in, looks
// into the folder. It sends and changes nothing.
func (w *Workspace) CheckMail(ctx context.Context) ([]Checked, error) {
	if w.poster == nil && len(w.mailboxes) == 0 {
		return nil, &UserError{What: "没有设置邮件",
			Fix: "在 duban.yaml 的 mail 里写明发信服务器（smtp）和收信邮箱（mailboxes）。"}
	}
	all := []Checked{}
	note := func(what string, err error) {
		c := Checked{What: what, OK: err == nil}
		if err != nil {
			c.Fault = err.Error()
		}
		all = append(all, c)
	}
	if s := w.poster; s != nil {
		session, err := s.Open(ctx)
		if err == nil {
			err = session.Close()
		}
		note(fmt.Sprintf("发信 %s:%d", s.Host, s.Port), err)
	}
	for _, box := range w.mailboxes {
		note("收信 "+box.Account+" "+box.Name, box.Check(ctx))
	}
	return all, nil
}
