package ledger

import (
	"fmt"
	"time"

	"duban/pipeline/plan"
)

// How Go values stand in columns: NULL is unknown, or not given.

// at is a moment as it is stored, in the ledger's zone.
func (t *tx) at(moment time.Time) any {
	if moment.IsZero() {
		return nil
	}
	return moment.In(t.zone).Format(time.RFC3339Nano)
}

func number(v plan.Value) any { return given(v.String()) }
func month(m plan.Month) any  { return given(m.String()) }
func day(d plan.Date) any     { return given(d.String()) }

func given(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func id(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

// column reads one column; it is a sql.Scanner.
type column func(text string) error

// Scan implements sql.Scanner; NULL is read as "".
func (c column) Scan(src any) error {
	switch s := src.(type) {
	case nil:
		return c("")
	case string:
		return c(s)
	}
	return fmt.Errorf("a column that should be text holds %T", src)
}

func parsed[T any](to *T, parse func(string) (T, error)) column {
	return func(s string) (err error) {
		*to, err = parse(s)
		return err
	}
}

func toNumber(to *plan.Value) column { return parsed(to, plan.ParseValue) }
func toMonth(to *plan.Month) column  { return parsed(to, plan.ParseMonth) }
func toDay(to *plan.Date) column     { return parsed(to, plan.ParseDate) }

// toTime reads a moment into the ledger's zone; NULL is the zero time.
func (t *tx) toTime(to *time.Time) column {
	return parsed(to, func(s string) (time.Time, error) {
		if s == "" {
			return time.Time{}, nil
		}
		moment, err := time.Parse(time.RFC3339Nano, s)
		return moment.In(t.zone), err
	})
}

// toID reads a reference; NULL is 0.
type toID struct{ to *int64 }

// Scan implements sql.Scanner.
func (c toID) Scan(src any) error {
	switch n := src.(type) {
	case nil:
		*c.to = 0
	case int64:
		*c.to = n
	default:
		return fmt.Errorf("a column that should be a number holds %T", src)
	}
	return nil
}
