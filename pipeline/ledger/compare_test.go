package ledger

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/pipeline/plan"
)

// filled is a ledger with something in every table that is compared.
func filled(t *testing.T) *Ledger {
	t.Helper()
	ctx, noon := t.Context(), time.Date(2025, 4, 3, 12, 0, 0, 0, time.UTC)
	l, err := Open(ctx, filepath.Join(t.TempDir(), "duban.db"),
		Options{Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	m := plan.MonthOf(2025, 3)
	figure := plan.Figure{ID: "T01-1", Unit: "rsj", Month: m, State: plan.Reported, Total: plan.Int(5)}
	rd := Reading{Unit: "rsj", Month: m, State: plan.Passed, Figures: []plan.Figure{figure},
		Findings:     []plan.Finding{{Code: "negative", Severity: plan.Note}},
		Explanations: []Explanation{{Item: "T01-1", Unit: "rsj", Rule: "negative", Month: m, Text: "说明"}}}
	taking := Taking{Claim: "c1", Delivery: plan.Delivery{SHA256: strings.Repeat("a", 64), ReceivedAt: noon},
		Reading: rd, Outgoing: []Outgoing{{Key: "receipt/c1", Kind: "receipt"}}}
	held := taking
	held.Claim, held.Delivery.SHA256 = "c2", strings.Repeat("b", 64)
	held.Reading.State, held.Reading.Unit = plan.Quarantined, "zjj"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, _, err = l.TakeAll(ctx, nil, []Taking{taking, held})
	must(err)
	_, err = l.Decide(ctx, Decision{Submission: 2, Verdict: Release, Unit: "rsj", Who: "王敏", Why: "核实"},
		rd, "", func(int64) []Outgoing {
			return []Outgoing{{Key: "receipt/decision", Kind: "receipt"}}
		})
	must(err)
	_, err = l.Waive(ctx, Waiver{Rule: "negative", From: m, To: m, Who: "王敏", Why: "口径", Document: "1号"}, "")
	must(err)
	_, err = l.Extend(ctx, Extension{Unit: "rsj", Month: m, Until: noon, Who: "王敏", Why: "系统",
		Document: "2号"}, "")
	must(err)
	must(l.RecordIssue(ctx, Issue{Unit: "rsj", Month: m, Number: 1, SHA256: "x"}))
	_, err = l.MakeEditions(ctx, []Edition{{Key: "d", Month: m, Audience: "督查考核", Issuer: "振政督", Wording: "文字",
		Figures: []EditionFigure{{Item: "T01-1", Unit: "rsj"}}, Units: []EditionUnit{{Unit: "rsj"}}}})
	must(err)
	return l
}

func compared(t *testing.T, a, b *Ledger) map[string]TableComparison {
	t.Helper()
	all, err := Compare(t.Context(), a, b)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]TableComparison{}
	for _, c := range all {
		by[c.Name] = c
	}
	return by
}

func TestEveryTableIsComparedOrSaysWhyNot(t *testing.T) {
	l := filled(t)
	var names []string
	err := l.read(t.Context(), func(x *tx) error {
		return x.each(`SELECT name FROM sqlite_schema WHERE type = 'table'`, nil, func(scan row) error {
			var name string
			err := scan(&name)
			names = append(names, name)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !slices.ContainsFunc(tables, func(x table) bool { return x.name == name }) {
			t.Errorf("table %s is not in the list: compare it, or say why not", name)
		}
	}
	for name, c := range compared(t, l, filled(t)) {
		if len(c.Differ) > 0 {
			t.Errorf("two ledgers of the same events differ in %s: %+v", name, c.Differ)
		}
		if c.Rows == 0 && c.Given == "" {
			t.Errorf("the test has no row of %s", name)
		}
	}
}

// TestEveryColumnThatDiffersIsFound changes each column of each compared table
// in turn, and back; only those that the list leaves out go by.
func TestEveryColumnThatDiffersIsFound(t *testing.T) {
	l := filled(t)
	for _, text := range []string{"PRAGMA foreign_keys = 0", "PRAGMA ignore_check_constraints = 1"} {
		if _, err := l.writer.Exec(text); err != nil { // of its one connection
			t.Fatal(err)
		}
	}
	read := func(x table) []keyedRow {
		t.Helper()
		all, err := l.rowsOf(t.Context(), x)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	for _, x := range tables {
		if x.given != "" {
			continue
		}
		before := read(x)
		for _, name := range append(slices.Clone(before[0].names), x.leave...) {
			if x.rows == ofEdition && name == "edition" {
				continue // the key of its edition stands for it
			}
			restore := spoil(t, l, x.name, name)
			var c TableComparison
			c.pair(before, read(x))
			if left := slices.Contains(x.leave, name); left == (len(c.Differ) > 0) {
				t.Errorf("%s.%s was changed; left out is %v, told is %+v", x.name, name, left, c.Differ)
			}
			restore()
		}
	}
}

// spoil changes a column of every row; what it returns puts it back.
func spoil(t *testing.T, l *Ledger, name, column string) func() {
	t.Helper()
	set := func(value string) error {
		_, err := l.writer.Exec("UPDATE " + name + " SET " + column + " = " + value)
		return err
	}
	if _, err := l.writer.Exec("CREATE TEMP TABLE was AS SELECT * FROM " + name); err != nil {
		t.Fatal(err)
	}
	if set("coalesce("+column+", 0) + 8888") != nil && set("coalesce("+column+", '') || '另'") != nil {
		if err := set("x'38'"); err != nil {
			t.Fatalf("%s.%s cannot be changed: %v", name, column, err)
		}
	}
	return func() {
		for _, text := range []string{"DELETE FROM " + name, "INSERT INTO " + name + " SELECT * FROM was",
			"DROP TABLE was"} {
			if _, err := l.writer.Exec(text); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestRowsThatOnlyOneHasAreCounted(t *testing.T) {
	a, b := filled(t), filled(t)
	_, err := a.Waive(t.Context(), Waiver{Rule: "x", From: 1, To: 2, Who: "王敏", Why: "y",
		Document: "z"}, "")
	if err != nil {
		t.Fatal(err)
	}
	if c := compared(t, a, b)["waivers"]; c.Missing != 1 || c.Extra != 0 || len(c.Differ) != 1 {
		t.Errorf("%+v", c)
	}
	if c := compared(t, b, a)["waivers"]; c.Missing != 0 || c.Extra != 1 || len(c.Differ) != 1 {
		t.Errorf("%+v", c)
	}
}

func TestEventsComeInTheOrderInWhichTheyHappened(t *testing.T) {
	l := filled(t)
	events, err := l.Events(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		switch {
		case e.Arrival != nil:
			got = append(got, e.Arrival.Claim)
		case e.Decision != nil:
			got = append(got, e.Decision.Verdict)
		case e.Run != nil:
			got = append(got, "a run that a decision made")
		case e.Digest != nil:
			got = append(got, "digest")
		}
	}
	if want := "c1 c2 放行"; !strings.Contains(strings.Join(got, " "), want) || len(got) != 4 {
		t.Errorf("events %v, want %s and the digest", got, want)
	}
}
