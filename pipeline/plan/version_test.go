package plan_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/plan"
)

// adjusted is the small plan with a file of adjustments beside it.
func adjusted(t *testing.T, rows string) *plan.Plan {
	t.Helper()
	m := copyFS(t, os.DirFS(small))
	spoil(t, m, "plan.yaml", "numbers: numbers.yaml",
		"numbers: numbers.yaml\nadjustments: adjustments.yaml")
	m["adjustments.yaml"] = &fstest.MapFile{Data: []byte("adjustments:\n" + rows)}
	p, err := plan.Load(m, "plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const (
	raised = "  - {from: 2025-07, document: 云督〔2025〕8号, kind: target, indicator: T01-1, " +
		"target: 130, why: 上级下达}\n"
	moved = "  - {from: 2025-09, document: 云督〔2025〕9号, kind: reporters, indicator: T01-3, " +
		"reporters: [区城管局], why: 职责移交}\n"
	dropped = "  - {from: 2025-09, document: 云督〔2025〕9号, kind: dropped, indicator: T01-2, " +
		"why: 线路停建}\n"
	added = "  - from: 2025-08\n    document: 云督〔2025〕7号\n    kind: new\n    why: 上级增加\n" +
		"    new:\n      id: T03-1\n      name: 新设便民摊点\n      quote: 新设便民摊点30处\n" +
		"      kind: cumulative\n      measure: 处\n      target: 30\n" +
		"      target_as_written: 30处\n"
)

func month(t *testing.T, s string) plan.Month {
	t.Helper()
	m, err := plan.ParseMonth(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAMonthHasThePlanInForceThen(t *testing.T) {
	p := adjusted(t, raised+moved+dropped+added)
	for _, want := range []struct{ month, version, target, third, ids string }{
		{"2025-01", "small-1", "120", "jt", "T01-1 T01-2 T01-3"},
		{"2025-06", "small-1", "120", "jt", "T01-1 T01-2 T01-3"},
		{"2025-07", "small-1+1", "130", "jt", "T01-1 T01-2 T01-3"},
		{"2025-08", "small-1+2", "130", "jt", "T01-1 T01-2 T01-3 T03-1"},
		{"2025-09", "small-1+4", "130", "cg", "T01-1 T01-3 T03-1"},
		{"2026-12", "small-1+4", "130", "cg", "T01-1 T01-3 T03-1"},
	} {
		now := p.In(month(t, want.month))
		var ids []string
		for _, ind := range now.Indicators() {
			if ind.Item.ID == "T01" || ind.Item.ID == "T03" {
				ids = append(ids, ind.ID)
			}
			if now.Item(ind.Item.ID) != ind.Item {
				t.Errorf("%s: %s points at the item of another version", want.month, ind.ID)
			}
		}
		got := []string{now.Version, now.Indicator("T01-1").Target.String(),
			now.Indicator("T01-3").Reporters[0].Code, strings.Join(ids, " ")}
		if d := cmp.Diff([]string{want.version, want.target, want.third, want.ids}, got); d != "" {
			t.Errorf("%s: want -, got +:\n%s", want.month, d)
		}
	}
	if p.In(0) != p || p.In(month(t, "2026-12")) != p {
		t.Error("the latest plan is not the one that Load returns")
	}
}

func TestAPlanWithoutAdjustmentsIsTheSameInEveryMonth(t *testing.T) {
	p, err := plan.Read(small)
	if err != nil {
		t.Fatal(err)
	}
	if p.In(month(t, "2025-07")) != p || p.In(0) != p {
		t.Error("another plan came")
	}
}

func TestVersionsShareUnitsAndWhatIsNotAdjusted(t *testing.T) {
	p := adjusted(t, raised+moved)
	before, now := p.In(month(t, "2025-06")), p.In(month(t, "2025-09"))
	for i, u := range before.Units {
		if now.Units[i] != u {
			t.Errorf("%s is another unit now", u.Name)
		}
	}
	if now.Item("T02") != before.Item("T02") || now.Item("T01") == before.Item("T01") {
		t.Error("what is adjusted is copied, and nothing else")
	}
	if before.In(month(t, "2025-09")) != now || now.In(month(t, "2025-06")) != before {
		t.Error("a version does not lead to the others")
	}
}

func TestAPhaseAtTheDueMonthGoesWithTheTarget(t *testing.T) {
	ind := adjusted(t, raised).Indicator("T01-1")
	if len(ind.Phases) != 1 || ind.Phases[0].Month != month(t, "2025-12") {
		t.Errorf("phases %v", ind.Phases)
	}
	phased := strings.Replace(raised, "target: 130",
		"target: 130, phases: [{month: 2025-12, target: 70}]", 1)
	ind = adjusted(t, phased).Indicator("T01-1")
	if len(ind.Phases) != 1 || ind.Phases[0].Target.String() != "70" {
		t.Errorf("phases %v", ind.Phases)
	}
}

func TestAnAdjustmentSaysWhatItChanges(t *testing.T) {
	p := adjusted(t, raised+moved+dropped+added)
	var got []string
	for _, a := range p.Adjustments {
		got = append(got, a.ID+" "+a.Name()+"："+a.What()+"，"+a.Text())
	}
	want := []string{
		"T01-1 新增公交候车亭：目标调整，目标由120个调整为130个（云督〔2025〕8号）",
		"T03-1 新设便民摊点：新增指标，新增指标，目标为30处（云督〔2025〕7号）",
		"T01-3 文明乘车志愿活动：报送单位调整，报送单位由区交通局调整为区城市管理局（云督〔2025〕9号）",
		"T01-2 新辟公交专线投入运行：取消，取消，不再列入（云督〔2025〕9号）",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
	if n := len(p.Adjusted(month(t, "2025-09"))); n != 2 {
		t.Errorf("%d take effect in September, not 2", n)
	}
}

func TestWhatIsNoLongerInThePlanIsStillKnown(t *testing.T) {
	p := adjusted(t, dropped+moved+
		"  - {from: 2025-10, document: 云督〔2025〕11号, kind: dropped, indicator: T03, why: 并入}\n")
	jt, cg := p.Unit("jt"), p.Unit("cg")
	if p.Indicator("T01-2") != nil || p.Item("T03") != nil {
		t.Error("still in the plan")
	}
	if ind, _ := p.Ever("T01-2"); ind == nil || ind.Name != "新辟公交专线投入运行" {
		t.Errorf("T01-2 was %v", ind)
	}
	if _, it := p.Ever("T03"); it == nil {
		t.Error("T03 was not")
	}
	september := p.In(month(t, "2025-09"))
	for _, want := range []struct {
		p     *plan.Plan
		id    string
		unit  *plan.Unit
		taken bool
	}{
		{p, "T01-2", jt, true}, {p, "T01-3", jt, true}, {p, "T01-3", cg, false},
		{p, "T03", cg, true}, {september, "T03", cg, false}, {p, "T01-1", jt, false},
		{p.In(month(t, "2025-08")), "T01-2", jt, false}, {p, "T99-1", jt, false},
	} {
		if got := want.p.Taken(want.id, want.unit) != nil; got != want.taken {
			t.Errorf("%s: %s taken from %s: %v", want.p.Version, want.id, want.unit.Name, got)
		}
	}
}

func TestAVersionTellsWhatCameSince(t *testing.T) {
	p := adjusted(t, raised+moved+dropped+added)
	for _, want := range []struct {
		month, since string
		later        int // -1: no version of this plan
	}{
		{"2025-09", "small-1", 4}, {"2025-09", "small-1+2", 2}, {"2025-09", "small-1+4", 0},
		{"2025-07", "small-1", 1}, {"2025-07", "small-1+3", 0}, {"2025-06", "small-1+1", 0},
		{"2025-09", "small-1+5", -1}, {"2025-09", "small-1+x", -1}, {"2025-09", "small-2", -1},
		{"2025-09", "small-10", -1}, {"2025-09", "small-1+0", -1},
	} {
		later, own := p.In(month(t, want.month)).Since(want.since)
		if own != (want.later >= 0) || own && len(later) != want.later {
			t.Errorf("%s since %s: %d, %v", want.month, want.since, len(later), own)
		}
	}
}

func TestATargetThatComesInEndsPending(t *testing.T) {
	m := copyFS(t, os.DirFS(small))
	spoil(t, m, "plan.yaml", "numbers: numbers.yaml",
		"numbers: numbers.yaml\nadjustments: adjustments.yaml")
	spoil(t, m, "tasks.yaml", "        target: 24\n        target_as_written: 24场以上\n",
		"        external: true\n")
	m["adjustments.yaml"] = &fstest.MapFile{Data: []byte("adjustments:\n  - {from: 2025-03, " +
		"document: 云督〔2025〕3号, kind: external, indicator: T01-3, target: 20, why: 下达}\n")}
	p, err := plan.Load(m, "plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	before, now := p.In(month(t, "2025-02")).Indicator("T01-3"), p.Indicator("T01-3")
	if before.TargetText() != plan.Pending || !before.External {
		t.Errorf("before: %s", before.TargetText())
	}
	if now.TargetText() != "20场" || now.External {
		t.Errorf("now: %s", now.TargetText())
	}
	if got := p.Adjustments[0].Text(); got != "目标下达，为20场（云督〔2025〕3号）" {
		t.Error(got)
	}
}

func FuzzAdjustmentsMakeAPlanOfEveryMonthOrSayWhyNot(f *testing.F) {
	for _, rows := range []string{raised, moved, dropped, added, raised + moved + dropped + added} {
		f.Add([]byte("adjustments:\n" + rows))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m := copyFS(t, os.DirFS(small))
		spoil(t, m, "plan.yaml", "numbers: numbers.yaml",
			"numbers: numbers.yaml\nadjustments: adjustments.yaml")
		m["adjustments.yaml"] = &fstest.MapFile{Data: b}
		p, err := plan.Load(m, "plan.yaml")
		var files *plan.FilesError
		if err != nil {
			if !errors.As(err, &files) || files.Problems[0].File == "" {
				t.Errorf("a fault without a place: %v", err)
			}
			return
		}
		for at := p.From; at <= p.To; at++ {
			now := p.In(at)
			if now.In(at) != now || len(now.Units) != len(p.Units) {
				t.Errorf("%s is not the plan of its own month", now.Version)
			}
			for _, ind := range now.Indicators() {
				if now.Item(ind.Item.ID) != ind.Item {
					t.Errorf("%s: %s stands in another plan's item", now.Version, ind.ID)
				}
			}
		}
		for _, a := range p.Adjustments {
			if a.Text() == "" || a.Name() == "" || a.Item == nil {
				t.Errorf("says nothing: %+v", a)
			}
		}
	})
}
