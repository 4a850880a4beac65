package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The rules of the chain:
//
//   - A row of one of the tables in kinds, with all rows that belong to it, is
//     one link. It is added in the transaction that writes the row.
//   - What a link says is a line for each of those rows: the table, a label for
//     people, and the SHA-256 of its columns, with tabs between. So a break can
//     be named down to the figure.
//   - A column goes into that hash as "-;" for NULL, "i42;" for a number and
//     "t5:text;" or "b5:…;" for a text or bytes of that many bytes.
//   - The link is the SHA-256 of the link before it ("" for the first), seq,
//     kind, row and what it says, with a line feed between.
//   - What may change later (readings.current, standing, outgoing) is in no
//     link; VerifyChain works the first two out anew.

// kind is one kind of link: a table, and what of it is proven.
type kind struct {
	table string
	parts []part
}

// part is a table whose rows belong to the row ?1: itself, or what it owns.
type part struct{ name, query string }

func own(name, label, columns, from string) part {
	return part{name, "SELECT " + label + ", " + columns + " FROM " + from}
}

// kinds is everything that is chained, in the order in which the rows of a
// ledger from before the chain are.
var kinds = []kind{
	{"deliveries", []part{
		own("deliveries", "name", `claim, submission, reading, again, name, channel, sender,
			handed_by, received_at, taken_at`, "deliveries WHERE id = ?1"),
		own("submissions", "substr(sha256, 1, 12)", "id, sha256, size, taken_at",
			"submissions WHERE id = (SELECT submission FROM deliveries WHERE id = ?1)"),
	}},
	{"runs", []part{own("runs", "month", "month, at, who, why, program, plan_version",
		"runs WHERE id = ?1")}},
	{"readings", []part{
		own("readings", "unit || ' ' || ifnull(month, '')", `submission, run, at, program,
			plan_version, unit, month, state, late, opening, filler, reviewer`,
			"readings WHERE id = ?1"),
		own("figures", "item || ' ' || unit || ' ' || month", `id, item, unit, month, state,
			added, total, a, b, progress, planned, actual, expected, remark, sheet, cell, raw,
			opening, accepted`, "figures WHERE reading = ?1 ORDER BY id"),
		own("findings", "code || ' ' || item || ' ' || unit || ' ' || cell", `id, code, severity,
			sheet, cell, item, unit, message, fix, whole_file`,
			"findings WHERE reading = ?1 ORDER BY id"),
		own("explanations", "item || ' ' || unit || ' ' || rule", `id, item, unit, month, rule,
			value, text`, "explanations WHERE reading = ?1 ORDER BY id"),
	}},
	{"decisions", []part{own("decisions", "verdict",
		"submission, reading, verdict, unit, who, why, at", "decisions WHERE id = ?1")}},
	{"extensions", []part{own("extensions", "unit || ' ' || month",
		"unit, month, until, who, why, document, at", "extensions WHERE id = ?1")}},
	{"waivers", []part{own("waivers", "rule || ' ' || item || ' ' || unit",
		"rule, item, unit, from_month, to_month, who, why, document, at",
		"waivers WHERE id = ?1")}},
	{"editions", []part{
		own("editions", "month || ' ' || audience || ' ' || n", `key, month, audience, n,
			supersedes, run, made_at, inputs, wording`, "editions WHERE id = ?1"),
		own("report", "month || ' ' || audience || ' ' || n", "report", "editions WHERE id = ?1"),
		own("numbers", "issuer || ' ' || year || ' ' || n", "issuer, year, n, key, at",
			"numbers WHERE key = (SELECT key FROM editions WHERE id = ?1)"),
		own("edition_figures", "item || ' ' || unit", `row, item, unit, value, done, due, target,
			light, sentence, figure`, "edition_figures WHERE edition = ?1 ORDER BY row"),
		own("edition_units", "unit", "unit, due, on_time, state",
			"edition_units WHERE edition = ?1 ORDER BY unit"),
	}},
	{"papers", []part{own("papers", "name", "edition, name, sha256, size, program, at",
		"papers WHERE id = ?1")}},
	{"audit", []part{own("audit", "act", "at, who, act, detail", "audit WHERE id = ?1")}},
}

func kindOf(table string) (kind, bool) {
	for _, k := range kinds {
		if k.table == table {
			return k, true
		}
	}
	return kind{}, false
}

