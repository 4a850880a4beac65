package pipeline_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"duban/pipeline/ledger"
)

// TestPapersSetSideBySideAreThoseSetAlone makes a month's papers, which are set
// ahead of one another, and has each set again by itself.
func TestPapersSetSideBySideAreThoseSetAlone(t *testing.T) {
	ctx, c := context.Background(), &clock{}
	c.set(2025, time.March, 25, 9)
	w := open(t, newWorkspace(t), c)
	defer w.Close()
	c.set(2025, time.April, 3, 9)
	reportAll(t, w, march, "rsj", "mzj", "wjj")
	c.set(2025, time.April, 20, 9)
	editions, err := w.Digest(ctx, march)
	if err != nil || len(editions) < 30 {
		t.Fatalf("%d editions: %v", len(editions), err)
	}
	papers, err := w.Ledger.Papers(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	last := ledger.Paper{}
	for _, p := range papers {
		if p.Edition < last.Edition {
			t.Errorf("%s was written after %s of a later edition", p.Name, last.Name)
		}
		last = p
	}
	was := map[string][]byte{}
	for _, e := range editions {
		for _, f := range e.Files {
			if was[f], err = os.ReadFile(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(papers) != len(was) {
		t.Errorf("the ledger knows %d files of %d", len(papers), len(was))
	}
	if err := os.RemoveAll(filepath.Join(w.Dir, "outbox", "digests")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Digest(ctx, march); err != nil { // puts them back, one by one
		t.Fatal(err)
	}
	for f, b := range was {
		if is, err := os.ReadFile(f); err != nil || !bytes.Equal(is, b) {
			t.Errorf("%s set alone is other bytes: %v", f, err)
		}
	}
}
