package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline"
	"duban/pipeline/digest"
	"duban/pipeline/form"
	"duban/pipeline/intake"
	"duban/pipeline/plan"
)

// handTotals hands in running totals of a unit's month, by their ids.
func handTotals(t *testing.T, w *pipeline.Workspace, m plan.Month, code string,
	totals map[string]int64) {
	t.Helper()
	u := w.Plan.Unit(code)
	blank, err := os.ReadFile(w.FormFile(m, u))
	if err != nil {
		t.Fatal(err)
	}
	var answers []form.Answer
	for id, n := range totals {
		answers = append(answers, form.Answer{ID: id, Column: plan.ColAdded, Number: plan.Int(100)},
			form.Answer{ID: id, Column: plan.ColTotal, Number: plan.Int(n)})
	}
	b, err := form.Fill(blank, "张三", "李四", answers)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), code+".xlsx")
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Submit(context.Background(), []string{file}, pipeline.Handing{Unit: u}); err != nil {
		t.Fatal(err)
	}
}

// TestAnAdjustmentChangesItsMonthAndNoneBefore lowers one target and lets another
// one come in, both from February on, before January's paper is made.
func TestAnAdjustmentChangesItsMonthAndNoneBefore(t *testing.T) {
	ctx, c := context.Background(), &clock{}
	c.set(2025, time.January, 25, 9)
	w := open(t, newWorkspace(t), c)
	defer w.Close()
	january, february := plan.MonthOf(2025, 1), plan.MonthOf(2025, 2)
	owner := w.Plan.Indicator("T22-1").Reporters[0].Code
	act := pipeline.Act{By: "王敏", Why: "区政府常务会议研究同意", Document: "振政办〔2025〕8号"}
	for _, x := range []plan.Asked{
		{Kind: plan.ChangeTarget, ID: "T01-1", From: february, Target: "9000"},
		{Kind: plan.SetTarget, ID: "T22-1", From: february, Target: "1000"},
	} {
		if _, err := w.Adjust(ctx, x, false, act); err != nil {
			t.Fatal(err)
		}
	}
	for i, m := range []plan.Month{january, february} {
		c.set(2025, time.Month(m.Number()), 25, 9)
		if _, err := w.IssueForms(ctx, m, nil); err != nil {
			t.Fatal(err)
		}
		c.set(2025, time.Month(m.Number()+1), 3, 9)
		handTotals(t, w, m, "rsj", map[string]int64{"T01-1": 8000 + 100*int64(i)})
		handTotals(t, w, m, owner, map[string]int64{"T22-1": 900 + 100*int64(i)})
		c.set(2025, time.Month(m.Number()+1), 12, 9)
		if _, err := w.Digest(ctx, m); err != nil {
			t.Fatal(err)
		}
	}
	pinned := map[plan.Month]string{january: "2024-1", february: "2024-1+2"}
	for m, version := range pinned {
		editions, err := w.Ledger.Editions(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		readings, err := w.Ledger.Readings(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		if len(editions) == 0 || editions[0].Inputs.PlanVersion != version {
			t.Errorf("the paper of %s is not pinned to %s: %+v", m, version, editions)
		}
		if len(readings) == 0 || readings[0].PlanVersion != version {
			t.Errorf("what was read of %s is not pinned to %s: %+v", m, version, readings)
		}
	}
	office, unit := "督查考核", "责任单位/rsj"
	before, now := reportOfEdition(t, w, january, office), reportOfEdition(t, w, february, office)
	var got []string
	for _, rep := range []*digest.Report{before, now} {
		for _, l := range []digest.Line{lineOf(t, rep, "T01-1", "rsj"), lineOf(t, rep, "T22-1", owner)} {
			got = append(got, strings.Join([]string{rep.Month, rep.PlanVersion, l.ID, l.Target,
				l.Light}, " "))
		}
	}
	want := []string{"2025-01 2024-1 T01-1 1.2万人以上 behind", "2025-01 2024-1 T22-1 目标待定 pending",
		"2025-02 2024-1+2 T01-1 9000人 on_time", "2025-02 2024-1+2 T22-1 1000" +
			w.Plan.Indicator("T22-1").Measure + " done"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
	lowered := []digest.Lowering{{Before: "1.2万人", After: "9000人", Month: "2025-02",
		Document: "振政办〔2025〕8号"}}
	if d := cmp.Diff(lowered, lineOf(t, now, "T01-1", "rsj").Lowerings); d != "" {
		t.Errorf("lowered: want -, got +:\n%s", d)
	}
	own := reportOfEdition(t, w, february, unit)
	if len(before.Adjustments) != 0 || len(now.Adjustments) != 2 || len(own.Adjustments) != 1 {
		t.Fatalf("papers speak of %v, %v, %v", before.Adjustments, now.Adjustments, own.Adjustments)
	}
	first := digest.Adjustment{What: "目标调整", ID: "T01-1", Name: "城镇新增就业人数",
		Unit: "区人力资源社会保障局", Units: []string{"rsj"}, Before: "1.2万人", After: "9000人",
		From: "2025-02", Document: "振政办〔2025〕8号", Why: "区政府常务会议研究同意"}
	if d := cmp.Diff(first, own.Adjustments[0]); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
	if told := reportOfEdition(t, w, february, "纪委监委"); len(told.Lines) == 0 ||
		told.Lines[0].ID != "T01-1" {
		t.Errorf("the discipline commission is not told of the lowered target: %v", told.Lines)
	}
}

func TestAnAdjustmentBesideADaemonSaysThatItMustBeStartedAnew(t *testing.T) {
	c := &clock{}
	c.set(2025, time.January, 25, 9)
	dir := newWorkspace(t)
	w := open(t, dir, c)
	defer w.Close()
	act := pipeline.Act{By: "王敏", Why: "研究同意", Document: "振政办〔2025〕8号"}
	adjust := func(id string) pipeline.Adjustment {
		t.Helper()
		made, err := w.Adjust(context.Background(), plan.Asked{Kind: plan.Drop, ID: id,
			From: plan.MonthOf(2025, 2)}, false, act)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	if adjust("T01-2").Running {
		t.Error("no daemon is running")
	}
	held, err := intake.Lock(filepath.Join(dir, "state"))
	if err != nil {
		t.Fatal("the adjustment holds on to the workspace: ", err)
	}
	defer held.Release()
	if !adjust("T01-3").Running {
		t.Error("a daemon is running, and nothing is said of it")
	}
}
