package ledger_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

var (
	zone  = time.FixedZone("CST", 8*3600)
	noon  = time.Date(2025, 4, 3, 12, 0, 0, 0, zone)
	march = plan.MonthOf(2025, 3)
)

// clock stands at noon.
func clock() func() time.Time {
	return func() time.Time { return noon }
}

func TestMain(m *testing.M) {
	if dir := os.Getenv("DUBAN_TAKE_UNTIL_KILLED"); dir != "" {
		takeUntilKilled(dir)
	}
	os.Exit(m.Run())
}

func open(t *testing.T, dir string) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), filepath.Join(dir, "duban.db"), ledger.Options{Now: clock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func take(t *testing.T, l *ledger.Ledger, k ledger.Taking) ledger.Taken {
	t.Helper()
	taken, err := l.Take(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

// file is a file of a unit for March with some figures, all accepted; its
// bytes are its name.
func file(claim, unit, bytes string, figures ...plan.Figure) ledger.Taking {
	return ledger.Taking{
		Claim: claim,
		Delivery: plan.Delivery{SHA256: sum(bytes), Name: bytes + ".xlsx", Channel: "文件夹",
			Sender: unit, ReceivedAt: noon.Add(-time.Hour), HandedBy: ""},
		Size: int64(len(bytes)),
		Reading: ledger.Reading{Program: "0.1.0", PlanVersion: "2024-1", Unit: unit,
			Month: march, State: plan.Passed, Filler: "张三", Reviewer: "李四", Figures: figures},
		Outgoing: []ledger.Outgoing{{Key: "receipt/" + claim, Kind: "receipt", Body: []byte("{}")}},
		Again:    []ledger.Outgoing{{Key: "receipt/" + claim, Kind: "again"}},
	}
}

func figure(item, unit, total string) plan.Figure {
	v, err := plan.ParseValue(total)
	if err != nil {
		panic(err)
	}
	return plan.Figure{ID: item, Unit: unit, Month: march, State: plan.Reported, Total: v,
		Sheet: "填报", Cell: "H7", Raw: total}
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// standing is what stands: "T01-1 rsj 6400" and so on.
func standing(t *testing.T, l *ledger.Ledger) []string {
	t.Helper()
	entries, err := l.Latest(t.Context(), march)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, fmt.Sprint(e.ID, " ", e.Unit, " ", e.Total))
	}
	return all
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

var background = context.Background

// makeEdition makes one edition.
func makeEdition(l *ledger.Ledger, e ledger.Edition) (ledger.Edition, error) {
	all, err := l.MakeEditions(background(), []ledger.Edition{e})
	if err != nil {
		return ledger.Edition{}, err
	}
	return all[0], nil
}
