package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Ledger is an open ledger. Its methods may be called from any goroutine;
// several programs may have the same ledger open.
type Ledger struct {
	path    string
	now     func() time.Time
	writer  *sql.DB // one connection; nil when opened to be examined
	readers *sql.DB // read-only
	toWrite map[string]*sql.Stmt
	toRead  map[string]*sql.Stmt
	began   bool
	told    marker // as it was found
	marking sync.Mutex
	marked  marker // as last written
	far     marker // as last committed here
}

// Options are what a ledger is given from outside.
type Options struct {
	// Now is the clock; its zone is the one moments are stored and given in.
	// time.Now when nil.
	Now func() time.Time
	// Begin is asked before a new, empty ledger is made where there was
	// neither database nor marker; its error refuses that, e.g. because the
	// archive is not empty. nil allows it.
	Begin func() error
	// Examine opens the ledger to be looked at only: not a byte is written, and
	// what the marker says against it is left to VerifyChain.
	Examine bool
}

// Open opens the ledger at path (a file on a local disk) and makes it when
// there is none. It refuses, with a *Fault, a database that is damaged, newer
// than the program, not a ledger, or not what the marker beside it speaks of.
func Open(ctx context.Context, path string, o Options) (*Ledger, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	for try := 1; ; try++ {
		l := &Ledger{path: path, now: o.Now}
		if err = explain(path, l.open(ctx, o)); err == nil {
			return l, nil
		}
		l.Close()
		// Two programs that make the same ledger at once: SQLite does not wait
		// while the other one switches to WAL.
		if !l.began || !errors.Is(err, ErrBusy) || try == 10 {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Duration(try) * 10 * time.Millisecond):
		}
	}
}

func (l *Ledger) open(ctx context.Context, o Options) error {
	mark, err := readMarker(l.path) // before the database, which only grows
	if err != nil {
		return err
	}
	all, err := migrations()
	if err != nil {
		return err
	}
	version := 0
	there, err := present(l.path)
	if err == nil && there {
		version, err = l.inspect(ctx, mark, len(all))
	}
	if o.Examine && (errors.Is(err, ErrRolledBack) || errors.Is(err, ErrRewritten)) {
		err = nil // VerifyChain says it
	}
	if err != nil {
		return err
	}
	if version == 0 {
		if err := l.begin(mark, o); err != nil {
			return err
		}
	}
	if o.Examine {
		if version < len(all) {
			return older(l.path, version, len(all))
		}
	} else if err := l.openToWrite(ctx, version, all); err != nil {
		return err
	}
	if l.readers, err = connect(ctx, l.path, "mode=ro", readerPragmas); err != nil {
		return err
	}
	l.readers.SetMaxOpenConns(maxReaders)
	l.readers.SetMaxIdleConns(maxReaders)
	if l.toRead, err = prepare(ctx, l.readers, reading); err != nil {
		return err
	}
	found, err := identity(ctx, l.readers, math.MaxInt64)
	if err != nil {
		return err
	}
	l.told, l.marked, l.far = mark, mark, found
	if mark != found && !o.Examine {
		return l.mark(true)
	}
	return nil
}

// openToWrite opens the one connection that writes, and brings an older ledger
// to this program's version.
func (l *Ledger) openToWrite(ctx context.Context, version int, all []migration) (err error) {
	l.writer, err = connect(ctx, l.path, "_txlock=immediate", pragmas)
	if err != nil {
		return err
	}
	l.writer.SetMaxOpenConns(1)
	if version < len(all) {
		if err := l.migrate(ctx, all); err != nil {
			return err
		}
	}
	l.toWrite, err = prepare(ctx, l.writer, writing)
	return err
}

