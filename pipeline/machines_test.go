package pipeline_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/plan"
)

// TestTheSameLedgerGivesTheSameBytes sets every paper and book of a month anew
// from a copy of the workspace: another folder, another local time, another
// language, one thread, another day.
func TestTheSameLedgerGivesTheSameBytes(t *testing.T) {
	ctx, c := context.Background(), &clock{}
	c.set(2025, time.February, 5, 9)
	dir := newWorkspace(t)
	w := open(t, dir, c)
	month := plan.MonthOf(2025, 1)
	reportAll(t, w, month, "rsj", "mzj", "wjj")
	c.set(2025, time.February, 20, 9)
	editions, err := w.Digest(ctx, month)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	there := filepath.Join(t.TempDir(), "另一台电脑")
	if err := os.CopyFS(there, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(there, "outbox", "digests")); err != nil {
		t.Fatal(err)
	}
	local, threads := time.Local, runtime.GOMAXPROCS(1)
	time.Local = time.FixedZone("elsewhere", -7*3600)
	defer func() { time.Local = local; runtime.GOMAXPROCS(threads) }()
	t.Setenv("LANG", "de_DE.UTF-8")
	c.set(2026, time.June, 1, 9)
	again := open(t, there, c)
	defer again.Close()
	if _, err := again.Digest(ctx, month); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range editions {
		for _, f := range e.Files {
			n++
			sameBytes(t, e, f, strings.Replace(f, dir, there, 1))
		}
	}
	if n < 60 {
		t.Errorf("only %d files were compared", n)
	}
}

func sameBytes(t *testing.T, e pipeline.Edition, a, b string) {
	t.Helper()
	one, err := os.ReadFile(a)
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, two) {
		t.Errorf("%s %s: %s differs", e.Audience, e.Unit, filepath.Base(a))
	}
}
