package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

var january = plan.MonthOf(2025, 1)

// digested is a workspace whose January two units reported, with its digest out.
func digested(t *testing.T) (*pipeline.Workspace, *clock) {
	t.Helper()
	c := &clock{}
	c.set(2025, time.January, 25, 9)
	w := open(t, newWorkspace(t), c)
	t.Cleanup(func() { w.Close() })
	c.set(2025, time.February, 3, 9)
	reportAll(t, w, january, "cl", "rsj")
	c.set(2025, time.February, 12, 9)
	if _, err := w.Digest(context.Background(), january); err != nil {
		t.Fatal(err)
	}
	c.set(2025, time.February, 20, 9)
	return w, c
}

func propose(t *testing.T, w *pipeline.Workspace) *pipeline.Proposal {
	t.Helper()
	p, err := w.Propose(context.Background(), january, false)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// latest is each audience's latest edition of January.
func latest(t *testing.T, w *pipeline.Workspace) map[string]ledger.Edition {
	t.Helper()
	all, err := w.Ledger.Editions(context.Background(), january)
	if err != nil {
		t.Fatal(err)
	}
	last := map[string]ledger.Edition{}
	for _, e := range all {
		last[e.Audience] = e
	}
	return last
}

func reportOf(t *testing.T, w *pipeline.Workspace, id int64) (ledger.Edition, *digest.Report) {
	t.Helper()
	e, err := w.Ledger.Edition(context.Background(), id)
	var rep digest.Report
	if err == nil {
		err = json.Unmarshal(e.Report, &rep)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e, &rep
}

func TestOnlyWhatWasSeenIsMade(t *testing.T) {
	ctx := context.Background()
	w, c := digested(t)
	handIn(t, w, january, "cl", 1)
	seen := propose(t, w)
	if len(seen.Changes) == 0 || len(latest(t, w)) == 0 || latest(t, w)["督查考核"].N != 1 {
		t.Fatalf("%d changes proposed", len(seen.Changes))
	}
	c.set(2025, time.February, 21, 9)
	handIn(t, w, january, "rsj", 1) // while somebody thinks it over
	var user *pipeline.UserError
	if _, err := w.CarryOut(ctx, seen); !errors.As(err, &user) || !strings.Contains(user.What, "台账又有变动") {
		t.Errorf("another difference was made than the one that was seen: %v", err)
	}
	if n := latest(t, w)["督查考核"].N; n != 1 {
		t.Errorf("edition %d was made", n)
	}

	seen = propose(t, w)
	_, err := w.Waive(ctx, pipeline.WaiverAsked{Rule: "total-fell", From: january + 9, To: january + 9},
		pipeline.Act{By: "王敏", Why: "口径", Document: "1号"}) // changes nothing of it
	if err != nil {
		t.Fatal(err)
	}
	made, err := w.CarryOut(ctx, seen)
	if err != nil || made[0].Edition != 2 {
		t.Errorf("made %+v, %v", made, err)
	}
	if again := propose(t, w); len(again.Changes) > 0 || again.Makes() != 0 {
		t.Errorf("computed once more it would change %+v", again.Changes)
	}
}

func TestAnotherEditionGoesToThoseWhoHadOneAndReadSomethingElse(t *testing.T) {
	ctx := context.Background()
	w, c := digested(t)
	first := latest(t, w)
	path := filepath.Join(w.Dir, "plan", "audiences.yaml")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b = append(b, `
  - name: 新来的
    file: 新
    form: 信函
    title: 函
    cut: all
    sections: [lineage]
`...)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	w = open(t, w.Dir, c)
	t.Cleanup(func() { w.Close() })
	handIn(t, w, january, "cl", 1)
	if _, err := w.CarryOut(ctx, propose(t, w)); err != nil {
		t.Fatal(err)
	}
	second := latest(t, w)
	if _, made := second["新来的"]; made || len(second) != len(first) {
		t.Errorf("%d audiences had an edition, %d have one now", len(first), len(second))
	}
	for _, name := range []string{"督查考核", "审计", "责任单位/cl"} {
		if second[name].N != 2 {
			t.Errorf("%s has edition %d", name, second[name].N)
		}
	}
	for name, e := range second {
		if e.N == 1 {
			continue
		}
		_, rep := reportOf(t, w, e.ID)
		if len(rep.Changes) == 0 {
			t.Errorf("%s got another edition, and nothing in it is different", name)
		}
		for _, x := range rep.Changes {
			if x.UnitCode != "cl" {
				t.Errorf("%s is told of %+v", name, x)
			}
		}
	}
	if n := second["责任单位/rsj"].N; n != 1 {
		t.Errorf("a unit that nothing changed for has edition %d", n)
	}
}

// TestWhatLeavesACutIsTold has a line of the leaders' paper become good.
func TestWhatLeavesACutIsTold(t *testing.T) {
	ctx := context.Background()
	w, _ := digested(t)
	_, before := reportOf(t, w, latest(t, w)["领导"].ID)
	if !slices.ContainsFunc(before.Lines, func(l digest.Line) bool { return l.ID == "A06-1" }) {
		t.Fatal("A06-1 was not behind to begin with")
	}
	handIn(t, w, january, "cl", 105)
	if _, err := w.CarryOut(ctx, propose(t, w)); err != nil {
		t.Fatal(err)
	}
	e, after := reportOf(t, w, latest(t, w)["领导"].ID)
	if e.N != 2 || slices.ContainsFunc(after.Lines, func(l digest.Line) bool { return l.ID == "A06-1" }) {
		t.Fatalf("edition %d has the line still: %+v", e.N, after.Changes)
	}
	if !slices.ContainsFunc(after.Changes, func(x digest.Change) bool {
		return x.ID == "A06-1" && x.What == "研判" && x.Cause == "更正"
	}) {
		t.Errorf("it is not told that the line has left: %+v", after.Changes)
	}
	d, err := w.Diff(ctx, january, 1, 2, "领导")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Changes) != len(after.Changes) {
		t.Errorf("the editions compared give %d changes, the paper %d", len(d.Changes),
			len(after.Changes))
	}
}

// TestAnUpgradeOfTheProgramIsNamed puts an edition into the ledger as an older
// program would have left it: the same files, and another light.
func TestAnUpgradeOfTheProgramIsNamed(t *testing.T) {
	ctx := context.Background()
	w, _ := digested(t)
	e, rep := reportOf(t, w, latest(t, w)["督查考核"].ID)
	i := slices.IndexFunc(rep.Lines, func(l digest.Line) bool { return l.ID == "A06-1" })
	rep.Lines[i].LightWord = "达到序时"
	old, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	inputs := e.Inputs
	inputs.Program = "0.0.9"
	if _, err := w.Ledger.MakeEditions(ctx, []ledger.Edition{{Key: "older", Month: january,
		Audience: "督查考核", MadeAt: e.MadeAt, Inputs: inputs, Report: old}}); err != nil {
		t.Fatal(err)
	}
	p := propose(t, w)
	if len(p.Changes) != 1 || p.Changes[0].Cause != "程序升级" || p.Changes[0].What != "研判" {
		t.Errorf("changes %+v", p.Changes)
	}
}
