package ledger_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// TestWhatIsToldIsWhatStands stores texts of every kind in every column that a
// stranger fills, and has them read back by the proof of the chain.
func TestWhatIsToldIsWhatStands(t *testing.T) {
	l := open(t, t.TempDir())
	nasty := []string{"", "a\x00b", "\xff\xfe", "行\n一\t二", "'", "-;", "t5:", "\U00020089",
		strings.Repeat("长", 40_000)}
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range nasty {
		k := file("c"+s, "u"+s, "bytes "+s, figure("T01-1"+s, "u"+s, "12.50"), figure("T02", s, "0"))
		k.Delivery.Name, k.Delivery.Sender, k.Delivery.HandedBy = s, s, s
		k.New = true
		k.Reading.Filler, k.Reading.Reviewer, k.Reading.Late = s, s, i%2 == 0
		for j := range k.Reading.Figures {
			k.Reading.Figures[j].Remark, k.Reading.Figures[j].Raw = s, s
		}
		for n := range 5 * i { // also more than are inserted at once
			k.Reading.Figures = append(k.Reading.Figures, figure(fmt.Sprint("X", n), s, "1"))
		}
		k.Reading.Refused = k.Reading.Figures[:1]
		k.Reading.Findings = []plan.Finding{{Code: "c" + s, Severity: plan.Query, Message: s, Fix: s,
			Unit: s, Cell: s, WholeFile: i%2 == 1}}
		k.Reading.Explanations = []ledger.Explanation{{Item: "T01-1" + s, Unit: s, Rule: s, Text: s,
			Month: march, Value: plan.Int(int64(i))}}
		if _, head, err = l.TakeAll(t.Context(), &head, []ledger.Taking{k}); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
	}
	proof, err := l.VerifyChain(t.Context())
	if err != nil || len(proof.Breaks) > 0 {
		t.Errorf("the chain does not say what stands: %v %+v", err, proof.Breaks)
	}
}

func TestWhatWasJudgedBeforeTheLedgerMovedIsNotStored(t *testing.T) {
	l := open(t, t.TempDir())
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1"))) // by another program
	k := []ledger.Taking{file("c2", "rsj", "b", figure("T01-1", "rsj", "2"))}
	if _, _, err := l.TakeAll(t.Context(), &head, k); !errors.Is(err, ledger.ErrMoved) {
		t.Fatalf("stored all the same: %v", err)
	}
	same(t, "what stands", []string{"T01-1 rsj 1"}, standing(t, l))
	if head, err = l.Head(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := l.TakeAll(t.Context(), &head, k); err != nil {
		t.Fatal(err)
	}
	same(t, "what stands", []string{"T01-1 rsj 2"}, standing(t, l))
}
