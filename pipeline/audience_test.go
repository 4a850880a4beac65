package pipeline_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"duban/pipeline"
	"duban/pipeline/digest"
	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet/parts"
)

// word is a word that only one line of one unit says.
func word(id, unit string) string { return "q" + strings.ReplaceAll(id, "-", "x") + unit + "q" }

// reportAll has the units named hand in a month: one line in three far behind,
// each with a word of its own.
func reportAll(t testing.TB, w *pipeline.Workspace, m plan.Month, units ...string) {
	t.Helper()
	ctx := context.Background()
	if _, err := w.IssueForms(ctx, m, nil); err != nil {
		t.Fatal(err)
	}
	for _, code := range units {
		handIn(t, w, m, code, 0)
	}
}

// handIn fills and hands in a unit's form; shift makes its counts differ from
// those of another form of the month.
func handIn(t testing.TB, w *pipeline.Workspace, m plan.Month, code string, shift int64) {
	t.Helper()
	ctx := context.Background()
	u := w.Plan.Unit(code)
	rows, err := w.Rows(ctx, m, u)
	if err != nil {
		t.Fatal(err)
	}
	blank, err := os.ReadFile(w.FormFile(m, u))
	if err != nil {
		t.Fatal(err)
	}
	filled, err := form.Fill(blank, "测试", "审核", answersTo(rows, code, shift))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), code+".xlsx")
	if err := os.WriteFile(file, filled, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := w.Submit(ctx, []string{file}, pipeline.Handing{Unit: u})
	if err != nil || out[0].State == plan.Quarantined {
		t.Fatalf("%s: %v %+v", code, err, out)
	}
}

func answersTo(rows []form.Row, code string, shift int64) []form.Answer {
	var all []form.Answer
	for i, r := range rows {
		say := func(col plan.Column, v plan.Value, text string) {
			all = append(all, form.Answer{ID: r.ID(), Column: col, Number: v, Text: text})
		}
		if r.NotDue {
			continue
		}
		say(plan.ColRemark, plan.Value{}, word(r.ID(), code))
		if r.Indicator == nil {
			say(plan.ColProgress, plan.Value{}, string(plan.Underway))
			continue
		}
		switch r.Indicator.Kind {
		case plan.Cumulative, plan.Annual:
			last := plan.Int(0)
			if r.Last != nil && r.Last.Total.Known() {
				last = r.Last.Total
			}
			added := plan.Int(1 + shift)
			if target := r.Indicator.Target; target.Known() && i%3 > 0 && r.Last == nil {
				added = plan.Known(target.Decimal().Mul(decimal.RequireFromString("0.8")).Floor())
			}
			say(plan.ColAdded, added, "")
			say(plan.ColTotal, last.Add(added), "")
		case plan.Level, plan.Growth:
			if r.Indicator.Target.Known() {
				say(plan.ColTotal, r.Indicator.Target, "")
			}
		}
	}
	return all
}