// proving lists the statements that say what stands in some tables.
func proving(tables ...string) []string {
	var all []string
	for _, k := range kinds {
		for _, p := range k.parts {
			if slices.Contains(tables, k.table) {
				all = append(all, p.query)
			}
		}
	}
	return all
}

// Head is the end of the chain: as long as it is the same, nothing that is in
// the chain has come to it.
type Head struct {
	seq  int64 // 0 for an empty chain
	link string
}

// next is the head behind one more link.
func (h Head) next(table string, row int64, says string) Head {
	text := fmt.Sprintf("%s\n%d\n%s\n%d\n%s", h.link, h.seq+1, table, row, says)
	sum := sha256.Sum256([]byte(text))
	return Head{h.seq + 1, hex.EncodeToString(sum[:])}
}

// place is where a row stands.
type place struct {
	table string
	row   int64
}

// chained is a row that gets a link when its transaction is done.
type chained struct {
	place
	says []byte // what the link will say; nil: it is read from the tables then
}

const (
	selectHead = `SELECT seq, link FROM chain ORDER BY seq DESC LIMIT 1`
	insertLink = `INSERT INTO chain (seq, kind, row, says, link) VALUES (?, ?, ?, ?, ?)`
)

// enchain adds the links of what was recorded.
func (t *tx) enchain() error {
	if len(t.chaining) == 0 {
		return nil
	}
	h, err := t.head()
	if err != nil {
		return err
	}
	for _, c := range t.chaining {
		says, err := t.saysOf(c)
		if err != nil {
			return err
		}
		h = h.next(c.table, c.row, says)
		if _, err = t.exec(insertLink, h.seq, c.table, c.row, says, h.link); err != nil {
			return err
		}
	}
	t.came.head = h
	return nil
}

// Head is where the chain ends.
func (l *Ledger) Head(ctx context.Context) (h Head, err error) {
	err = l.read(ctx, func(t *tx) error {
		h, err = t.head()
		return err
	})
	return h, err
}

func (t *tx) head() (h Head, err error) {
	_, err = t.one(selectHead, nil, &h.seq, &h.link)
	return h, err
}

func (t *tx) saysOf(c *chained) (string, error) {
	k, ok := kindOf(c.table)
	if !ok {
		return "", fmt.Errorf("%s has no place in the chain", c.table)
	}
	if c.says != nil {
		return string(c.says), nil
	}
	return t.says(k, c.row)
}

// says is what a link says of a row, as the tables have it; "" when the row
// and all it owned are gone.
func (t *tx) says(k kind, row int64) (string, error) {
	var all []byte
	for _, p := range k.parts {
		var err error
		if all, err = t.lines(p, row, all); err != nil {
			return "", fmt.Errorf("%s %d: %w", k.table, row, err)
		}
	}
	return string(all), nil
}

func (t *tx) lines(p part, row int64, to []byte) ([]byte, error) {
	rows, err := t.query(p.query, row)
	if err != nil {
		return to, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return to, err
	}
	values := make([]any, len(names))
	scanned := make([]any, len(names))
	for i := range values {
		scanned[i] = &values[i]
	}
	var b []byte
	for rows.Next() {
		if err := rows.Scan(scanned...); err != nil {
			return to, err
		}
		b = b[:0]
		for _, v := range values[1:] {
			b = proven(b, v)
		}
		label, _ := values[0].(string)
		to = line(to, p.name, label, b)
	}
	return to, rows.Err()
}

// line is what a link says of one row of a part.
func line(to []byte, part, label string, columns []byte) []byte {
	sum := sha256.Sum256(columns)
	to = append(append(append(to, part...), '\t'), labelled(label)...)
	return append(hex.AppendEncode(append(to, '\t'), sum[:]), '\n')
}

// proven adds a column to what is hashed.
func proven(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "-;"...)
	case int64:
		return append(strconv.AppendInt(append(b, 'i'), v, 10), ';')
	case string:
		b = append(strconv.AppendInt(append(b, 't'), int64(len(v)), 10), ':')
		return append(append(b, v...), ';')
	case []byte:
		b = append(strconv.AppendInt(append(b, 'b'), int64(len(v)), 10), ':')
		return append(append(b, v...), ';')
	}
	panic(fmt.Sprintf("ledger: a column that holds %T", v))
}

// labelled is a label on one line: it comes from files of strangers.
func labelled(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}
