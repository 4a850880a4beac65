package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// laid puts a filled form into a unit's folder of the inbox; version makes its
// figures differ from those of another.
func laid(t *testing.T, w *Workspace, folder, name, unit string, version int64) string {
	t.Helper()
	u := w.Plan.Unit(unit)
	blank, err := os.ReadFile(w.FormFile(damageMonth, u))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := w.Rows(context.Background(), damageMonth, u)
	if err != nil {
		t.Fatal(err)
	}
	var answers []form.Answer
	for _, r := range rows {
		say := func(c plan.Column, v plan.Value, text string) {
			answers = append(answers, form.Answer{ID: r.ID(), Column: c, Number: v, Text: text})
		}
		if r.NotDue {
			continue
		}
		say(plan.ColRemark, plan.Value{}, fmt.Sprint("第", version, "次"))
		switch {
		case r.Indicator == nil || r.Indicator.Kind == plan.Milestone:
			say(plan.ColProgress, plan.Value{}, string(plan.Underway))
		case r.Indicator.Kind == plan.Cumulative || r.Indicator.Kind == plan.Annual:
			say(plan.ColAdded, plan.Int(10+version), "")
			say(plan.ColTotal, plan.Int(10+version*version), "") // of some it is less than added
		case r.Indicator.Target.Known():
			say(plan.ColTotal, r.Indicator.Target, "")
		}
	}
	b, err := form.Fill(blank, "王小明", "李主任", answers)
	if err != nil {
		t.Fatal(err)
	}
	return dropped(t, w, folder, name, b)
}

func dropped(t *testing.T, w *Workspace, folder, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(w.Dir, "inbox", folder, name+".xlsx")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFilesTakenTogetherComeToWhatTheyDoOneByOne takes many files of a few units
// in one sweep, and has the ledger built a second time, delivery by delivery.
func TestFilesTakenTogetherComeToWhatTheyDoOneByOne(t *testing.T) {
	w := patientOffice(t)
	if _, err := w.IssueForms(context.Background(), damageMonth, nil); err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, unit := range []string{"rsj", "jyj", "zjj", "mzj", "wjj"} {
		first, err := os.ReadFile(laid(t, w, unit, "1", unit, 1))
		if err != nil {
			t.Fatal(err)
		}
		for version := range int64(4) {
			laid(t, w, unit, fmt.Sprint(2+version), unit, 2+version)
		}
		dropped(t, w, unit, "7-又一次", first) // an old one among newer ones
		dropped(t, w, unit, "8-又一次", first)
		dropped(t, w, unit, "9-半截", first[:len(first)/2])
		dropped(t, w, "cl", unit, first) // in another unit's folder
		dropped(t, w, "cl", unit+"-又一次", first)
		files += 10
	}
	swept, err := w.Once(context.Background())
	if err != nil || len(swept.Outcomes) != files {
		t.Fatalf("%d of %d are taken, %v", len(swept.Outcomes), files, err)
	}
	states := map[plan.State]int{}
	for _, o := range swept.Outcomes {
		states[o.State]++
	}
	if len(states) < 3 || states[plan.Quarantined] != 10 || states[plan.Returned] < 5 {
		t.Errorf("the files are too much alike: %v", states)
	}
	if n, err := w.Answered(context.Background()); n != files || err != nil {
		t.Errorf("%d are answered, %v", n, err)
	}
	rebuilt, err := w.Rebuild(context.Background(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range rebuilt.Tables {
		if table.Differ > 0 {
			t.Errorf("%s: one by one %q", table.Table, table.Lines)
		}
	}
}

// TestWhatSomebodyElseDecidedInBetweenCounts has another program give a unit more
// time while the first knows its deadline.
func TestWhatSomebodyElseDecidedInBetweenCounts(t *testing.T) {
	ctx, w := context.Background(), patientOffice(t)
	if _, err := w.IssueForms(ctx, damageMonth, nil); err != nil {
		t.Fatal(err)
	}
	late := func(version int64) bool {
		laid(t, w, "rsj", fmt.Sprint(version), "rsj", version)
		if s, err := w.Once(ctx); err != nil || len(s.Outcomes) != 1 {
			t.Fatalf("%+v, %v", s, err)
		}
		all, err := w.Ledger.EverySubmission(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return all[len(all)-1].Late
	}
	if !late(1) {
		t.Fatal("it is not late before anybody was given more time")
	}
	other := openOffice(t, w.Dir)
	defer other.Close()
	_, err := other.Extend(ctx, other.Plan.Unit("rsj"), damageMonth, time.Now().Add(24*time.Hour),
		Act{By: "王敏", Why: "核数", Document: "振督〔2025〕3号"})
	if err != nil {
		t.Fatal(err)
	}
	if late(2) {
		t.Error("it is judged by what was known before")
	}
}
