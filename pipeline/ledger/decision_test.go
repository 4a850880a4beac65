package ledger_test

import (
	"strings"
	"testing"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

func TestTheSameValuesAgainLeaveTheFigureThatSaidThemFirst(t *testing.T) {
	l := open(t, t.TempDir())
	first := take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1")))
	take(t, l, file("c2", "rsj", "b", figure("T01-1", "rsj", "1")))
	entries := must[[]ledger.Entry](t)(l.Latest(t.Context(), march))
	if len(entries) != 1 || entries[0].Submission != first.Submission {
		t.Errorf("after the same again: %+v", entries)
	}
	third := take(t, l, file("c3", "rsj", "c", figure("T01-1", "rsj", "2")))
	take(t, l, file("c4", "rsj", "d", figure("T01-1", "rsj", "2")))
	entries = must[[]ledger.Entry](t)(l.Latest(t.Context(), march))
	if len(entries) != 1 || entries[0].Submission != third.Submission {
		t.Errorf("after another value: %+v", entries)
	}
	versions := must[[]ledger.Version](t)(l.Trace(t.Context(), march, "T01-1", "rsj"))
	same(t, "versions", 4, len(versions))
}

func TestWaiversAndExtensionsAreKeptWithWhoAndWhy(t *testing.T) {
	l := open(t, t.TempDir())
	w := ledger.Waiver{Rule: "total-fell", Item: "T01-1", From: march, To: march + 2,
		Who: "王敏", Why: "口径调整", Document: "振政督〔2025〕9号"}
	must[ledger.Waiver](t)(l.Waive(t.Context(), w, "T01-1"))
	bad := w
	bad.Document = ""
	if _, err := l.Waive(t.Context(), bad, ""); err == nil {
		t.Error("a waiver without a document number was stored")
	}
	for m, want := range map[plan.Month]int{march - 1: 0, march: 1, march + 2: 1, march + 3: 0, 0: 1} {
		same(t, "waivers of "+m.String(), want, len(must[[]ledger.Waiver](t)(l.Waivers(t.Context(), m))))
	}
	e := ledger.Extension{Unit: "rsj", Month: march, Until: noon, Who: "王敏", Why: "系统迁移",
		Document: "振政督〔2025〕10号"}
	must[ledger.Extension](t)(l.Extend(t.Context(), e, "rsj"))
	kept := must[[]ledger.Extension](t)(l.Extensions(t.Context(), march))
	if len(kept) != 1 || !kept[0].Until.Equal(noon) || kept[0].Document != e.Document {
		t.Errorf("extensions: %+v", kept)
	}
	acts := must[[]ledger.Act](t)(l.Acts(t.Context()))
	if len(acts) != 2 || acts[0].Act != "豁免" || acts[1].Act != "延期" || acts[1].Who != "王敏" {
		t.Errorf("audit: %+v", acts)
	}
}

func TestExplanationsComeBackWithTheirReading(t *testing.T) {
	l := open(t, t.TempDir())
	k := file("c1", "rsj", "a", figure("T01-1", "rsj", "1"))
	k.Reading.Explanations = []ledger.Explanation{{Item: "T01-1", Unit: "rsj", Rule: "jump",
		Month: march, Value: plan.Int(1), Text: "新开园区"}}
	take(t, l, k)
	all := must[[]ledger.Reading](t)(l.UnitReadings(t.Context(), "rsj", march))
	if len(all) != 1 {
		t.Fatalf("%d readings", len(all))
	}
	same(t, "explanations", k.Reading.Explanations, all[0].Explanations)
	same(t, "of another unit", 0, len(must[[]ledger.Reading](t)(l.UnitReadings(t.Context(), "zjj", march))))
}

func TestADecisionFreesAHeldFileAndIsAnswered(t *testing.T) {
	l := open(t, t.TempDir())
	k := file("c1", "", "a", figure("T01-1", "rsj", "1"))
	k.Reading.State = plan.Quarantined
	taken := take(t, l, k)
	held := must[[]ledger.Reading](t)(l.Held(t.Context()))
	if len(held) != 1 || held[0].Arrival != taken.Delivery {
		t.Fatalf("held: %+v", held)
	}
	d := ledger.Decision{Submission: taken.Submission, Verdict: ledger.Release, Unit: "rsj",
		Who: "王敏", Why: "电话核实"}
	d = must[ledger.Decision](t)(l.Decide(t.Context(), d,
		file("", "rsj", "", figure("T01-1", "rsj", "1")).Reading, "a.xlsx",
		func(reading int64) []ledger.Outgoing {
			return []ledger.Outgoing{{Key: "receipt/c1/2", Kind: "receipt", Delivery: taken.Delivery,
				Body: []byte{byte(reading)}}}
		}))
	same(t, "what stands", []string{"T01-1 rsj 1"}, standing(t, l))
	same(t, "held", 0, len(must[[]ledger.Reading](t)(l.Held(t.Context()))))
	same(t, "decision", d, must[map[int64]ledger.Decision](t)(l.Decisions(t.Context()))[taken.Submission])
	out := must[ledger.Outgoing](t)(l.OutgoingOf(t.Context(), "receipt/c1/2"))
	if len(out.Body) != 1 || int64(out.Body[0]) != d.Reading || out.Delivery != taken.Delivery {
		t.Errorf("outgoing: %+v", out)
	}
	acts := must[[]ledger.Act](t)(l.Acts(t.Context()))
	if len(acts) != 1 || acts[0].Act != "放行" || !strings.Contains(acts[0].Detail, "a.xlsx") {
		t.Errorf("audit: %+v", acts)
	}
}

func TestAHeldFileOfNoMonthCanBeRefused(t *testing.T) {
	l := open(t, t.TempDir())
	k := file("c1", "", "a")
	k.Reading.State, k.Reading.Month = plan.Quarantined, 0
	taken := take(t, l, k)
	refused := k.Reading
	refused.State = plan.Returned
	must[ledger.Decision](t)(l.Decide(t.Context(), ledger.Decision{Submission: taken.Submission,
		Verdict: ledger.Refuse, Who: "王敏", Why: "非本区单位"}, refused, "a.xlsx",
		func(int64) []ledger.Outgoing {
			return []ledger.Outgoing{{Key: "receipt/c1/2", Kind: "receipt"}}
		}))
	same(t, "held", 0, len(must[[]ledger.Reading](t)(l.Held(t.Context()))))
}
