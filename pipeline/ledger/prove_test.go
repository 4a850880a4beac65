package ledger_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// lived is a ledger that has seen every kind of write. Its chain:
//
//	1 readings 1   2 deliveries 1    a, of rsj
//	3 readings 2   4 deliveries 2    b, of zjj
//	5 deliveries 3                   a again
//	6 readings 3   7 deliveries 4    c, held
//	8 runs 1 … 11 audit 1            c released: reading 4, decision 1
//	12 waivers 1   13 audit 2
//	14 extensions 1 15 audit 3
//	16 editions 1  17 papers 1 18 papers 2
//	19 runs 2 … 22 editions 2        the month again: reading 5, audit 4
//	23 audit 5
func lived(t *testing.T, dir string) *ledger.Ledger {
	t.Helper()
	l := open(t, dir)
	a := file("c1", "rsj", "a", figure("T01-1", "rsj", "6400"), figure("T01-2", "rsj", "7"))
	a.Reading.Findings = []plan.Finding{{Code: "unit-slip", Severity: plan.Query, Cell: "H7",
		Indicator: "T01-1", Unit: "rsj"}}
	a.Reading.Explanations = []ledger.Explanation{{Item: "T01-1", Unit: "rsj", Rule: "unit-slip",
		Month: march, Value: plan.Int(6400), Text: "属实"}}
	take(t, l, a)
	take(t, l, file("c2", "zjj", "b", figure("T02-1", "zjj", "1")))
	take(t, l, file("c3", "rsj", "a"))
	held := file("c4", "mzj", "c", figure("T03-1", "mzj", "3"))
	held.Reading.State = plan.Quarantined
	taken := take(t, l, held)
	rd := held.Reading
	rd.State = plan.Passed
	must[ledger.Decision](t)(l.Decide(t.Context(), ledger.Decision{Submission: taken.Submission,
		Verdict: ledger.Release, Unit: "mzj", Who: "王敏", Why: "电话核实"}, rd, "第4件",
		func(int64) []ledger.Outgoing { return []ledger.Outgoing{{Key: "decision", Kind: "receipt"}} }))
	must[ledger.Waiver](t)(l.Waive(t.Context(), ledger.Waiver{Rule: "total-fell", Item: "T01-1",
		From: march, To: march, Who: "王敏", Why: "口径", Document: "9号"}, "T01-1"))
	must[ledger.Extension](t)(l.Extend(t.Context(), ledger.Extension{Unit: "rsj", Month: march,
		Until: noon, Who: "王敏", Why: "迁移", Document: "10号"}, "rsj"))
	e := must[ledger.Edition](t)(makeEdition(l, edition("first")))
	pdf := ledger.Paper{Edition: e.ID, Name: "通报.pdf", SHA256: sum("pdf"), Size: 3}
	xlsx := ledger.Paper{Edition: e.ID, Name: "通报.xlsx", SHA256: sum("xlsx"), Size: 4}
	for range 2 { // known files change nothing
		if err := l.RecordPapers(t.Context(), pdf, xlsx); err != nil {
			t.Fatal(err)
		}
	}
	again := a.Reading
	again.Submission = 1
	must[ledger.Rerun](t)(l.Rerun(t.Context(), ledger.Rerun{Month: march, Who: "王敏", Why: "更正",
		Readings: []ledger.Reading{again}, Editions: []ledger.Edition{edition("second")}}))
	if err := l.Audit(t.Context(), "王敏", "查看", "最后一条"); err != nil {
		t.Fatal(err)
	}
	return l
}

// broken is what VerifyChain says, a line for each break.
func broken(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	p := must[ledger.Proof](t)(l.VerifyChain(t.Context()))
	var all []string
	for _, b := range p.Breaks {
		line := fmt.Sprint(b.What, " ", b.Seq, " ", b.Table, " ", b.Row)
		if b.Part != "" {
			line += " " + b.Part
		}
		if b.Label != "" {
			line += " (" + b.Label + ")"
		}
		if b.Other != 0 {
			line += fmt.Sprint(" from ", b.Other)
		}
		all = append(all, line)
	}
	return strings.Join(all, "\n")
}

func TestEveryWriteIsChained(t *testing.T) {
	l := lived(t, t.TempDir())
	same(t, "breaks", "", broken(t, l))
	p := must[ledger.Proof](t)(l.VerifyChain(t.Context()))
	if p.Links != 23 {
		t.Errorf("%d links, want 23", p.Links)
	}
	same(t, "the last link", p.Head, must[string](t)(l.LinkAt(t.Context(), 23)))
	if _, err := l.LinkAt(t.Context(), 24); !errors.Is(err, ledger.ErrNoRow) {
		t.Errorf("behind the end: %v", err)
	}
}

const cutTail = "DELETE FROM audit WHERE id = 5; DELETE FROM chain WHERE seq = 23"

