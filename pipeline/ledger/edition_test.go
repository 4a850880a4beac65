package ledger_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

func edition(key string) ledger.Edition {
	return ledger.Edition{Key: key, Month: march, Audience: "督查考核", Issuer: "振政督",
		MadeAt: noon, Report: []byte(`{"Month":"2025-03"}`),
		Inputs: ledger.Inputs{Program: "0.1.0", PlanVersion: "2024-1", Files: []string{sum("a")},
			Readings: []int64{1}},
		Wording: "{{define \"title\"}}关于{{.Month}}的通报{{end}}",
		Figures: []ledger.EditionFigure{{Item: "T01-1", Unit: "rsj", Value: plan.Int(6400),
			Target: plan.Int(12000), Light: "behind", Sentence: "截至3月底……"}},
		Units:    []ledger.EditionUnit{{Unit: "rsj", Due: 7, OnTime: "迟报", State: plan.Partly}},
		Outgoing: []ledger.Outgoing{{Key: "digest/" + key, Kind: "digest"}}}
}

func TestTheSameKeyIsTheSameEdition(t *testing.T) {
	l := open(t, t.TempDir())
	first := must[ledger.Edition](t)(makeEdition(l, edition("2025-04-08")))
	if first.N != 1 || first.NumberText() != "振政督〔2025〕1号" {
		t.Errorf("the first edition is 第%d版 %s", first.N, first.NumberText())
	}
	changed := edition("2025-04-08")
	changed.Report = []byte(`{}`)
	again := must[ledger.Edition](t)(makeEdition(l, changed))
	same(t, "the edition made again", first, again)

	second := must[ledger.Edition](t)(makeEdition(l, edition("again")))
	if second.N != 2 || second.Supersedes != first.ID || second.Number != 2 {
		t.Errorf("the second edition is %+v", second)
	}
	other := edition("other audience")
	other.Audience, other.NumberFrom = "审计", 10
	if o := must[ledger.Edition](t)(makeEdition(l, other)); o.N != 1 || o.Number != 10 {
		t.Errorf("the other audience's is %+v", o)
	}
	next := edition("next year")
	next.MadeAt = noon.AddDate(1, 0, 0)
	if n := must[ledger.Edition](t)(makeEdition(l, next)); n.Number != 1 {
		t.Errorf("the next year begins with %d", n.Number)
	}
	without := edition("without number")
	without.Issuer = ""
	if w := must[ledger.Edition](t)(makeEdition(l, without)); w.NumberText() != "" {
		t.Errorf("an edition without an issuer took %s", w.NumberText())
	}

	all := must[[]ledger.Edition](t)(l.Editions(t.Context(), march))
	if len(all) != 5 {
		t.Fatalf("%d editions, want 5", len(all))
	}
	same(t, "the first as it was read back", first, all[0])
	for _, x := range []struct {
		audience string
		from, to plan.Month
		want     int
	}{{"审计", march, march, 1}, {"审计", march - 11, march, 1}, {"审计", march + 1, march + 9, 0},
		{"纪委监委", march, march, 0}} {
		got := must[[]ledger.Edition](t)(l.EditionsFor(t.Context(), x.audience, x.from, x.to))
		if len(got) != x.want {
			t.Errorf("%d editions for %s from %s to %s, want %d", len(got), x.audience, x.from,
				x.to, x.want)
		}
	}
	says := first
	says.Report, says.Wording = edition("").Report, edition("").Wording
	same(t, "the first by its id", says,
		must[ledger.Edition](t)(l.Edition(t.Context(), first.ID)))
	same(t, "its units", edition("").Units,
		must[[]ledger.EditionUnit](t)(l.EditionUnits(t.Context(), first.ID)))
	same(t, "its figures", edition("").Figures,
		must[[]ledger.EditionFigure](t)(l.EditionFigures(t.Context(), first.ID)))
	out := must[[]ledger.Outgoing](t)(l.Outgoing(t.Context()))
	if len(out) != 5 || out[0].Edition != first.ID {
		t.Errorf("going out: %+v", out)
	}
}

