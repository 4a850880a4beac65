//go:build linux

package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // reads the ledger without the program
)

// evidence is what a workspace at rest says of itself: its ledger, read from a copy and
// without the program, and its files.
type evidence struct {
	deliveries  []delivery
	submissions map[string]int    // how often each hash was taken anew
	standing    map[string]string // unit, item and month → the figures that stand
	editions    map[string]string // what the editions' rows say
	undone      int               // rows that have not gone out
	unsound     []string          // what SQLite finds wrong
	places      map[string]map[string]int
}

// delivery is one arrival, with the verdict its receipt tells and the one that stands now:
// an administrator's decision makes another, with a receipt of its own.
type delivery struct {
	id               int64
	sum, name, state string
	stands           string
	again, decided   bool
}

// The places a file can be in, below the workspace.
var places = []string{"inbox", "state/work", "state/archive", "state/quarantine"}

// gather reads the ledger and the places.
func (t *trial) gather() *evidence {
	e := &evidence{submissions: map[string]int{}, standing: map[string]string{},
		editions: map[string]string{}, places: map[string]map[string]int{}}
	for _, p := range places {
		e.places[p] = t.hashes(p)
	}
	db, closed := t.ledgerCopy()
	defer closed()
	t.rows(db, `SELECT d.id, s.sha256, d.name, r.state, c.state, d.again,
		EXISTS (SELECT 1 FROM decisions WHERE submission = s.id) FROM deliveries d
		JOIN submissions s ON s.id = d.submission JOIN readings r ON r.id = d.reading
		JOIN readings c ON c.submission = s.id AND c.current = 1 ORDER BY d.id`,
		func(scan func(...any) error) error {
			var d delivery
			err := scan(&d.id, &d.sum, &d.name, &d.state, &d.stands, &d.again, &d.decided)
			e.deliveries = append(e.deliveries, d)
			return err
		})
	t.rows(db, `SELECT sha256, count(*) FROM submissions GROUP BY sha256`,
		func(scan func(...any) error) error {
			var sum string
			var n int
			err := scan(&sum, &n)
			e.submissions[sum] = n
			return err
		})
	t.figures(db, e.standing, `SELECT s.unit || ' ' || s.item || ' ' || s.month, f.state, f.added,
		f.total, f.a, f.b, f.progress, f.planned, f.actual, f.remark
		FROM standing s JOIN figures f ON f.id = s.figure`)
	t.figures(db, e.editions, `SELECT e.audience || ' ' || e.n || ' ' || f.item || ' ' || f.unit,
		f.value, f.done, f.due, f.light, f.sentence, f.target
		FROM edition_figures f JOIN editions e ON e.id = f.edition`)
	t.figures(db, e.editions, `SELECT e.audience || ' ' || e.n || ' unit ' || u.unit, u.due,
		u.on_time, u.state FROM edition_units u JOIN editions e ON e.id = u.edition`)
	t.must(db.QueryRow(`SELECT count(*) FROM outgoing WHERE done_at IS NULL`).Scan(&e.undone))
	for _, query := range []string{
		`SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
		`SELECT "table" || ' row ' || rowid || ' points to none' FROM pragma_foreign_key_check`,
	} {
		t.rows(db, query, func(scan func(...any) error) error {
			var said string
			err := scan(&said)
			e.unsound = append(e.unsound, said)
			return err
		})
	}
	return e
}

// ledgerCopy opens a copy of the ledger, so that looking changes nothing.
func (t *trial) ledgerCopy() (*sql.DB, func()) {
	dir, err := os.MkdirTemp(t.dir, "ledger-")
	t.must(err)
	for _, name := range []string{"duban.db", "duban.db-wal"} {
		b, err := os.ReadFile(filepath.Join(t.ws, "state", name))
		if name != "duban.db" && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		t.must(err)
		t.must(os.WriteFile(filepath.Join(dir, name), b, 0o644))
	}
	db, err := sql.Open("sqlite", "file://"+filepath.Join(dir, "duban.db"))
	t.must(err)
	return db, func() {
		db.Close()
		os.RemoveAll(dir)
	}
}

func (t *trial) rows(db *sql.DB, query string, take func(scan func(...any) error) error) {
	rows, err := db.Query(query)
	t.must(err)
	defer rows.Close()
	for rows.Next() {
		t.must(take(rows.Scan))
	}
	t.must(rows.Err())
}

// figures reads rows of a key and texts that may be null.
func (t *trial) figures(db *sql.DB, into map[string]string, query string) {
	rows, err := db.Query(query)
	t.must(err)
	defer rows.Close()
	columns, err := rows.Columns()
	t.must(err)
	for rows.Next() {
		cells := make([]sql.NullString, len(columns))
		to := make([]any, len(cells))
		for i := range cells {
			to[i] = &cells[i]
		}
		t.must(rows.Scan(to...))
		var said []string
		for _, c := range cells[1:] {
			if !c.Valid {
				c.String = "∅"
			}
			said = append(said, c.String)
		}
		into[cells[0].String] = strings.Join(said, "|")
	}
	t.must(rows.Err())
}

// hashes finds every regular file below a place and counts its hash; slips and what an
// empty inbox holds are not files that arrived.
func (t *trial) hashes(place string) map[string]int {
	found := map[string]int{}
	root := filepath.Join(t.ws, place)
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		slip := place == "state/work" && strings.HasSuffix(path, ".json")
		if slip || path == filepath.Join(root, "README.md") {
			return nil
		}
		b, err := os.ReadFile(path)
		sum := sha256.Sum256(b)
		found[hex.EncodeToString(sum[:])]++
		return err
	})
	t.must(err)
	return found
}