// tampers are what somebody does to the database behind the program's back,
// and what names it.
var tampers = []struct{ name, sql, want string }{
	{"a figure's value", "UPDATE figures SET total = '9999' WHERE id = 1",
		"changed 1 readings 1 figures (T01-1 rsj 2025-03)"},
	{"a figure's cell", "UPDATE figures SET cell = 'H8' WHERE id = 3",
		"changed 3 readings 2 figures (T02-1 zjj 2025-03)"},
	{"a figure is taken out",
		"DELETE FROM figures WHERE id = 7; DELETE FROM standing WHERE figure = 7",
		"removed 20 readings 5 figures (T01-2 rsj 2025-03)"},
	{"a figure is put in", `INSERT INTO figures SELECT 99, reading, 'T09-1', unit, month, state,
		added, total, a, b, progress, planned, actual, expected, remark, sheet, cell, raw, opening, 0
		FROM figures WHERE id = 3`, "added 3 readings 2 figures (T09-1 zjj 2025-03)"},
	{"a finding", "DELETE FROM findings WHERE id = 1",
		"removed 1 readings 1 findings (unit-slip T01-1 rsj H7)"},
	{"words of a unit", "UPDATE explanations SET text = '不实' WHERE id = 1",
		"changed 1 readings 1 explanations (T01-1 rsj unit-slip)"},
	{"figures change places", `UPDATE figures SET id = 99 WHERE id = 1;
		UPDATE figures SET id = 1 WHERE id = 2; UPDATE figures SET id = 2 WHERE id = 99`,
		"changed 1 readings 1 figures (T01-1 rsj 2025-03)\n" +
			"changed 1 readings 1 figures (T01-2 rsj 2025-03)"},
	{"the late one is not late", "UPDATE readings SET filler = '赵六' WHERE id = 2",
		"changed 3 readings 2 readings (zjj 2025-03)"},
	{"an older reading counts again", `UPDATE readings SET current = 0 WHERE id = 5;
		UPDATE readings SET current = 1 WHERE id = 1`, "current 0 readings 5 (rsj 2025-03)\n" +
		"standing 0 figures 6 (T01-1 rsj 2025-03)\nstanding 0 figures 7 (T01-2 rsj 2025-03)"},
	{"another figure stands", "UPDATE standing SET figure = 1 WHERE figure = 6",
		"standing 0 figures 1 (T01-1 rsj 2025-03)"},
	{"a submission with all its rows", `DELETE FROM standing WHERE figure = 3;
		DELETE FROM figures WHERE reading = 2; DELETE FROM readings WHERE id = 2;
		DELETE FROM deliveries WHERE id = 2; DELETE FROM submissions WHERE id = 2`,
		"removed 3 readings 2 (zjj 2025-03)\nremoved 4 deliveries 2 (b.xlsx)"},
	{"who sent it", "UPDATE deliveries SET sender = 'rsj' WHERE id = 2",
		"changed 4 deliveries 2 deliveries (b.xlsx)"},
	{"its hash", "UPDATE submissions SET sha256 = replace(sha256, substr(sha256, 60), '00000')" +
		" WHERE id = 2", "changed 4 deliveries 2 submissions (3e23e8160039)"},
	{"audit lines change places", `UPDATE audit SET id = 99 WHERE id = 2;
		UPDATE audit SET id = 2 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 99`,
		"moved 13 audit 2 (延期) from 3\nmoved 15 audit 3 (豁免) from 2"},
	{"an audit line's text", "UPDATE audit SET detail = 'nothing' WHERE id = 3",
		"changed 15 audit 3 audit (延期)"},
	{"an audit line is gone", "DELETE FROM audit WHERE id = 3", "removed 15 audit 3 (延期)"},
	{"an audit line is put in", `INSERT INTO audit VALUES (9, '2025', '王敏', '豁免', '')`,
		"unlinked 0 audit 9 (豁免)"},
	{"a decision is gone", "DELETE FROM decisions", "removed 10 decisions 1 (放行)"},
	{"a waiver's rule", "UPDATE waivers SET to_month = '2025-12'",
		"changed 12 waivers 1 waivers (total-fell T01-1 )"},
	{"an extension is gone", "DELETE FROM extensions", "removed 14 extensions 1 (rsj 2025-03)"},
	{"why a month was run again", "UPDATE runs SET why = '例行' WHERE id = 2",
		"changed 19 runs 2 runs (2025-03)"},
	{"an edition's report", "UPDATE editions SET report = x'7b7d' WHERE id = 1",
		"changed 16 editions 1 report (2025-03 督查考核 1)"},
	{"an edition's number", "UPDATE numbers SET n = 7 WHERE n = 1",
		"removed 16 editions 1 numbers (振政督 2025 1)\nadded 16 editions 1 numbers (振政督 2025 7)"},
	{"an edition's figure", "UPDATE edition_figures SET light = 'on_time' WHERE edition = 1",
		"changed 16 editions 1 edition_figures (T01-1 rsj)"},
	{"a unit's punctuality", "UPDATE edition_units SET on_time = '按时' WHERE edition = 2",
		"changed 22 editions 2 edition_units (rsj)"},
	{"the wording of editions", "UPDATE wordings SET text = 'x'",
		"wording 0 wordings 0 (9c47df678a42)"},
	{"a paper's hash", "UPDATE papers SET sha256 = '" + strings.Repeat("0", 64) + "' WHERE id = 2",
		"changed 18 papers 2 papers (通报.xlsx)"},
	{"a link is gone", "DELETE FROM chain WHERE seq = 13",
		"gap 14 extensions 1\nlink 14 extensions 1\nunlinked 0 audit 2 (豁免)"},
	{"links change places", `UPDATE chain SET seq = 99 WHERE seq = 13;
		UPDATE chain SET seq = 13 WHERE seq = 15; UPDATE chain SET seq = 15 WHERE seq = 99`,
		"link 13 audit 3\nlink 14 extensions 1\nlink 15 audit 2\norder 15 audit 2\nlink 16 editions 1"},
	{"a link's hash", "UPDATE chain SET link = '" + strings.Repeat("0", 64) + "' WHERE seq = 12",
		"link 12 waivers 1\nlink 13 audit 2"},
	{"the tail is cut", cutTail, "tail 23  22"},
	{"the tail is another one", cutTail + `; INSERT INTO chain VALUES (23, 'audit', 5, '', '` +
		strings.Repeat("0", 64) + "')", "link 23 audit 5\nrewritten 23  0"},
}

