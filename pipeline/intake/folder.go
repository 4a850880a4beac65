package intake

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// The defaults of a Folder.
const (
	DefaultRest    = 2 * time.Second
	DefaultEvery   = time.Minute
	DefaultLimit   = 60 << 20
	DefaultReserve = 200 << 20
	DefaultBatch   = 500
)

// maxHeld bounds the bytes that one Look holds in memory.
const maxHeld = 64 << 20

// Folder is an inbox on disk and the places its files go to. Set its fields
// before the first call; its methods may be called from several goroutines.
type Folder struct {
	Inbox      string // forms come in here, or into inbox/<unit>/
	Work       string // claimed files, by id, each with <id>.json beside it
	Archive    string // settled files, for ever, by hash
	Quarantine string // files held for a person, by hash; too big ones by id

	// Rest is how long size and time must have been still; 0 is DefaultRest,
	// a negative one takes files at first sight.
	Rest  time.Duration
	Every time.Duration // between the sweeps of Watch; 0 is DefaultEvery

	Limit   int64 // bytes; a bigger file is claimed and not read; 0 is DefaultLimit
	Reserve int64 // bytes that must be free on the disk; 0 is DefaultReserve
	Batch   int   // files claimed by one Look; 0 is DefaultBatch

	Now    func() time.Time           // the office's clock, for SeenAt; time.Now when nil
	Log    *slog.Logger               // may be nil
	UnitOf func(folder string) string // a folder's unit code, "" for none; may be nil
	// Free says how many bytes are free where dir lies; the system when nil.
	Free func(dir string) (int64, error)

	mu     sync.Mutex
	seen   map[string]*sighting // by path
	said   map[string]bool      // notices given, by path and code
	order  int
	unread []string             // ids in work whose bytes changed while they were read
	later  map[string]time.Time // ids to hand over again, and since when
	deaf   bool                 // hear no events, as on a network share; for tests
	woken  chan struct{}        // asks Watch for a look; see wake
	left   int                  // files seen by the last Look and not claimed yet

	bundles bundles
}

// sighting is a file that has been noticed and not yet claimed.
type sighting struct {
	path   string
	folder string // inbox/<folder>/, "" for the top
	info   fs.FileInfo
	since  time.Time // when it first looked like this; has a monotonic reading
	first  time.Time // the same by the office's clock
	order  int
}

// Look is one sweep: it notices what is new and claims what has rested, at
// most Batch files and 64 MB; call it again until it claims nothing. Every
// claim must be settled, or is handed over again by Pending after a restart.
// A fault of the disk is a notice, not an error, and leaves the inbox as it
// is; the error is ctx's or says that the inbox cannot be listed.
func (f *Folder) Look(ctx context.Context) ([]Claim, []Notice, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.begin()
	l := &look{f: f, present: map[string]bool{}}
	err := l.list()
	for path := range f.seen {
		if !l.present[path] {
			delete(f.seen, path)
		}
	}
	if err == nil && l.room() {
		f.readAgain(l)
		f.handLater(l)
		l.claim(ctx)
	}
	l.forgetNotices()
	f.left = len(f.seen) + l.back
	return l.claims, l.notices, cmp.Or(err, ctx.Err())
}

// Once is Look for a program that ends afterwards: it waits until what it has
// noticed has rested, and looks again.
func (f *Folder) Once(ctx context.Context) ([]Claim, []Notice, error) {
	claims, notices, err := f.Look(ctx)
	if err != nil || len(claims) > 0 || f.Waiting() == 0 {
		return claims, notices, err
	}
	select {
	case <-ctx.Done():
		return nil, notices, ctx.Err()
	case <-time.After(f.rest()):
	}
	claims, more, err := f.Look(ctx)
	return claims, append(notices, more...), err
}

// Waiting is how many files the last Look saw and left: not yet rested, or
// beyond the batch.
func (f *Folder) Waiting() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.left + len(f.unread)
}

func (f *Folder) begin() {
	if f.seen == nil {
		f.seen, f.said = map[string]*sighting{}, map[string]bool{}
	}
}

func (f *Folder) rest() time.Duration {
	if f.Rest < 0 {
		return 0
	}
	return cmp.Or(f.Rest, DefaultRest)
}

func (f *Folder) limit() int64 { return cmp.Or(f.Limit, DefaultLimit) }

func (f *Folder) now() time.Time {
	if f.Now != nil {
		return f.Now()
	}
	return time.Now()
}

func (f *Folder) log() *slog.Logger {
	if f.Log != nil {
		return f.Log
	}
	return slog.New(slog.DiscardHandler)
}

// look is the state of one sweep.
type look struct {
	f       *Folder
	present map[string]bool // paths and notice keys met in this sweep
	rested  []*sighting
	claims  []Claim
	notices []Notice
	held    int64
	taken   int // moved into work
	back    int // and put back
}

// list goes through the inbox and the folders in it.
func (l *look) list() error {
	entries, err := os.ReadDir(l.f.Inbox)
	if errors.Is(err, fs.ErrNotExist) {
		l.say(noInbox, l.f.Inbox, "")
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(l.f.Inbox, e.Name())
		if e.IsDir() {
			l.listFolder(path, e.Name())
			continue
		}
		l.meet(path, "", e)
	}
	slices.SortFunc(l.rested, func(a, b *sighting) int { return a.order - b.order })
	return nil
}

func (l *look) listFolder(path, folder string) {
	if hiddenFolder(folder) {
		return
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			l.say(unreadable, path, "")
		}
		return
	}
	if len(entries) > 0 && l.f.UnitOf != nil && l.f.UnitOf(folder) == "" {
		l.say(strangeFolder, path, "")
	}
	for _, e := range entries {
		below := filepath.Join(path, e.Name())
		if e.IsDir() {
			if !hiddenFolder(e.Name()) {
				l.say(tooDeep, below, "")
			}
			continue
		}
		l.meet(below, folder, e)
	}
}

// meet looks at one entry that is not a folder.
func (l *look) meet(path, folder string, e fs.DirEntry) {
	info, err := e.Info()
	if err != nil {
		return // gone already
	}
	if folder == "" && e.Name() == "README.md" {
		return
	}
	if ignored(e.Name()) {
		if l.f.now().Sub(info.ModTime()) > 24*time.Hour {
			l.say(leftover, path, "")
		}
		return
	}
	if !info.Mode().IsRegular() {
		l.say(notRegular, path, sort(info.Mode()))
		return
	}
	l.present[path] = true
	s := l.f.seen[path]
	if s == nil || !same(s.info, info) {
		l.f.order++
		s = &sighting{path, folder, info, time.Now(), l.f.now(), l.f.order}
		l.f.seen[path] = s
	}
	if time.Since(s.since) >= l.f.rest() {
		l.rested = append(l.rested, s)
	}
}

// same reports whether a file looks as it did: itself, its size, its time.
func same(a, b fs.FileInfo) bool {
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) && os.SameFile(a, b)
}

// room reports whether the disk has its reserve.
func (l *look) room() bool {
	free := l.f.Free
	if free == nil {
		free = freeBytes
	}
	n, err := free(l.f.Work)
	if err != nil {
		l.f.log().Warn("查不到磁盘剩余空间", "err", err)
		return true
	}
	if reserve := cmp.Or(l.f.Reserve, DefaultReserve); n < reserve {
		l.say(noRoom, l.f.Work, megabytes(n))
		return false
	}
	return true
}
