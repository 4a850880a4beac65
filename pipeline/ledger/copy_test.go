package ledger_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// TestACopyIsOneMomentOfALedgerThatIsWrittenTo copies a ledger again and again
// while files are taken: each copy opens beside its marker, and holds every
// submission up to its own last one, with its figures.
func TestACopyIsOneMomentOfALedgerThatIsWrittenTo(t *testing.T) {
	l := open(t, t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			k := file(fmt.Sprint("c", i), "rsj", fmt.Sprint("bytes ", i), figure("T01-1", "rsj", "5"))
			if _, _, err := l.TakeAll(ctx, nil, []ledger.Taking{k}); err != nil && ctx.Err() == nil {
				t.Error(err)
				return
			}
		}
	})
	grew := 0
	for i, before := 0, 0; i < 20; i++ {
		dir := t.TempDir()
		path := filepath.Join(dir, "duban.db")
		c, err := l.CopyTo(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, ledger.MarkerName), c.Marker, 0o644); err != nil {
			t.Fatal(err)
		}
		copied := open(t, dir)
		all := must[[]ledger.Submission](t)(copied.Submissions(t.Context(), march))
		for n, s := range all {
			if s.ID != int64(n+1) {
				t.Fatalf("copy %d: submission %d stands in place %d", i, s.ID, n+1)
			}
		}
		versions := must[[]ledger.Version](t)(copied.Trace(t.Context(), march, "T01-1", "rsj"))
		if len(versions) != len(all) || len(c.Files) != len(all) {
			t.Fatalf("copy %d: %d submissions, %d figures, %d files", i, len(all), len(versions),
				len(c.Files))
		}
		if len(all) > before {
			grew++
		}
		before = len(all)
	}
	stop()
	writer.Wait()
	if grew < 5 {
		t.Errorf("the ledger grew only %d times between copies: they proved nothing", grew)
	}
}

func TestKeptListsEachFileOnceWithItsClaims(t *testing.T) {
	l := open(t, t.TempDir())
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "5")))
	take(t, l, file("c2", "rsj", "a", figure("T01-1", "rsj", "5")))
	held := file("c3", "rsj", "b")
	held.Reading.State = plan.Quarantined
	take(t, l, held)
	all := must[[]ledger.KeptFile](t)(l.Kept(t.Context()))
	claims, inQuarantine := map[string]int{}, 0
	for _, f := range all {
		claims[f.SHA256] = len(f.Claims)
		if f.Held {
			inQuarantine++
		}
	}
	if len(all) != 2 || claims[held.Delivery.SHA256] != 1 || inQuarantine != 1 {
		t.Errorf("%+v", all)
	}
	if claims[file("", "", "a").Delivery.SHA256] != 2 {
		t.Errorf("the same bytes came twice: %+v", all)
	}
}
