package intake

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"duban/pipeline/durable"
)

// The channels a file can come by.
const (
	ByFolder  = "文件夹"
	ByCounter = "柜台"
	ByMail    = "邮件"
)

// Claim is one file that was taken: its bytes, and where they came from.
type Claim struct {
	ID         string    // unique; also the file's name in work
	Name       string    // what it was called, cleaned: for showing only
	Channel    string    // ByFolder, ByCounter, ByMail
	SubFolder  string    // inbox/<folder>/ it lay in, cleaned; "" for the top
	Unit       string    // the unit's code by that folder, or as the counter said
	By         string    // who handed it in at the counter
	Sender     string    // the address a mail came from
	SHA256     string    // of Bytes, in hex; "" when too big
	Bytes      []byte    // as they came; nil when too big
	Size       int64     // bytes
	TooBig     bool      // over the limit, and not read
	SeenAt     time.Time // when it was first noticed as it is; never the file's own time
	ReceivedAt time.Time // when the counter says it was handed over; else zero
	Attempts   int       // how often it was handed over again after a restart
	Path       string    // in work
	Mail       *MailID   // where a message was fetched from; nil for a file
	Whole      int64     // bytes of a message of which only the header was fetched; else 0

	// as is how the file in work was when its bytes were read, where nobody had it
	// open to write: as long as it is so, it has the same bytes. Else nil.
	as fs.FileInfo
}

// newID is unique and sorts by the machine's clock.
func newID() string {
	var b [6]byte
	rand.Read(b[:]) // never fails
	return fmt.Sprintf("%016x-%s", time.Now().UnixNano(), hex.EncodeToString(b[:]))
}

// taking is a file between inbox and work.
type taking struct {
	*sighting
	slip  slip
	file  *os.File
	info  fs.FileInfo
	alone bool // the system says that nobody has it open to write
}

// step is how many files are open at once, and moved between two flushes of the
// folders they come from.
const step = 200

// claim takes what has rested, step by step.
func (l *look) claim(ctx context.Context) {
	batch := l.f.Batch
	if batch <= 0 {
		batch = DefaultBatch
	}
	for len(l.rested) > 0 && l.taken < batch && l.held < maxHeld && ctx.Err() == nil {
		if !l.claimStep(min(step, batch-l.taken)) {
			return
		}
	}
}

// claimStep takes up to n files: opens and flushes them, writes their slips,
// moves and reads them. It reports false when there is no sense in going on.
func (l *look) claimStep(n int) bool {
	var all []*taking
	defer func() {
		for _, t := range all {
			t.file.Close()
		}
	}()
	for held := l.held; len(l.rested) > 0 && len(all) < n && held < maxHeld; {
		s := l.rested[0]
		l.rested = l.rested[1:]
		t := l.open(s)
		if t == nil {
			continue
		}
		all = append(all, t)
		if t.info.Size() <= l.f.limit() {
			held += t.info.Size()
		}
	}
	if all = l.flushed(all); len(all) == 0 {
		return true
	}
	slips := make([]slip, len(all))
	for i, t := range all {
		slips[i] = t.slip
	}
	err := durable.MkdirAll(l.f.Work, 0o755)
	if err == nil {
		err = l.f.writeSlips(slips)
	}
	if err != nil {
		l.say(noWork, l.f.Work, reason(err))
		return false
	}
	pairs := make([]durable.Pair, len(all))
	for i, t := range all {
		t.release()
		pairs[i] = durable.Pair{From: t.path, To: filepath.Join(l.f.Work, t.slip.ID)}
	}
	for i, err := range durable.MoveAll(pairs...) {
		l.arrive(all[i], err)
	}
	return true
}

// flushed are the files that are on the disk; the others stay where they lie.
func (l *look) flushed(all []*taking) []*taking {
	files := make([]*os.File, len(all))
	for i, t := range all {
		files[i] = t.file
	}
	var safe []*taking
	for i, err := range flush(files...) {
		if err != nil {
			all[i].file.Close()
			l.say(notTaken, all[i].path, reason(err))
			continue
		}
		safe = append(safe, all[i])
	}
	return safe
}

