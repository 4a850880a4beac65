package intake

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"duban/pipeline/durable"
)

// MailID is where a message lay when it was fetched. The server gives the two
// numbers; a mailbox that was built anew has another Validity.
type MailID struct {
	Account  string `json:"account"`
	Folder   string `json:"folder"`
	Validity uint32 `json:"validity"`
	UID      uint32 `json:"uid"`
}

// claim is the id under which a message is claimed: the same message always
// the same, later ones of a mailbox behind earlier ones.
func (id MailID) claim() string {
	return fmt.Sprintf("mail-%.8s-%08x-%08x", hash([]byte(id.Account+"\x00"+id.Folder)),
		id.Validity, id.UID)
}

// errNoRoom says that the disk has not its reserve.
var errNoRoom = errors.New("磁盘剩余空间不足，暂停收信")

// fetched is a message as it came from the server.
type fetched struct {
	MailID
	bytes []byte
	at    time.Time // when the server received it
	whole int64     // bytes of the message, where bytes is only its header; else 0
}

// spool puts a message into work, as a claim that the next Look hands over.
func (f *Folder) spool(m fetched) error {
	free := f.Free
	if free == nil {
		free = freeBytes
	}
	n, err := free(f.Work)
	if err == nil && n-int64(len(m.bytes)) < cmp.Or(f.Reserve, DefaultReserve) {
		return errNoRoom
	}
	if err := durable.MkdirAll(f.Work, 0o755); err != nil {
		return err
	}
	s := slip{ID: m.claim(), Name: []byte(m.claim() + ".eml"), Channel: ByMail, SeenAt: f.now(),
		Mail: &m.MailID, Whole: m.whole}
	if s.Shown = string(s.Name); !m.at.IsZero() && m.at.Before(s.SeenAt) {
		s.ReceivedAt = m.at
	}
	if err := durable.WriteAll(s.file(f.Work)); err != nil {
		return err
	}
	err = durable.WriteNew(filepath.Join(f.Work, s.ID), m.bytes, 0o644)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	f.mu.Lock()
	f.unread = append(f.unread, s.ID)
	f.mu.Unlock()
	f.wakeUp()
	return nil
}

// spooled reports whether a message lies in work.
func (f *Folder) spooled(id MailID) bool {
	_, err := os.Lstat(filepath.Join(f.Work, id.claim()))
	return err == nil
}

// wakeUp asks Watch for a look.
func (f *Folder) wakeUp() {
	select {
	case f.wake() <- struct{}{}:
	default: // one is waiting already
	}
}

func (f *Folder) wake() chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.woken == nil {
		f.woken = make(chan struct{}, 1)
	}
	return f.woken
}

// Part is a file that came inside a message.
type Part struct {
	ID     string // given by the caller, a function of message and place
	Name   string
	Bytes  []byte
	Unit   string // the code of the unit that sent the message; "" for nobody known
	Sender string // the address it came from
}

// Unpack makes a claim of its own of a file inside a message, in work beside
// the message. Unpacking again, as after a kill, gives the same claim.
func (f *Folder) Unpack(message Claim, p Part) (Claim, error) {
	s := slip{ID: p.ID, Name: []byte(p.Name), Shown: CleanName(p.Name), Channel: ByMail,
		Unit: p.Unit, Sender: p.Sender, SeenAt: message.SeenAt, ReceivedAt: message.ReceivedAt,
		Attempts: message.Attempts}
	c := f.Inside(message, p)
	if err := durable.MkdirAll(f.Work, 0o755); err != nil {
		return c, err
	}
	if err := durable.WriteAll(s.file(f.Work)); err != nil {
		return c, err
	}
	err := durable.WriteNew(c.Path, p.Bytes, 0o644)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return c, err
	}
	return c, nil
}

// Inside is the claim that Unpack would make; nothing is kept: for a trial.
func (f *Folder) Inside(message Claim, p Part) Claim {
	return Claim{ID: p.ID, Name: CleanName(p.Name), Channel: ByMail, Unit: p.Unit, Sender: p.Sender,
		SHA256: hash(p.Bytes), Bytes: p.Bytes, Size: int64(len(p.Bytes)), SeenAt: message.SeenAt,
		ReceivedAt: message.ReceivedAt, Attempts: message.Attempts, Path: filepath.Join(f.Work, p.ID)}
}
