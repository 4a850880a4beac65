package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// choose opens the folder.
func (s *session) choose(ctx context.Context) error {
	return s.watched(ctx, s.m.silence(), func() error {
		d, err := s.c.Select(s.m.Name, nil).Wait()
		if err != nil {
			return &MailFault{"邮箱“" + s.m.Account + "”的文件夹“" + s.m.Name + "”打不开", err}
		}
		s.validity = d.UIDValidity
		return nil
	})
}

// round goes once through the folder: what is dealt with goes away, what is
// new is spooled.
func (s *session) round(ctx context.Context) error {
	if err := s.choose(ctx); err != nil {
		return err
	}
	uids, err := s.list(ctx)
	if err != nil {
		return err
	}
	moves := map[string][]imap.UID{}
	var fresh []imap.UID
	for _, uid := range uids {
		id := s.id(uid)
		state, err := s.m.Known(ctx, id)
		switch {
		case err != nil:
			return err
		case state == MailDone:
			moves[s.m.Done] = append(moves[s.m.Done], uid)
		case state == MailHeld:
			moves[s.m.Hold] = append(moves[s.m.Hold], uid)
		case !s.m.Spool.spooled(id):
			fresh = append(fresh, uid)
		}
	}
	for _, to := range []string{s.m.Done, s.m.Hold} {
		if err := s.move(ctx, moves[to], to); err != nil {
			return err
		}
	}
	for _, uid := range fresh {
		if s.m.Spool.Waiting() >= maxSpooled {
			return nil // Taken asks for the next round
		}
		if err := s.fetch(ctx, uid); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) id(uid imap.UID) MailID {
	return MailID{Account: s.m.Account, Folder: s.m.Name, Validity: s.validity, UID: uint32(uid)}
}

func (s *session) list(ctx context.Context) (uids []imap.UID, err error) {
	err = s.watched(ctx, s.m.silence(), func() error {
		d, err := s.c.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagDeleted}},
			nil).Wait()
		if err == nil {
			uids = d.AllUIDs()
		}
		return err
	})
	slices.Sort(uids)
	return uids, err
}

// move moves messages, and makes the folders to move to on first use.
func (s *session) move(ctx context.Context, uids []imap.UID, to string) error {
	if len(uids) == 0 {
		return nil
	}
	if !s.made {
		for _, name := range []string{s.m.Done, s.m.Hold} {
			err := s.watched(ctx, s.m.silence(), func() error { return s.c.Create(name, nil).Wait() })
			var said *imap.Error
			if err != nil && !errors.As(err, &said) { // it is there already, or MOVE will say
				return err
			}
		}
		s.made = true
	}
	return s.watched(ctx, s.m.silence(), func() error {
		if _, err := s.c.Move(imap.UIDSetNum(uids...), to).Wait(); err != nil {
			return &MailFault{"邮件移不到文件夹“" + to + "”", err}
		}
		return nil
	})
}

// fetch fetches one message and spools it. It leaves no mark on the server.
func (s *session) fetch(ctx context.Context, uid imap.UID) error {
	size, at, err := s.look(ctx, uid)
	if err != nil || size < 0 {
		return err
	}
	f := fetched{MailID: s.id(uid), at: at}
	section := &imap.FetchItemBodySection{Peek: true}
	if size > s.m.limit() {
		section.Specifier, f.whole = imap.PartSpecifierHeader, size
	}
	err = s.watched(ctx, fetchSilence, func() error {
		f.bytes, err = s.body(uid, section)
		return err
	})
	if err != nil || f.bytes == nil {
		return err
	}
	return s.m.Spool.spool(f)
}

// look asks for a message's size and date; a size below zero: it is gone.
func (s *session) look(ctx context.Context, uid imap.UID) (size int64, at time.Time, err error) {
	size = -1
	err = s.watched(ctx, s.m.silence(), func() error {
		found, err := s.c.Fetch(imap.UIDSetNum(uid),
			&imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true}).Collect()
		for _, d := range found {
			size, at = d.RFC822Size, d.InternalDate
		}
		return err
	})
	return size, at, err
}

// body reads one literal whole; nil when the message is gone.
func (s *session) body(uid imap.UID, section *imap.FetchItemBodySection) (b []byte, err error) {
	c := s.c.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true,
		BodySection: []*imap.FetchItemBodySection{section}})
	for msg := c.Next(); msg != nil; msg = c.Next() {
		for item := msg.Next(); item != nil; item = msg.Next() {
			d, ok := item.(imapclient.FetchItemDataBodySection)
			if !ok || d.Literal == nil {
				continue
			}
			if b, err = readLiteral(d.Literal); err != nil {
				return nil, errors.Join(err, c.Close())
			}
		}
	}
	return b, c.Close()
}

func readLiteral(l imap.LiteralReader) ([]byte, error) {
	var b bytes.Buffer
	n, err := io.Copy(&b, l)
	if err == nil && n != l.Size() {
		err = fmt.Errorf("%d bytes of %d: %w", n, l.Size(), io.ErrUnexpectedEOF)
	}
	return b.Bytes(), err
}

// wait waits for something to do: new mail, something committed, the time of
// a poll. A server that offers IDLE tells of new mail at once; the poll finds
// out when the connection has died in silence.
func (s *session) wait(ctx context.Context) error {
	poll := time.NewTimer(s.m.poll())
	defer poll.Stop()
	var idle *imapclient.IdleCommand
	if s.c.Caps().Has(imap.CapIdle) {
		err := s.watched(ctx, s.m.silence(), func() (err error) {
			idle, err = s.c.Idle()
			return err
		})
		if err != nil {
			return err
		}
	}
	select {
	case <-ctx.Done():
	case <-s.news:
	case <-s.m.taken:
	case <-poll.C:
	case <-s.c.Closed():
		return &MailFault{Said: "收信服务器断开了连接"}
	}
	if idle == nil {
		return nil
	}
	return s.watched(context.WithoutCancel(ctx), s.m.silence(), func() error {
		return errors.Join(idle.Close(), idle.Wait())
	})
}

func (m *Mailbox) poll() time.Duration {
	if m.Poll == 0 {
		return DefaultPoll
	}
	return m.Poll
}
