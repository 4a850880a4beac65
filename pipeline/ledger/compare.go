package ledger

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// The rules this file keeps:
//
//   - Every table is here: compared, or with the reason why it is not. A column
//     that is new is compared until somebody says otherwise.
//   - Rows are paired by a key that means the same in both ledgers; ids are
//     given in the order of what happened, so they are keys too.

// table is how a table is compared.
type table struct {
	name  string
	rows  string   // which rows, as SQL; "": all
	key   []string // columns that name a row
	leave []string // columns that are not compared: ids that others stand for,
	// and how often something was tried, which no second ledger can repeat
	given string // why it is not compared at all; "" when it is
}

// tables is every table of the ledger.
var tables = []table{
	{name: "submissions", key: []string{"id"}},
	{name: "deliveries", key: []string{"id"}},
	{name: "readings", key: []string{"id"}},
	{name: "figures", key: []string{"id"}},
	{name: "findings", key: []string{"id"}},
	{name: "explanations", key: []string{"id"}},
	{name: "standing", key: []string{"unit", "item", "month"}},
	{name: "decisions", key: []string{"id"}},
	{name: "waivers", key: []string{"id"}},
	{name: "extensions", key: []string{"id"}},
	{name: "runs", key: []string{"id"}},
	{name: "editions", key: []string{"key"}, leave: []string{"id", "supersedes"}},
	{name: "edition_figures", rows: ofEdition, key: []string{"made", "row"},
		leave: []string{"edition"}},
	{name: "edition_units", rows: ofEdition, key: []string{"made", "unit"},
		leave: []string{"edition"}},
	{name: "numbers", key: []string{"key"}},
	{name: "wordings", key: []string{"sha256"}},
	{name: "outgoing", rows: answers, key: []string{"key"},
		leave: []string{"id", "edition", "done_at", "attempts", "last_error",
			"next_try", "given_up_at"}},
	{name: "issues", key: []string{"id"}},
	{name: "jobs", given: "定时任务的记录，不由报送件产生"},
	{name: "mails", given: "邮件收发的记录，不由报送件产生"},
	{name: "mail_places", given: "邮件收发的记录，不由报送件产生"},
	{name: "papers", given: "写出的文件的记录；重建的台账不写文件"},
	{name: "chain", given: "哈希链随入账先后而定，另用 duban verify 核验"},
	{name: "audit", given: "操作记录，不由报送件产生"},
	{name: "ledger", given: "台账自己的编号"},
}

// Letters and forms go out too; they follow from no file.
const answers = `SELECT * FROM outgoing WHERE kind IN ('receipt', 'transcript', 'digest')`

const ofEdition = `SELECT e.key AS made, x.* FROM %s x JOIN editions e ON e.id = x.edition`

// TableComparison is what came of comparing one table.
type TableComparison struct {
	Name    string
	Rows    int    // of the first ledger
	Given   string // why it was not compared; "" when it was
	Differ  []RowDifference
	Missing int // rows of the first that the second lacks
	Extra   int // rows of the second that the first lacks
}

// RowDifference is one column of a row that differs, or a row that only one has.
type RowDifference struct {
	Key, Column   string // Column "" where a whole row is lacking
	First, Second string
}

// Compare holds two ledgers against each other, table by table and row by row.
func Compare(ctx context.Context, first, second *Ledger) ([]TableComparison, error) {
	var all []TableComparison
	for _, t := range tables {
		c := TableComparison{Name: t.name, Given: t.given}
		a, err := first.rowsOf(ctx, t)
		if err != nil {
			return nil, err
		}
		c.Rows = len(a)
		if t.given == "" {
			b, err := second.rowsOf(ctx, t)
			if err != nil {
				return nil, err
			}
			c.pair(a, b)
		}
		all = append(all, c)
	}
	return all, nil
}

// keyedRow is a row as text, column by column.
type keyedRow struct {
	key   string
	names []string
	cells []string
}

// pair holds rows against each other.
func (c *TableComparison) pair(a, b []keyedRow) {
	other := map[string]keyedRow{}
	for _, r := range b {
		other[r.key] = r
	}
	for _, r := range a {
		o, ok := other[r.key]
		delete(other, r.key)
		if !ok {
			c.Missing++
			c.Differ = append(c.Differ, RowDifference{Key: r.key, First: "有", Second: "无"})
			continue
		}
		for i, name := range r.names {
			if r.cells[i] != o.cells[i] {
				c.Differ = append(c.Differ, RowDifference{r.key, name, r.cells[i], o.cells[i]})
			}
		}
	}
	for _, r := range b {
		if _, extra := other[r.key]; extra {
			c.Extra++
			c.Differ = append(c.Differ, RowDifference{Key: r.key, First: "无", Second: "有"})
		}
	}
}

func (t table) query() string {
	switch t.rows {
	case "":
		return "SELECT * FROM " + t.name
	case ofEdition:
		return fmt.Sprintf(ofEdition, t.name)
	}
	return t.rows
}

// rowsOf reads a whole table.
func (l *Ledger) rowsOf(ctx context.Context, t table) ([]keyedRow, error) {
	var all []keyedRow
	err := l.read(ctx, func(x *tx) error {
		rows, err := x.query(t.query())
		if err != nil {
			return err
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		cells, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			all = append(all, t.keyed(columns, cells))
		}
		return rows.Err()
	})
	return all, err
}

func (t table) keyed(columns []string, cells []any) keyedRow {
	var r keyedRow
	var key []string
	for i, name := range columns {
		text := cellText(cells[i])
		if slices.Contains(t.key, name) {
			key = append(key, text)
		} else if !slices.Contains(t.leave, name) {
			r.names, r.cells = append(r.names, name), append(r.cells, text)
		}
	}
	r.key = strings.Join(key, " ")
	return r
}

// cellText is a value as it is compared and told; a long one by its hash.
func cellText(v any) string {
	var s string
	switch v := v.(type) {
	case nil:
		return "—"
	case []byte:
		s = string(v)
	default:
		s = fmt.Sprint(v)
	}
	const most = 200
	if len(s) > most {
		return fmt.Sprintf("%d字节 %.12x", len(s), sha256.Sum256([]byte(s)))
	}
	return s
}