// TestNoPaperHoldsARowThatIsNotForItsReader makes two months' papers for every
// audience and looks for each line's word in the bytes of each: only where the
// line belongs may it stand.
func TestNoPaperHoldsARowThatIsNotForItsReader(t *testing.T) {
	ctx, c := context.Background(), &clock{}
	c.set(2025, time.January, 25, 9)
	w := open(t, newWorkspace(t), c)
	defer w.Close()
	january := plan.MonthOf(2025, 1)
	c.set(2025, time.February, 5, 9)
	reportAll(t, w, january, "rsj", "mzj", "wjj", "nyncj", "jyj")
	c.set(2025, time.February, 20, 9)
	if _, err := w.Digest(ctx, january); err != nil {
		t.Fatal(err)
	}
	handIn(t, w, january, "rsj", 3) // after the paper: changed figures
	c.set(2025, time.March, 5, 9)
	reportAll(t, w, january+1, "rsj", "mzj", "wjj", "nyncj")
	c.set(2025, time.March, 20, 9)
	editions, err := w.Digest(ctx, january+1)
	if err != nil {
		t.Fatal(err)
	}
	whole := reportOfEdition(t, w, january+1, "督查考核")
	seen := map[string]int{}
	for _, e := range editions {
		printed := wordsOf(t, e.Files)
		said := printed + strings.ReplaceAll(printed, "\n", "") // a word may be parted
		for _, l := range whole.Lines {
			key := word(l.ID, l.UnitCode)
			if !strings.Contains(said, key) {
				continue
			}
			seen[e.Audience]++
			if !isFor(e, l, whole) {
				t.Errorf("%s %s holds the line %s of %s", e.Audience, e.Unit, l.ID, l.Unit)
			}
		}
		if e.Unit != "" {
			tellsOnlyOf(t, w, e, printed, said)
		}
	}
	t.Logf("words found: %v", seen)
	for _, name := range []string{"督查考核", "领导", "纪委监委", "责任单位"} {
		if seen[name] == 0 {
			t.Errorf("no paper for %s quotes any unit; this proves nothing", name)
		}
	}
}

// isFor says, in words of its own, whether a line is for the reader.
func isFor(e pipeline.Edition, l digest.Line, whole *digest.Report) bool {
	switch e.Audience {
	case "督查考核", "审计":
		return true
	case "领导":
		return l.Light == "behind" || l.Light == "far_behind"
	case "纪委监委":
		return len(l.Revisions) > 0 || l.RedMonths >= 3
	case "巡察":
		for _, s := range l.Trail {
			if s.Light == "behind" || s.Light == "far_behind" || s.Light == "missing" {
				return true
			}
		}
		return false
	}
	return l.UnitCode == e.Unit
}

// tellsOnlyOf fails where a unit's paper names an indicator that only others
// report, or another unit.
func tellsOnlyOf(t *testing.T, w *pipeline.Workspace, e pipeline.Edition,
	printed, said string) {
	t.Helper()
	unit := w.Plan.Unit(e.Unit)
	for _, id := range regexp.MustCompile(`\b[GTA]\d\d-\d+\b`).FindAllString(printed, -1) {
		if ind := w.Plan.Indicator(id); ind == nil || !ind.ReportedBy(unit) {
			t.Errorf("the paper for %s names %s", unit.Name, id)
		}
	}
	var notes strings.Builder // the plan's own, which may name who shares a task
	for _, ind := range w.Plan.Indicators() {
		if ind.ReportedBy(unit) {
			notes.WriteString(ind.Note)
		}
	}
	for _, u := range w.Plan.Units {
		if u != unit && strings.Contains(said, u.Name) && !strings.Contains(notes.String(), u.Name) {
			t.Errorf("the paper for %s names %s", unit.Name, u.Name)
		}
	}
}

func reportOfEdition(t *testing.T, w *pipeline.Workspace, m plan.Month, name string) *digest.Report {
	t.Helper()
	all, err := w.Ledger.Editions(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Audience != name {
			continue
		}
		e, err := w.Ledger.Edition(context.Background(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		var r digest.Report
		if err := json.Unmarshal(e.Report, &r); err != nil {
			t.Fatal(err)
		}
		return &r
	}
	t.Fatalf("no edition for %s", name)
	return nil
}

// wordsOf is everything that can be read out of files.
func wordsOf(t *testing.T, files []string) string {
	t.Helper()
	var all strings.Builder
	for _, f := range files {
		if filepath.Ext(f) == ".pdf" {
			tool, err := exec.LookPath("pdftotext")
			if err != nil {
				if os.Getenv("CI") != "" {
					t.Fatal("no pdftotext: run make tools")
				}
				t.Skip("no pdftotext: run make tools")
			}
			text, err := exec.Command(tool, "-raw", f, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b) // names of parts
		for _, p := range parts.Of(b) {
			all.WriteString(p.Text)
		}
	}
	return all.String()
}
