package pipeline_test

import (
	"context"
	"testing"
	"time"

	"duban/pipeline/digest"
	"duban/pipeline/plan"
)

// TestALineIsToldWithWhatItsPapersSaid makes the papers of January and March;
// January's figures are changed after its paper.
func TestALineIsToldWithWhatItsPapersSaid(t *testing.T) {
	ctx, c := context.Background(), &clock{}
	c.set(2025, time.February, 5, 9)
	w := open(t, newWorkspace(t), c)
	defer w.Close()
	january, march := plan.MonthOf(2025, 1), plan.MonthOf(2025, 3)
	reportAll(t, w, january, "rsj")
	c.set(2025, time.February, 20, 9)
	if _, err := w.Digest(ctx, january); err != nil {
		t.Fatal(err)
	}
	told := lineOf(t, reportOfEdition(t, w, january, "督查考核"), "T01-1", "rsj")
	c.set(2025, time.March, 1, 9)
	handIn(t, w, january, "rsj", 3)
	c.set(2025, time.April, 5, 9)
	reportAll(t, w, march, "rsj")
	c.set(2025, time.April, 20, 9)
	if _, err := w.Digest(ctx, march); err != nil {
		t.Fatal(err)
	}
	rep := reportOfEdition(t, w, march, "督查考核")
	l := lineOf(t, rep, "T01-1", "rsj")
	if len(rep.Months) != 12 || rep.Months[0] != "2024-04" || rep.Months[11] != "2025-03" {
		t.Fatalf("months %v", rep.Months)
	}
	for i, s := range l.Trail {
		switch s.Month {
		case "2025-01":
			if s.Light != told.Light || s.Value != told.Value {
				t.Errorf("January is told as %+v; its paper said %s %s", s, told.Light, told.Value)
			}
		case "2025-03":
			if s.Light != l.Light || s.Value != l.Value {
				t.Errorf("March is told as %+v, the line says %s %s", s, l.Light, l.Value)
			}
		default:
			if s.Light != "" || s.Value != "" {
				t.Errorf("month %d had no paper and is told as %+v", i, s)
			}
		}
	}
	if len(l.Revisions) != 1 {
		t.Fatalf("revisions %+v", l.Revisions)
	}
	v := l.Revisions[0]
	if v.Month != "2025-01" || !v.Late || !v.Published || v.Before == v.After || v.Before != told.Shown {
		t.Errorf("the change is told as %+v; before, the paper said %s", v, told.Shown)
	}
	if trend := rep.Trend; trend[9].Lines == 0 || trend[9].Done == "" || trend[10].Lights != nil ||
		trend[11].Lines != trend[9].Lines {
		t.Errorf("the trend is %+v", trend[9:])
	}
}

func lineOf(t *testing.T, r *digest.Report, id, unit string) digest.Line {
	t.Helper()
	for _, l := range r.Lines {
		if l.ID == id && l.UnitCode == unit {
			return l
		}
	}
	t.Fatalf("no line %s of %s", id, unit)
	return digest.Line{}
}