func TestNumbersAreNeverUsedTwice(t *testing.T) {
	dir := t.TempDir()
	ledgers := []*ledger.Ledger{open(t, dir), open(t, dir)} // as two programs would
	var wg sync.WaitGroup
	var mu sync.Mutex
	numbers, versions := map[int]string{}, map[int]bool{}
	for i := range 40 {
		wg.Go(func() {
			// Each key is asked for twice, once by each program.
			e, err := makeEdition(ledgers[i%2], edition(fmt.Sprint("key ", i/2)))
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if by, taken := numbers[e.Number]; taken && by != e.Key {
				t.Errorf("number %d went to %s and %s", e.Number, by, e.Key)
			}
			numbers[e.Number], versions[e.N] = e.Key, true
		})
	}
	wg.Wait()
	if len(numbers) != 20 || len(versions) != 20 || numbers[20] == "" {
		t.Errorf("%d numbers and %d versions of 20 editions", len(numbers), len(versions))
	}
}

func TestOutgoingRowsGoOnceInOrder(t *testing.T) {
	l := open(t, t.TempDir())
	ctx := t.Context()
	row := func(key string) ledger.Outgoing { return ledger.Outgoing{Key: key, Kind: "mail"} }
	if err := l.Queue(ctx, row("a"), row("b"), row("a"), row("c")); err != nil {
		t.Fatal(err)
	}
	keys := func(rows []ledger.Outgoing, err error) []string {
		t.Helper()
		var all []string
		for _, o := range must[[]ledger.Outgoing](t)(rows, err) {
			all = append(all, o.Key)
		}
		return all
	}
	same(t, "at first", []string{"a", "b", "c"}, keys(l.Outgoing(ctx)))
	if err := errors.Join(l.Settle(ctx, "a"), l.Settle(ctx, "a"),
		l.Fail(ctx, "b", errors.New("对方服务器拒收"), noon.Add(time.Minute)),
		l.Fail(ctx, "c", errors.New("断线"), time.Time{})); err != nil {
		t.Fatal(err)
	}
	same(t, "what is due", []string{"c"}, keys(l.Outgoing(ctx)))
	same(t, "what is left", []string{"b", "c"}, keys(l.Backlog(ctx)))
	b := must[ledger.Outgoing](t)(l.OutgoingOf(ctx, "b"))
	if b.Attempts != 1 || b.LastError != "对方服务器拒收" || !b.NextTry.Equal(noon.Add(time.Minute)) {
		t.Errorf("the row that failed is %+v", b)
	}
	if err := l.Settle(ctx, "nobody"); !errors.Is(err, ledger.ErrNoRow) {
		t.Errorf("settling what is not there: %v", err)
	}
}

func TestIssuesJobsAndActsAreKept(t *testing.T) {
	l := open(t, t.TempDir())
	ctx := t.Context()
	one := ledger.Issue{Unit: "rsj", Month: march, Number: 1, PlanVersion: "2024-1", SHA256: sum("f")}
	two := one
	two.Number = 2
	form := ledger.Outgoing{Key: "form/rsj/2025-03/1", Kind: "form"}
	if err := errors.Join(l.RecordIssue(ctx, one, form), l.RecordIssue(ctx, one, form),
		l.RecordIssue(ctx, two)); err != nil {
		t.Fatal(err)
	}
	clash := one
	clash.SHA256 = sum("g")
	if err := l.RecordIssue(ctx, clash); !errors.Is(err, ledger.ErrIssueTaken) {
		t.Errorf("another form under the same number: %v", err)
	}
	two.At = noon
	same(t, "latest issue", two, must[ledger.Issue](t)(l.IssueOf(ctx, "rsj", march)))
	same(t, "no issue", ledger.Issue{Month: march}, must[ledger.Issue](t)(l.IssueOf(ctx, "", march)))
	if n := len(must[[]ledger.Issue](t)(l.Issues(ctx, march))); n != 2 {
		t.Errorf("%d issues, want 2", n)
	}

	if last := must[time.Time](t)(l.LastJob(ctx, "digest")); !last.IsZero() {
		t.Errorf("a job that never ran has %v", last)
	}
	for _, m := range []time.Time{noon, noon.AddDate(0, 1, 0), noon.AddDate(0, 1, 0)} {
		if err := l.JobDone(ctx, "digest", m.UTC()); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "last moment", noon.AddDate(0, 1, 0), must[time.Time](t)(l.LastJob(ctx, "digest")))

	if err := l.Audit(ctx, "王五", "release", "c1：已电话核实"); err != nil {
		t.Fatal(err)
	}
	same(t, "audit", []ledger.Act{{At: noon, Who: "王五", Act: "release", Detail: "c1：已电话核实"}},
		must[[]ledger.Act](t)(l.Acts(ctx)))
}
