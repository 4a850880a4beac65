package ledger_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

func TestAnyTextComesBackAsItWas(t *testing.T) {
	l := open(t, t.TempDir())
	texts := []string{"nul \x00 inside", "gbk \xd5\xf1\xd0\xcb", "line\nbreak", "'; DROP TABLE x; --",
		"\u202eexe.xslx", "𠮷", ""}
	var figures []plan.Figure
	for i, s := range texts {
		f := figure(fmt.Sprint("T", i), "rsj", "1")
		f.Raw, f.Remark = s, s
		figures = append(figures, f)
	}
	k := file("c1", "rsj", "a", figures...)
	k.Delivery.Name = "a\x00\xd5\n.xlsx"
	take(t, l, k)
	got := must[[]ledger.Reading](t)(l.Readings(t.Context(), march))[0]
	same(t, "figures", figures, got.Figures)
	same(t, "name", k.Delivery.Name, got.Delivery.Name)
}

func TestProgramsMayOpenANewLedgerAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			l, err := ledger.Open(background(), filepath.Join(dir, "duban.db"),
				ledger.Options{Now: clock()})
			if err != nil {
				t.Error(err)
				return
			}
			defer l.Close()
			name := fmt.Sprint(i)
			if _, err := l.Take(background(), file(name, "rsj", name)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	l := open(t, dir)
	if n := len(must[[]ledger.Submission](t)(l.Submissions(t.Context(), march))); n != 8 {
		t.Errorf("%d submissions, want 8", n)
	}
}

func TestTheSameBytesFromManyHandsAreTakenOnce(t *testing.T) {
	l := open(t, t.TempDir())
	var wg sync.WaitGroup
	var mu sync.Mutex
	fresh := 0
	for i := range 10 {
		wg.Go(func() {
			k, err := l.Take(background(), file(fmt.Sprint(i), "rsj", "a", figure("T01-1", "rsj", "1")))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if !k.Again {
				fresh++
			}
		})
	}
	wg.Wait()
	out := must[[]ledger.Outgoing](t)(l.Outgoing(t.Context()))
	if fresh != 1 || len(out) != 10 {
		t.Errorf("%d submissions and %d receipts of ten copies", fresh, len(out))
	}
}

func TestAMarkerThatCannotBeWrittenLagsBehind(t *testing.T) {
	dir := t.TempDir()
	marker := filepath.Join(dir, ledger.MarkerName)
	l := open(t, dir)
	kept := get(t, marker)
	if err := errors.Join(os.Remove(marker), os.Mkdir(marker, 0o755)); err != nil {
		t.Fatal(err)
	}
	take(t, l, file("c1", "rsj", "a"))
	if l.Close() == nil {
		t.Error("nobody was told")
	}
	if err := os.Remove(marker); err != nil {
		t.Fatal(err)
	}
	put(t, marker, kept)
	open(t, dir)
	if got := string(get(t, marker)); got == string(kept) {
		t.Errorf("the marker did not catch up: %q", got)
	}
}
