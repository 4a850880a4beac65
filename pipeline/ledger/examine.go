package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"time"
)

// Examine looks through a whole database without changing it and returns what
// is wrong with it, in SQLite's words: pages, indexes, and rows that point to
// none. It takes as long as reading it; Open looks only at the pages.
func Examine(ctx context.Context, path string) ([]string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	db, err := connect(ctx, path, "mode=ro", readerPragmas)
	if err != nil {
		return nil, explain(path, err)
	}
	defer db.Close()
	said, err := integrity(ctx, db)
	if err != nil || len(said) > 0 {
		return said, explain(path, err)
	}
	said, err = orphans(ctx, db)
	return said, explain(path, err)
}

func integrity(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var said string
		if err := rows.Scan(&said); err != nil {
			return nil, err
		}
		if said != "ok" {
			all = append(all, said)
		}
	}
	return all, rows.Err()
}

func orphans(ctx context.Context, db *sql.DB) ([]string, error) {
	rows, err := db.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() && len(all) < 20 {
		var table, parent string
		var row, key sql.NullInt64
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return nil, err
		}
		all = append(all, fmt.Sprintf("%s row %d points to no row of %s", table, row.Int64, parent))
	}
	return all, rows.Err()
}

// LastMoment is the latest moment at which anything was stored; zero for an
// empty ledger.
func (l *Ledger) LastMoment(ctx context.Context) (time.Time, error) {
	var last time.Time
	for _, column := range []string{"taken_at FROM deliveries", "at FROM audit", "done_at FROM jobs",
		"made_at FROM outgoing"} {
		var at time.Time
		err := l.read(ctx, func(t *tx) error {
			_, err := t.one("SELECT "+column+" ORDER BY id DESC LIMIT 1", nil, t.toTime(&at))
			return err
		})
		if err != nil {
			return last, err
		}
		if at.After(last) {
			last = at
		}
	}
	return last, nil
}

// Whose reads of one reading only whose it is and for which month; ErrNoRow
// when there is none.
func (l *Ledger) Whose(ctx context.Context, reading int64) (Reading, error) {
	return first(ctx, l, func(_ *tx, scan row) (r Reading, err error) {
		err = scan(&r.ID, &r.Unit, toMonth(&r.Month), &r.Opening)
		return r, err
	}, `SELECT id, unit, month, opening FROM readings WHERE id = ?`, reading)
}

const selectSent = selectOutgoing + ` WHERE done_at IS NOT NULL ORDER BY id`

// Sent hands over every row that was carried out, in order. take may ask the
// ledger.
func (l *Ledger) Sent(ctx context.Context, take func(Outgoing) error) error {
	return l.read(ctx, func(t *tx) error {
		return t.each(selectSent, nil, func(scan row) error {
			o, err := t.scanOutgoing(scan)
			if err != nil {
				return err
			}
			return take(o)
		})
	})
}
