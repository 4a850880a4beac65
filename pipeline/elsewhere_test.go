package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// TestFiguresAreHeldAgainstWhatOthersReported hands in what two units say of
// one figure, and two rows of one unit that are the same thing.
func TestFiguresAreHeldAgainstWhatOthersReported(t *testing.T) {
	ctx, c := context.Background(), &clock{}
	c.set(2025, time.January, 25, 9)
	w := open(t, newWorkspace(t), c)
	defer w.Close()
	m := plan.MonthOf(2025, 1)
	if _, err := w.IssueForms(ctx, m, nil); err != nil {
		t.Fatal(err)
	}
	c.set(2025, time.February, 3, 9)
	hand := func(unit string, answers ...form.Answer) []plan.Finding {
		t.Helper()
		u := w.Plan.Unit(unit)
		blank, err := os.ReadFile(w.FormFile(m, u))
		if err != nil {
			t.Fatal(err)
		}
		filled, err := form.Fill(blank, "张三", "李四", answers)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), unit+".xlsx")
		if err := os.WriteFile(file, filled, 0o644); err != nil {
			t.Fatal(err)
		}
		outcomes, err := w.Submit(ctx, []string{file}, pipeline.Handing{Unit: u})
		if err != nil {
			t.Fatal(err)
		}
		return outcomes[0].Findings
	}
	total := func(id string, n int64) form.Answer {
		return form.Answer{ID: id, Column: plan.ColTotal, Number: plan.Int(n)}
	}
	hand("sfj", total("T29-2", 98))
	expect(t, hand("zfw", total("T29-2", 100)), "units-differ", plan.Note, "区司法局填报98%")
	expect(t, hand("rsj", total("T02-2", 97), total("A01-9", 96)), "linked-figures-differ",
		plan.Query, "“高校毕业生实名制回访率”（T02-2）的")
	// What was accepted counts as well as what stands in the form.
	expect(t, hand("rsj", total("A01-10", 91), total("T02-3", 91)), "", "", "")
	expect(t, hand("rsj", total("T02-3", 92)), "linked-figures-differ", plan.Query, "填报91%")
}

// expect looks for one finding among those of a form; code "" for none of the
// two kinds.
func expect(t *testing.T, findings []plan.Finding, code string, s plan.Severity, words string) {
	t.Helper()
	for _, f := range findings {
		if f.Code != "units-differ" && f.Code != "linked-figures-differ" {
			continue
		}
		if f.Code != code || f.Severity != s || !strings.Contains(f.Message, words) {
			t.Errorf("found %s %s %s", f.Code, f.Severity, f.Message)
		}
		return
	}
	if code != "" {
		t.Errorf("nothing is said of %s in %v", code, findings)
	}
}
