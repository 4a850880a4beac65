package ledger

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/plan"
)

func TestWhatStandsFollowsFromTheReadings(t *testing.T) {
	l, err := Open(t.Context(), filepath.Join(t.TempDir(), "duban.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	r := rand.New(rand.NewPCG(1, 2))
	states := []plan.State{plan.Passed, plan.Partly, plan.Queried, plan.Returned,
		plan.Quarantined}
	read := func(submission int64) Reading {
		rd := Reading{Submission: submission, Month: plan.MonthOf(2025, 3),
			State: states[r.IntN(len(states))]}
		for range r.IntN(5) {
			f := plan.Figure{ID: fmt.Sprint("T", r.IntN(3)), Unit: fmt.Sprint("u", r.IntN(2)),
				Month: rd.Month - plan.Month(r.IntN(2)), State: plan.Reported,
				Total: plan.Int(int64(r.IntN(2)))}
			if r.IntN(4) == 0 {
				rd.Refused = append(rd.Refused, f)
			} else {
				rd.Figures = append(rd.Figures, f)
			}
		}
		return rd
	}
	taken := int64(0)
	for i := range 200 {
		if r.IntN(4) > 0 || taken == 0 {
			k := Taking{Claim: fmt.Sprint(i), Reading: read(0),
				Delivery: plan.Delivery{SHA256: fmt.Sprintf("%064d", i)}}
			if _, err := l.Take(t.Context(), k); err != nil {
				t.Fatal(err)
			}
			taken++
		} else {
			var again []Reading
			for range 1 + r.IntN(4) {
				again = append(again, read(1+r.Int64N(taken)))
			}
			if _, err := l.Rerun(t.Context(), Rerun{Readings: again}); err != nil {
				t.Fatal(err)
			}
		}
		kept := rows(t, l, `SELECT unit, item, month, figure FROM standing`)
		if d := cmp.Diff(rows(t, l, standingFigures), kept); d != "" {
			t.Fatalf("after step %d (-follows +kept):\n%s", i, d)
		}
	}
	if len(rows(t, l, standingFigures)) != 12 {
		t.Error("the steps did not reach every figure")
	}
}

// rows are the rows of a query as text, sorted.
func rows(t *testing.T, l *Ledger, text string) []string {
	t.Helper()
	all, err := list(t.Context(), l, func(_ *tx, scan row) (string, error) {
		var unit, item, month string
		var figure int64
		err := scan(&unit, &item, &month, &figure)
		return fmt.Sprint(unit, item, month, figure), err
	}, text+` ORDER BY unit, item, month`)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
