package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Ledger is an open ledger. Its methods may be called from any goroutine;
// several programs may have the same ledger open.
type Ledger struct {
	path     string
	now      func() time.Time
	writer   *sql.DB // one connection
	readers  *sql.DB // read-only
	toWrite  map[string]*sql.Stmt
	toRead   map[string]*sql.Stmt
	began    bool
	marking  sync.Mutex
	marked   marker // as last written
	sequence int64  // as last committed here
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
}

const maxReaders = 4

// The pragmas of each connection, as they are set and as they read back.
var (
	pragmas = []struct{ name, set, back string }{
		{"busy_timeout", "10000", "10000"},
		{"journal_mode", "WAL", "wal"},
		{"synchronous", "FULL", "2"},
		{"foreign_keys", "1", "1"},
	}
	readerPragmas = []struct{ name, set, back string }{
		{"busy_timeout", "10000", "10000"},
		{"query_only", "1", "1"},
	}
)

// Open opens the ledger at path (a file on a local disk) and makes it when
// there is none. It refuses, with a *Fault, a database that is damaged, newer
// than the program, not a ledger, or not what the marker beside it speaks of.
func Open(ctx context.Context, path string, o Options) (*Ledger, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	l := &Ledger{path: path, now: o.Now}
	if l.now == nil {
		l.now = time.Now
	}
	if err := l.open(ctx, o); err != nil {
		l.Close()
		return nil, explain(path, err)
	}
	return l, nil
}

func (l *Ledger) open(ctx context.Context, o Options) error {
	mark, err := readMarker(l.path) // before the database, which only grows
	if err != nil {
		return err
	}
	switch there, err := present(l.path); {
	case err != nil:
		return err
	case there:
		if err := l.inspect(ctx, mark); err != nil {
			return err
		}
	case mark.id != "":
		return emptied(l.path)
	default:
		l.began = true
		if o.Begin != nil {
			if err := o.Begin(); err != nil {
				return err
			}
		}
	}
	l.writer, err = connect(ctx, l.path, "_txlock=immediate", pragmas)
	if err != nil {
		return err
	}
	l.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, l.writer, l.now()); err != nil {
		return err
	}
	if l.readers, err = connect(ctx, l.path, "mode=ro", readerPragmas); err != nil {
		return err
	}
	l.readers.SetMaxOpenConns(maxReaders)
	l.readers.SetMaxIdleConns(maxReaders)
	if l.toWrite, err = prepare(ctx, l.writer, writing); err != nil {
		return err
	}
	if l.toRead, err = prepare(ctx, l.readers, reading); err != nil {
		return err
	}
	found, err := identity(ctx, l.readers)
	if err != nil {
		return err
	}
	l.marked, l.sequence = marker{found.id, mark.sequence}, found.sequence
	if mark != found {
		return l.mark(true)
	}
	return nil
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

// inspect looks at an existing database without changing a byte of it.
func (l *Ledger) inspect(ctx context.Context, mark marker) error {
	db, err := connect(ctx, l.path, "mode=ro", readerPragmas)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var app, version, tables int
	err = errors.Join(
		db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app),
		db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version),
		db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables))
	if err != nil {
		return err
	}
	all, err := migrations()
	switch {
	case err != nil:
		return err
	case app == 0 && version == 0 && tables == 0: // was never begun
		if mark.id != "" {
			return emptied(l.path)
		}
		l.began = true
		return nil
	case app != applicationID:
		return &Fault{Err: ErrForeign, What: l.path + " 不是督办程序的台账",
			Fix: "请把该文件移走，再从备份恢复台账；本程序没有改动它。"}
	case version > len(all):
		return &Fault{Err: ErrNewer,
			What: fmt.Sprintf("台账 %s 由更新的程序写成（第%d版，本程序只认到第%d版）",
				l.path, version, len(all)),
			Fix: "请换用更新的程序；本程序没有改动台账。"}
	}
	if err := sound(ctx, db, l.path); err != nil {
		return err
	}
	found, err := identity(ctx, db)
	if err != nil {
		return err
	}
	return mark.against(l.path, found)
}

// sound has SQLite check the structure of the whole file.
func sound(ctx context.Context, db *sql.DB, path string) error {
	var said string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return damaged(path, errors.New(said))
	}
	return nil
}

// identity is what the database says of itself.
func identity(ctx context.Context, db *sql.DB) (marker, error) {
	var m marker
	err := db.QueryRowContext(ctx,
		"SELECT id, (SELECT coalesce(max(id), 0) FROM submissions) FROM ledger").
		Scan(&m.id, &m.sequence)
	return m, err
}

// connect opens a pool and reads back that its pragmas hold: SQLite ignores
// what it does not know.
func connect(ctx context.Context, path, option string,
	want []struct{ name, set, back string }) (*sql.DB, error) {
	query := []string{option}
	for _, p := range want {
		query = append(query, "_pragma="+p.name+"("+p.set+")")
	}
	name := filepath.ToSlash(path)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name // a drive letter
	}
	db, err := sql.Open("sqlite",
		"file://"+(&url.URL{Path: name}).EscapedPath()+"?"+strings.Join(query, "&"))
	if err != nil {
		return nil, err
	}
	for _, p := range want {
		var got string
		err := db.QueryRowContext(ctx, "PRAGMA "+p.name).Scan(&got)
		if err == nil && got != p.back {
			err = &Fault{Err: ErrUnusable,
				What: fmt.Sprintf("台账 %s 的设置 %s 不起作用（%s，应为 %s）",
					path, p.name, got, p.back),
				Fix: "请把工作目录放在本机磁盘上（不能放在网络共享或只读盘中）。"}
		}
		if err != nil {
			db.Close()
			return nil, err
		}
	}
	return db, nil
}

// Close brings the marker up to date and closes the ledger.
func (l *Ledger) Close() error {
	var err error
	if l.toRead != nil { // was open
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

// mark writes the marker when the ledger has come further, or when always.
func (l *Ledger) mark(always bool) error {
	l.marking.Lock()
	defer l.marking.Unlock()
	if l.sequence <= l.marked.sequence && !always {
		return nil
	}
	m := marker{l.marked.id, max(l.sequence, l.marked.sequence)}
	if err := m.write(l.path); err != nil {
		return err
	}
	l.marked = m
	return nil
}

// came notes how far a committed transaction brought the ledger. A marker that
// cannot be written lags behind, harmlessly, and is tried again the next time.
func (l *Ledger) came(sequence int64) {
	l.marking.Lock()
	l.sequence = max(l.sequence, sequence)
	l.marking.Unlock()
	_ = l.mark(false)
}