// open opens a file that has rested, if it is still the one that was noticed.
func (l *look) open(s *sighting) *taking {
	file, info, err := openRegular(s.path)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			l.say(unreadable, s.path, "")
		}
		return nil
	}
	if !same(s.info, info) {
		file.Close()
		return nil
	}
	written, said := beingWritten(file)
	if written {
		file.Close()
		l.say(writing, s.path, "")
		return nil
	}
	t := &taking{sighting: s, file: file, info: info, alone: said}
	t.slip = slip{
		ID: newID(), Name: []byte(filepath.Base(s.path)), Folder: []byte(s.folder),
		Channel: ByFolder, SeenAt: s.first,
	}
	t.slip.Shown = CleanName(string(t.slip.Name))
	return t
}

// arrive reads a file that was moved, or takes note that it was not.
func (l *look) arrive(t *taking, moved error) {
	work := filepath.Join(l.f.Work, t.slip.ID)
	if moved != nil {
		if _, err := os.Lstat(work); errors.Is(err, fs.ErrNotExist) {
			l.f.dropSlips(t.slip.ID)
			if !errors.Is(moved, fs.ErrNotExist) {
				l.say(notTaken, t.path, reason(moved))
			}
			return
		}
		// Moved, but not flushed: go on; a power cut at worst undoes the move.
		l.f.log().Error("取到的文件没有写实到磁盘，断电可能丢失", "id", t.slip.ID, "err", moved)
	}
	delete(l.f.seen, t.path)
	l.taken++
	c, err := l.f.read(t.slip.claim(l.f), t)
	if err == nil {
		l.held += int64(len(c.Bytes))
		l.claims = append(l.claims, c)
		l.f.log().Info("取到报送件", "id", c.ID, "sha256", c.SHA256, "size", c.Size)
		return
	}
	// Someone writes into it, or put another in its place: not rested after all.
	if l.f.putBack(t) == nil {
		l.back++
	} else {
		l.f.unread = append(l.f.unread, t.slip.ID)
	}
	l.say(changing, t.path, "")
}

// coarse is how long two changes of a file may have the same time.
const coarse = 2 * time.Second

var errChanged = errors.New("the file changed while it was read")

// read reads a claimed file once; t is how it was opened, nil after a restart.
func (f *Folder) read(c Claim, t *taking) (Claim, error) {
	var before fs.FileInfo
	var file *os.File
	if t != nil {
		before, file = t.info, t.file
	}
	if file == nil || !staysOpen {
		var info fs.FileInfo
		var err error
		if file, info, err = openRegular(c.Path); err != nil {
			return c, err
		}
		defer file.Close()
		if before == nil {
			before = info
		}
	}
	c.Size = before.Size()
	named, err := os.Lstat(c.Path)
	if err != nil {
		return c, err
	}
	if !sameContent(before, named) {
		return c, errChanged
	}
	if c.Size > f.limit() {
		c.TooBig = true
		return c, nil
	}
	c.Bytes, err = readAll(file, c.Size)
	if err != nil {
		return c, err
	}
	after, err := file.Stat()
	if err != nil || !sameContent(before, after) {
		return c, errors.Join(err, errChanged)
	}
	if t != nil && t.alone && time.Since(named.ModTime()) > coarse {
		c.as = named
	}
	sum := sha256.Sum256(c.Bytes)
	c.SHA256 = hex.EncodeToString(sum[:])
	return c, nil
}

// sameContent is same for a file that may have been copied to another file
// system on its way, where it has another identity.
func sameContent(a, b fs.FileInfo) bool {
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// readAll reads exactly size bytes and then finds the end.
func readAll(r io.Reader, size int64) ([]byte, error) {
	b := make([]byte, size)
	if _, err := io.ReadFull(r, b); err != nil {
		return nil, errors.Join(errChanged, err)
	}
	if n, _ := r.Read(make([]byte, 1)); n > 0 {
		return nil, errChanged
	}
	return b, nil
}

// putBack returns a file that was claimed too early to where it lay.
func (f *Folder) putBack(t *taking) error {
	err := durable.Move(filepath.Join(f.Work, t.slip.ID), t.path)
	if err != nil {
		return err
	}
	return f.dropSlips(t.slip.ID)
}