func TestEveryTamperingIsNamed(t *testing.T) {
	for _, c := range tampers {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			lived(t, dir).Close()
			do(t, raw(t, dir), c.sql)
			l := examined(t, dir)
			same(t, "breaks", c.want, broken(t, l))
		})
	}
}

func examined(t *testing.T, dir string) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), filepath.Join(dir, "duban.db"),
		ledger.Options{Now: clock(), Examine: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestExaminingLeavesTheEvidence(t *testing.T) {
	dir := t.TempDir()
	lived(t, dir).Close()
	do(t, raw(t, dir), cutTail)
	marker := get(t, filepath.Join(dir, ledger.MarkerName))
	before := get(t, filepath.Join(dir, "duban.db"))
	examined(t, dir).Close()
	same(t, "marker", string(marker), string(get(t, filepath.Join(dir, ledger.MarkerName))))
	same(t, "database", string(before) == string(get(t, filepath.Join(dir, "duban.db"))), true)
}

func TestALedgerWithAnotherChainThanWasMarkedIsRefused(t *testing.T) {
	for text, want := range map[string]error{
		cutTail: ledger.ErrRolledBack,
		"UPDATE chain SET link = '" + strings.Repeat("0", 64) + "' WHERE seq = 23": ledger.ErrRewritten,
	} {
		dir := t.TempDir()
		lived(t, dir).Close()
		do(t, raw(t, dir), text)
		_, err := ledger.Open(t.Context(), filepath.Join(dir, "duban.db"), ledger.Options{})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", text, err, want)
		}
	}
}

// withoutChain makes a ledger one from before the chain.
func withoutChain(t *testing.T, dir string) {
	t.Helper()
	steps, err := os.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	do(t, raw(t, dir), fmt.Sprintf(`DROP TABLE chain; DROP TABLE papers;
		PRAGMA user_version = %d`, len(steps)-1))
	path := filepath.Join(dir, ledger.MarkerName)
	text, _, _ := strings.Cut(string(get(t, path)), "chain ")
	put(t, path, []byte(text))
}

func TestAnOlderLedgerIsChainedWhenItIsOpened(t *testing.T) {
	dir := t.TempDir()
	lived(t, dir).Close()
	withoutChain(t, dir)
	o := ledger.Options{Now: clock(), Examine: true}
	_, err := ledger.Open(t.Context(), filepath.Join(dir, "duban.db"), o)
	if !errors.Is(err, ledger.ErrOlder) {
		t.Errorf("examined before it was brought up to date: %v", err)
	}
	l := open(t, dir)
	same(t, "breaks", "", broken(t, l))
	p := must[ledger.Proof](t)(l.VerifyChain(t.Context()))
	if p.Links != 23-2+1 { // without the papers, and a line that says so
		t.Errorf("%d links", p.Links)
	}
	acts := must[[]ledger.Act](t)(l.Acts(t.Context()))
	if last := acts[len(acts)-1]; last.Act != "补建哈希链" || !strings.Contains(last.Detail, "21条") {
		t.Errorf("the audit log says %+v", last)
	}
	if err := l.Audit(t.Context(), "王敏", "查看", ""); err != nil {
		t.Fatal(err)
	}
	same(t, "breaks", "", broken(t, l))
}
