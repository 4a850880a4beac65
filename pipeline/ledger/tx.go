package ledger

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"
)

// tx is one transaction with its moment: the clock stands still in it.
type tx struct {
	*sql.Tx
	ctx      context.Context
	prepared map[string]*sql.Stmt
	used     map[string]*sql.Stmt // what this transaction has used; nil: once, unprepared
	now      time.Time
	zone     *time.Location

	chaining []*chained // rows that get a link
	came     marker     // how far it brought the ledger, once committed
}

// Statements that are prepared when the ledger is opened: those of every file
// that arrives. Any other is prepared when it is used; one that writes, from the
// second time on for the rest of its transaction.
var (
	writing = slices.Concat(proving("deliveries", "readings"), insertFigures, insertFindings,
		insertExplanations, []string{selectClaim, selectEarlier, insertSubmission, insertReading,
			insertDelivery, stand, insertOutgoing, settleOutgoing, selectHead, insertLink})
	reading = append(readingTexts(currentOfUnit), selectSeen, selectClaimed, selectHead, selectDue)
)

func prepare(ctx context.Context, db *sql.DB, texts []string) (map[string]*sql.Stmt, error) {
	all := map[string]*sql.Stmt{}
	for _, text := range texts {
		s, err := db.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		all[text] = s
	}
	return all, nil
}

// write does f in one transaction, whole or not at all. Once begun it is not
// broken off: it is short, and a file in hand is finished.
func (l *Ledger) write(ctx context.Context, f func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var came marker
	err := l.in(context.WithoutCancel(ctx), l.writer, l.toWrite, func(t *tx) error {
		if err := f(t); err != nil {
			return err
		}
		err := t.enchain()
		came = t.came
		return err
	})
	if err == nil {
		l.came(came)
	}
	return err
}

// read does f on one snapshot of the ledger.
func (l *Ledger) read(ctx context.Context, f func(*tx) error) error {
	return l.in(ctx, l.readers, l.toRead, f)
}

func (l *Ledger) in(ctx context.Context, db *sql.DB, prepared map[string]*sql.Stmt,
	f func(*tx) error) error {
	began, err := db.BeginTx(ctx, nil)
	if err != nil {
		return explain(l.path, err)
	}
	defer began.Rollback()
	now := l.now()
	t := &tx{Tx: began, ctx: ctx, prepared: prepared, used: map[string]*sql.Stmt{}, now: now,
		zone: now.Location()}
	if err := f(t); err != nil {
		return explain(l.path, err)
	}
	return explain(l.path, began.Commit())
}

func (t *tx) exec(text string, args ...any) (sql.Result, error) {
	s := t.statement(text)
	if s == nil {
		if _, again := t.used[text]; again {
			var err error
			if s, err = t.PrepareContext(t.ctx, text); err != nil {
				return nil, err
			}
		}
		t.used[text] = s
	}
	if s == nil {
		return t.ExecContext(t.ctx, text, args...)
	}
	return s.ExecContext(t.ctx, args...)
}

// statement is a prepared one, as it is used in this transaction.
func (t *tx) statement(text string) *sql.Stmt {
	s := t.used[text]
	if s == nil && t.prepared[text] != nil {
		s = t.StmtContext(t.ctx, t.prepared[text])
		t.used[text] = s
	}
	return s
}

// insert returns the new row's id.
func (t *tx) insert(text string, args ...any) (int64, error) {
	r, err := t.exec(text, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// record inserts a row that gets a link of the chain, and returns its id.
func (t *tx) record(table, text string, args ...any) (int64, error) {
	row, err := t.insert(text, args...)
	t.chaining = append(t.chaining, &chained{place: place{table, row}})
	return row, err
}

func (t *tx) query(text string, args ...any) (*sql.Rows, error) {
	if s := t.statement(text); s != nil {
		return s.QueryContext(t.ctx, args...)
	}
	return t.QueryContext(t.ctx, text, args...)
}

// row scans one row of a query's rows.
type row func(dest ...any) error

// each hands over every row.
func (t *tx) each(text string, args []any, take func(row) error) error {
	rows, err := t.query(text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one scans the first row; it reports whether there was one.
func (t *tx) one(text string, args []any, dest ...any) (bool, error) {
	found := errors.New("found")
	err := t.each(text, args, func(scan row) error {
		if err := scan(dest...); err != nil {
			return err
		}
		return found
	})
	if err == found {
		return true, nil
	}
	return false, err
}

// list reads every row of a query into a slice.
func list[T any](ctx context.Context, l *Ledger, take func(*tx, row) (T, error),
	text string, args ...any) ([]T, error) {
	var all []T
	err := l.read(ctx, func(t *tx) error {
		return t.each(text, args, func(scan row) error {
			v, err := take(t, scan)
			all = append(all, v)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// first reads one row of a query; none is ErrNoRow.
func first[T any](ctx context.Context, l *Ledger, take func(*tx, row) (T, error),
	text string, args ...any) (T, error) {
	all, err := list(ctx, l, take, text, args...)
	var none T
	if err != nil {
		return none, err
	}
	if len(all) == 0 {
		return none, ErrNoRow
	}
	return all[0], nil
}
