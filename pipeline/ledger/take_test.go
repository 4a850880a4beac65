package ledger_test

import (
	"errors"
	"testing"
	"time"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

func TestAFileIsReadBackAsItWasTaken(t *testing.T) {
	l := open(t, t.TempDir())
	k := file("c1", "rsj", "a", plan.Figure{ID: "T01-1", Unit: "rsj", Month: march,
		State: plan.Reported, Added: plan.Int(0), A: figure("", "", "1.20").Total,
		Progress: plan.Underway, Planned: plan.Date{Year: 2025, Month: 6, Day: 30},
		Expected: march + 1, Remark: "进展'顺利\"", Sheet: "填报", Cell: "H7", Raw: " 1.20 "})
	k.Reading.State, k.Reading.Late = plan.Partly, true
	k.Reading.Refused = []plan.Figure{figure("T02-1", "rsj", "-5")}
	k.Reading.Findings = []plan.Finding{
		{Code: "negative", Severity: plan.Reject, Sheet: "填报", Cell: "H8",
			Indicator: "T02-1", Message: "不能为负", Fix: "改正"},
		{Code: "not-a-form", Severity: plan.Reject, Unit: "rsj", WholeFile: true},
	}
	taken := take(t, l, k)
	got := must[[]ledger.Reading](t)(l.Readings(t.Context(), march))
	want := k.Reading
	want.ID, want.Submission, want.At = taken.Reading, taken.Submission, noon
	want.Delivery, want.Arrival, want.Size, want.Copies = k.Delivery, taken.Delivery, 1, 1
	same(t, "readings", []ledger.Reading{want}, got)

	one := must[ledger.Reading](t)(l.Reading(t.Context(), taken.Reading))
	same(t, "the reading by its id", want, one)
	if one.Figures[0].Total.Known() || !one.Figures[0].Added.Known() {
		t.Error("unknown and zero were mixed up")
	}
}

func TestDecimalsComeBackExactly(t *testing.T) {
	l := open(t, t.TempDir())
	numbers := []string{"0", "0.1", "-4.5", "12000", "0.30000000000000004",
		"12345678901234567890.123456789", "1e30", "1e-30", ""}
	for i, s := range numbers {
		f := figure("T01-1", "rsj", s)
		f.Month = march - plan.Month(len(numbers)-i)
		take(t, l, file("c"+s, "rsj", "file "+s, f))
	}
	for i, f := range must[[]ledger.Entry](t)(l.Latest(t.Context(), march)) {
		if want := figure("", "", numbers[i]).Total; !f.Total.Equal(want) {
			t.Errorf("%q came back as %q", numbers[i], f.Total)
		}
	}
}

func TestTheSameClaimIsStoredOnce(t *testing.T) {
	l := open(t, t.TempDir())
	k := file("c1", "rsj", "a", figure("T01-1", "rsj", "6400"))
	k.New = true // nobody can know: nothing says where the chain ended
	k.Act = &ledger.Act{Who: "rsj", Act: "期初", Detail: "a.xlsx"}
	first := take(t, l, k)
	again := take(t, l, k)
	first.Replayed = true
	same(t, "what became of it", first, again)
	if n := len(must[[]ledger.Outgoing](t)(l.Outgoing(t.Context()))); n != 1 {
		t.Errorf("%d rows go out, want 1", n)
	}
	a := must[map[string][]ledger.Arrival](t)(l.Claimed(t.Context(), "c1"))["c1"][0]
	if a.ID != first.Delivery || a.SHA256 != sum("a") {
		t.Errorf("the claim led to %+v", a)
	}
	if _, err := l.Take(t.Context(), file("c1", "rsj", "b")); !errors.Is(err, ledger.ErrClaim) {
		t.Errorf("another file under the claim: %v", err)
	}
	known := file("c2", "rsj", "a")
	known.Act = k.Act
	take(t, l, known)
	if all := must[[]ledger.Act](t)(l.Acts(t.Context())); len(all) != 1 || all[0].Detail != "a.xlsx" {
		t.Errorf("the audit log has %+v", all)
	}
}

func TestTheSameBytesAgainChangeNothingAndAreAnswered(t *testing.T) {
	l := open(t, t.TempDir())
	all, _, err := l.TakeAll(t.Context(), nil, []ledger.Taking{
		file("c1", "rsj", "a", figure("T01-1", "rsj", "1")),
		file("c2", "rsj", "b", figure("T01-1", "rsj", "2")),
		file("c3", "rsj", "a", figure("T01-1", "rsj", "1")), // an old file replayed
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "taken", []ledger.Taken{
		{Delivery: 1, Submission: 1, Reading: 1},
		{Delivery: 2, Submission: 2, Reading: 2},
		{Delivery: 3, Submission: 1, Reading: 1, Again: true},
	}, all)
	same(t, "what stands", []string{"T01-1 rsj 2"}, standing(t, l))
	out := must[[]ledger.Outgoing](t)(l.Outgoing(t.Context()))
	if len(out) != 3 || out[2].Kind != "again" || out[2].Delivery != 3 {
		t.Errorf("receipts: %+v", out)
	}
	if n := must[int](t)(l.Answered(t.Context())); n != 0 {
		t.Errorf("%d arrivals are answered before anything went out", n)
	}
	if err := l.Settle(t.Context(), "receipt/c1", "receipt/c3"); err != nil {
		t.Fatal(err)
	}
	if n := must[int](t)(l.Answered(t.Context())); n != 2 {
		t.Errorf("%d arrivals are answered, want 2", n)
	}
	if seen := must[map[string][]ledger.Submission](t)(l.Seen(t.Context(), sum("a"), sum("x"))); len(
		seen) != 1 || len(seen[sum("a")]) != 1 {
		t.Errorf("the bytes are there %d times", len(seen))
	}
	third := must[ledger.Arrival](t)(l.Arrival(t.Context(), 3))
	if !third.Again || third.Submission != 1 {
		t.Errorf("the third arrival is %+v", third)
	}
}

func TestBytesThatWereReturnedMayPassLater(t *testing.T) {
	l := open(t, t.TempDir())
	returned := file("c1", "rsj", "a")
	returned.Reading.State = plan.Returned
	take(t, l, returned)
	returned.Claim = "c2"
	if k := take(t, l, returned); !k.Again {
		t.Error("the same bytes with the same verdict were a new submission")
	}
	if k := take(t, l, file("c3", "rsj", "a", figure("T01-1", "rsj", "1"))); k.Again {
		t.Error("the bytes that now pass were not taken")
	}
	same(t, "what stands", []string{"T01-1 rsj 1"}, standing(t, l))
	returned.Claim = "c4"
	if k := take(t, l, returned); !k.Again {
		t.Error("bytes that were taken did not stay taken")
	}
}

func TestAResubmissionWinsAndTheEarlierStays(t *testing.T) {
	l := open(t, t.TempDir())
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1"), figure("T01-2", "rsj", "7")))
	second := take(t, l, file("c2", "rsj", "b", figure("T01-1", "rsj", "2")))
	same(t, "what stands", []string{"T01-1 rsj 2", "T01-2 rsj 7"}, standing(t, l))

	versions := must[[]ledger.Version](t)(l.Trace(t.Context(), march, "T01-1", "rsj"))
	if len(versions) != 2 || !versions[0].Counts || versions[1].Counts {
		t.Fatalf("versions: %+v", versions)
	}
	e := versions[0].Entry
	if e.Submission != second.Submission || e.SHA256 != sum("b") || e.FileName != "b.xlsx" ||
		e.Cell != "H7" || e.Raw != "2" || e.Sender != "rsj" || e.Channel != "文件夹" ||
		!e.ReceivedAt.Equal(noon.Add(-time.Hour)) || e.ReceivedAt.Location() != zone {
		t.Errorf("lineage: %+v", e)
	}
}

func TestARefusedResubmissionErasesNothing(t *testing.T) {
	l := open(t, t.TempDir())
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1")))

	partly := file("c2", "rsj", "b", plan.Figure{ID: "T01-1", Unit: "rsj", Month: march,
		State: plan.Missing})
	partly.Reading.State = plan.Partly
	partly.Reading.Refused = []plan.Figure{figure("T01-1", "rsj", "-1")}
	take(t, l, partly)
	for i, state := range []plan.State{plan.Returned, plan.Quarantined} {
		k := file("d"+string(state), "rsj", string(state), figure("T01-1", "rsj", "9"))
		k.Reading.State = state
		take(t, l, k)
		same(t, "what stands", []string{"T01-1 rsj 1"}, standing(t, l))
		readings := must[[]ledger.Reading](t)(l.Readings(t.Context(), march))
		if r := readings[2+i]; len(r.Figures) != 0 || len(r.Refused) != 1 {
			t.Errorf("a file in state %s kept %d figures as accepted", state, len(r.Figures))
		}
	}
}

func TestPartialSheetsOfTwoOfficesMerge(t *testing.T) {
	l := open(t, t.TempDir())
	take(t, l, file("c1", "rsj", "office 1", figure("T01-1", "rsj", "1")))
	take(t, l, file("c2", "rsj", "office 2", figure("T01-2", "rsj", "2")))
	take(t, l, file("c3", "zjj", "other", figure("T01-2", "zjj", "3")))
	same(t, "what stands", []string{"T01-1 rsj 1", "T01-2 rsj 2", "T01-2 zjj 3"}, standing(t, l))
}

func TestMergeKeepsEarlierMonths(t *testing.T) {
	l := open(t, t.TempDir())
	opening := figure("T01-1", "rsj", "1")
	opening.Month, opening.Opening = march-3, true
	k := file("c1", "", "opening", opening)
	k.Reading.Month, k.Reading.Opening = march-3, true
	take(t, l, k)
	take(t, l, file("c2", "rsj", "a", figure("T01-1", "rsj", "2")))
	same(t, "what stands", []string{"T01-1 rsj 1", "T01-1 rsj 2"}, standing(t, l))
	early := must[[]ledger.Entry](t)(l.Latest(t.Context(), march-1))
	if len(early) != 1 || !early[0].Opening {
		t.Errorf("up to February there is %+v", early)
	}
}

func TestAFailedBatchStoresNothing(t *testing.T) {
	l := open(t, t.TempDir())
	bad := file("c2", "rsj", "b")
	bad.Delivery.SHA256 = "short"
	if _, _, err := l.TakeAll(t.Context(), nil, []ledger.Taking{file("c1", "rsj", "a"), bad}); err == nil {
		t.Fatal("a file without a hash was taken")
	}
	if n := len(must[[]ledger.Submission](t)(l.Submissions(t.Context(), march))); n != 0 {
		t.Errorf("%d submissions of a failed batch", n)
	}
	take(t, l, file("c1", "rsj", "a"))
}

func TestAFileNobodyCouldReadIsKeptToo(t *testing.T) {
	l := open(t, t.TempDir())
	k := file("c1", "", "junk")
	k.Reading = ledger.Reading{Program: "0.1.0", State: plan.Returned,
		Findings: []plan.Finding{{Code: "unreadable", Severity: plan.Reject, WholeFile: true}}}
	take(t, l, k)
	k.Claim = "c2"
	if again := take(t, l, k); !again.Again {
		t.Error("the same junk is a second submission")
	}
	got := must[[]ledger.Reading](t)(l.Readings(t.Context(), 0))
	if len(got) != 1 || got[0].Copies != 2 {
		t.Errorf("readings of no month: %+v", got)
	}
}
