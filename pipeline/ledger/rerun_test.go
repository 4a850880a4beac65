package ledger_test

import (
	"errors"
	"testing"
	"time"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

func TestARerunSwitchesAllAtOnceAndKeepsTheOldReadings(t *testing.T) {
	l := open(t, t.TempDir())
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1")))
	take(t, l, file("c2", "zjj", "b", figure("T01-1", "zjj", "5")))

	reread := func(submission int64, figures ...plan.Figure) ledger.Reading {
		r := file("", "rsj", "", figures...).Reading
		r.Submission, r.Program = submission, "0.2.0"
		return r
	}
	broken := ledger.Rerun{Month: march, Readings: []ledger.Reading{
		reread(1, figure("T01-1", "rsj", "10")), reread(99)}}
	if _, err := l.Rerun(t.Context(), broken); !errors.Is(err, ledger.ErrNoRow) {
		t.Fatalf("a reading of a submission that is not there: %v", err)
	}
	same(t, "after a re-run that failed", []string{"T01-1 rsj 1", "T01-1 zjj 5"}, standing(t, l))

	run := must[ledger.Rerun](t)(l.Rerun(t.Context(), ledger.Rerun{Month: march, Who: "管理员",
		Why: "规则调整", Program: "0.2.0", PlanVersion: "2024-1",
		Readings: []ledger.Reading{reread(1, figure("T01-1", "rsj", "10"))},
		Editions: []ledger.Edition{{Key: "rerun 1", Month: march, Audience: "督查考核"}}}))
	same(t, "after the re-run", []string{"T01-1 rsj 10", "T01-1 zjj 5"}, standing(t, l))
	if run.ID == 0 || len(run.Editions) != 1 || run.Editions[0].Run != run.ID {
		t.Errorf("the re-run is %+v", run)
	}
	versions := must[[]ledger.Version](t)(l.Trace(t.Context(), march, "T01-1", "rsj"))
	if len(versions) != 2 || !versions[0].Counts || versions[0].Run != run.ID ||
		versions[1].Current || versions[1].Total.String() != "1" {
		t.Errorf("versions: %+v", versions)
	}
}

func TestANewReadingOfAnEarlierFileDoesNotOvertakeALaterFile(t *testing.T) {
	l := open(t, t.TempDir())
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1")))
	take(t, l, file("c2", "rsj", "b", figure("T01-1", "rsj", "2")))
	first := file("", "rsj", "", figure("T01-1", "rsj", "3")).Reading
	first.Submission = 1
	must[ledger.Rerun](t)(l.Rerun(t.Context(), ledger.Rerun{Month: march,
		Readings: []ledger.Reading{first}}))
	same(t, "what stands", []string{"T01-1 rsj 2"}, standing(t, l))
}

func TestAReadingThatRefusesGivesWayToTheEarlier(t *testing.T) {
	l := open(t, t.TempDir())
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1")))
	second := take(t, l, file("c2", "rsj", "b", figure("T01-1", "rsj", "2")))
	stricter := file("", "rsj", "").Reading
	stricter.Submission, stricter.State = second.Submission, plan.Returned
	stricter.Refused = []plan.Figure{figure("T01-1", "rsj", "2")}
	must[ledger.Rerun](t)(l.Rerun(t.Context(), ledger.Rerun{Month: march,
		Readings: []ledger.Reading{stricter}}))
	same(t, "what stands", []string{"T01-1 rsj 1"}, standing(t, l))
}

func TestAHeldFileIsReleasedByANewReading(t *testing.T) {
	l := open(t, t.TempDir())
	held := file("c1", "rsj", "a", figure("T01-1", "rsj", "1"))
	held.Reading.State = plan.Quarantined
	taken := take(t, l, held)
	same(t, "while it is held", []string(nil), standing(t, l))
	released := file("", "rsj", "", figure("T01-1", "rsj", "1")).Reading
	released.Submission = taken.Submission
	must[ledger.Rerun](t)(l.Rerun(t.Context(), ledger.Rerun{Month: march, Who: "王五",
		Why: "放行", Readings: []ledger.Reading{released}}))
	same(t, "after the release", []string{"T01-1 rsj 1"}, standing(t, l))
}

func TestARerunOfWhatHasChangedMeanwhileStoresNothing(t *testing.T) {
	l := open(t, t.TempDir())
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1")))
	seen := must[string](t)(l.Stamp(t.Context(), march))
	again := file("", "rsj", "", figure("T01-1", "rsj", "10")).Reading
	again.Submission = 1
	r := ledger.Rerun{Month: march, Seen: seen, Readings: []ledger.Reading{again}}

	for _, x := range []struct {
		what   string
		change func()
	}{
		{"another file", func() { take(t, l, file("c2", "zjj", "b", figure("T01-1", "zjj", "5"))) }},
		{"an edition", func() {
			must[ledger.Edition](t)(makeEdition(l, ledger.Edition{Key: "d", Month: march}))
		}},
		{"a waiver", func() {
			must[ledger.Waiver](t)(l.Waive(t.Context(), ledger.Waiver{Rule: "negative", From: march,
				To: march, Who: "王五", Why: "口径", Document: "1号"}, ""))
		}},
		{"an extension", func() {
			must[ledger.Extension](t)(l.Extend(t.Context(), ledger.Extension{Unit: "rsj", Month: march,
				Who: "王五", Why: "系统", Document: "2号", Until: time.Unix(1, 0)}, ""))
		}},
	} {
		x.change()
		if _, err := l.Rerun(t.Context(), r); !errors.Is(err, ledger.ErrMoved) {
			t.Errorf("after %s: %v", x.what, err)
		}
		r.Seen = must[string](t)(l.Stamp(t.Context(), march))
	}
	same(t, "what stands", []string{"T01-1 rsj 1", "T01-1 zjj 5"}, standing(t, l))

	next := figure("T01-1", "rsj", "7")
	next.Month++
	april := file("c3", "rsj", "c", next)
	april.Reading.Month++
	take(t, l, april)
	must[ledger.Rerun](t)(l.Rerun(t.Context(), r)) // a later month is no matter
}

func TestTheEditionOfARerunNamesItsReadingsAndFigures(t *testing.T) {
	l := open(t, t.TempDir())
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1")))
	again := file("", "rsj", "", figure("T01-1", "rsj", "10")).Reading
	again.Submission = 1
	run := must[ledger.Rerun](t)(l.Rerun(t.Context(), ledger.Rerun{Month: march,
		Readings: []ledger.Reading{again}, Editions: []ledger.Edition{{Key: "d", Month: march,
			Figures: []ledger.EditionFigure{{Item: "T01-1", Unit: "rsj"}, {Item: "T01-2", Unit: "rsj"}}}}}))
	e := must[ledger.Edition](t)(l.Edition(t.Context(), run.Editions[0].ID))
	same(t, "readings", []int64{2}, e.Inputs.Readings)
	figures := must[[]ledger.EditionFigure](t)(l.EditionFigures(t.Context(), e.ID))
	if figures[0].Figure != 2 || figures[1].Figure != 0 {
		t.Errorf("figures %+v", figures)
	}
}