// older says that a ledger which may not be written cannot be examined.
func older(path string, version, newest int) error {
	if version == 0 {
		return &Fault{Err: ErrOlder, What: "台账 " + path + " 还没有建立，没有可核验的",
			Fix: "请在收过报送件的工作目录中核验。"}
	}
	return &Fault{Err: ErrOlder,
		What: fmt.Sprintf("台账 %s 由旧版程序写成（第%d版，本程序是第%d版），还没有升级",
			path, version, newest),
		Fix: "请先运行一次 duban status，程序会升级台账并补建哈希链，然后再核验。"}
}

// begin asks whether an empty ledger may be made here.
func (l *Ledger) begin(mark marker, o Options) error {
	if mark.id != "" {
		return emptied(l.path)
	}
	l.began = true
	if o.Begin == nil {
		return nil
	}
	return o.Begin()
}

// present reports whether there is a database file with something in it. Its
// log without it means that it was removed.
func present(path string) (bool, error) {
	f, err := os.Stat(path)
	if err == nil && f.IsDir() {
		return false, &Fault{Err: ErrUnusable, What: "台账的位置 " + path + " 是一个文件夹",
			Fix: "请把该文件夹移走后再启动。"}
	}
	if err == nil && f.Size() > 0 {
		return true, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return false, emptied(path)
	}
	return false, nil
}

// inspect looks at an existing database, on one snapshot and without changing
// a byte of it, and returns its version: 0 when there is no ledger in it yet,
// as after a kill before the first commit.
func (l *Ledger) inspect(ctx context.Context, mark marker, newest int) (version int, err error) {
	db, err := connect(ctx, l.path, "mode=ro", readerPragmas)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback()
	var app, tables int
	for _, ask := range []struct {
		text string
		to   *int
	}{
		{"SELECT count(*) FROM sqlite_schema", &tables}, // the snapshot begins here
		{"PRAGMA application_id", &app},
		{"PRAGMA user_version", &version},
	} {
		if err := tx.QueryRowContext(ctx, ask.text).Scan(ask.to); err != nil {
			return 0, err
		}
	}
	switch {
	case app == 0 && version == 0 && tables == 0:
		return 0, nil
	case app != applicationID || version == 0:
		return 0, &Fault{Err: ErrForeign, What: l.path + " 不是督办程序的台账",
			Fix: "请把该文件移走，再从备份恢复台账；本程序没有改动它。"}
	case version > newest:
		return 0, &Fault{Err: ErrNewer,
			What: fmt.Sprintf("台账 %s 由更新的程序写成（第%d版，本程序只认到第%d版）",
				l.path, version, newest),
			Fix: "请换用更新的程序；本程序没有改动台账。"}
	}
	var said string
	if err := tx.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil {
		return 0, err
	}
	if said != "ok" {
		return 0, damaged(l.path, errors.New(said))
	}
	found, err := identity(ctx, tx, mark.head.seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, damaged(l.path, errors.New("it does not say which ledger it is"))
	}
	if err != nil {
		return 0, err
	}
	return version, mark.against(l.path, found)
}

// identity is what the database says of itself; its head is the last link of
// the chain up to upTo, none before there was a chain.
func identity(ctx context.Context, db interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, upTo int64) (marker, error) {
	var m marker
	var chained bool
	err := db.QueryRowContext(ctx, `SELECT id, (SELECT coalesce(max(id), 0) FROM submissions),
		EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'chain') FROM ledger`).
		Scan(&m.id, &m.sequence, &chained)
	if err != nil || !chained {
		return m, err
	}
	err = db.QueryRowContext(ctx, `SELECT seq, link FROM chain WHERE seq <= ?
		ORDER BY seq DESC LIMIT 1`, upTo).Scan(&m.head.seq, &m.head.link)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return m, err
}

// Close brings the marker up to date and closes the ledger.
func (l *Ledger) Close() error {
	var err error
	if l.toWrite != nil && l.toRead != nil { // was open
		err = l.mark(false)
	}
	for _, db := range []*sql.DB{l.readers, l.writer} { // the last one checkpoints
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return explain(l.path, err)
}

// Began reports whether this Open made the ledger.
func (l *Ledger) Began() bool { return l.began }
