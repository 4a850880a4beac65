package pipeline

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/receipt"
	"duban/pipeline/sheet"
)

// The hostile file of these tests is a good form: what fails is put into the
// place of the reader, or of the writer of receipts, by the test.

const hostileFiller = "张致命"

// hostileOffice is a workspace whose inbox holds a good form and a hostile one
// of another unit, which comes first.
func hostileOffice(t *testing.T, dir string) {
	t.Helper()
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	settings := "intake:\n  rest: 10ms\n"
	if err := os.WriteFile(filepath.Join(dir, "duban.yaml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	w := openOffice(t, dir)
	defer w.Close()
	if _, err := w.IssueForms(context.Background(), damageMonth, nil); err != nil {
		t.Fatal(err)
	}
	dropForm(t, w, "jyj", hostileFiller)
	dropForm(t, w, "cl", "王小明")
}

func openOffice(t *testing.T, dir string) *Workspace {
	t.Helper()
	w, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func dropForm(t *testing.T, w *Workspace, unit, filler string) {
	t.Helper()
	blank, err := os.ReadFile(w.FormFile(damageMonth, w.Plan.Unit(unit)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := form.Fill(blank, filler, "李四", nil)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(w.Dir, "inbox", unit, filler+".xlsx")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// fail makes the workspace fail by what does it wherever the hostile form is
// read or answered.
func fail(w *Workspace, where string, what func()) {
	isHostile := func(b []byte) bool {
		book, err := sheet.Read(b, sheet.DefaultLimits)
		if err != nil {
			return false
		}
		f, err := form.Read(book)
		return err == nil && f.Filler.Text == hostileFiller
	}
	switch where {
	case "read":
		w.read = func(b []byte, lim sheet.Limits) (*sheet.Workbook, error) {
			if isHostile(b) {
				what()
			}
			return sheet.Read(b, lim)
		}
	case "answer":
		w.write = func(r *receipt.Receipt) ([]byte, string, error) {
			if r.Readable && isHostile(r.Original) {
				what()
			}
			return receipt.Write(r)
		}
	}
}

func TestPanicOverAFileIsItsVerdict(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ws")
	hostileOffice(t, dir)
	w := openOffice(t, dir)
	defer w.Close()
	fail(w, "read", func() { panic("read") })
	swept, err := w.Once(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	expectAside(t, w, swept.Outcomes)
	_, err = w.Release(context.Background(), hostileFiller+".xlsx", w.Plan.Unit("jyj"), 0,
		Act{By: "王敏", Why: "试"})
	if err == nil || !strings.Contains(err.Error(), "没有放行") {
		t.Errorf("released while it still cannot be read: %v", err)
	}
	w.read = sheet.Read // a mended program
	o, err := w.Release(context.Background(), hostileFiller+".xlsx", w.Plan.Unit("jyj"), 0,
		Act{By: "王敏", Why: "程序已修好"})
	if err != nil || o.State == plan.Quarantined {
		t.Errorf("not released by a mended program: %v, %v", o.State, err)
	}
}

// expectAside asks that the hostile form was put aside and answered, and the
// other one taken.
func expectAside(t *testing.T, w *Workspace, outcomes []Outcome) {
	t.Helper()
	good, bad := 0, 0
	for _, o := range outcomes {
		if _, err := os.Stat(o.Receipt); err != nil {
			t.Errorf("%s: no receipt: %v", o.File, err)
		}
		if !strings.HasPrefix(o.File, hostileFiller) {
			good++
			continue
		}
		bad++
		if o.State != plan.Quarantined || o.Findings[0].Code != "program-failed" {
			t.Errorf("%s, %v", o.State, o.Findings)
		}
		if _, err := os.Stat(filepath.Join(w.folder.Quarantine, o.SHA256[:2], o.SHA256)); err != nil {
			t.Errorf("it is not kept aside: %v", err)
		}
	}
	if bad != 1 || good > 1 {
		t.Errorf("%d hostile and %d good outcomes", bad, good)
	}
	if n, err := w.Waiting(context.Background()); n != 0 || err != nil {
		t.Errorf("%d rows wait, %v", n, err)
	}
}

func TestPanicOverAReceiptLeavesAPlainOne(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ws")
	hostileOffice(t, dir)
	w := openOffice(t, dir)
	defer w.Close()
	fail(w, "answer", func() { panic("answer") })
	swept, err := w.Once(context.Background())
	if err != nil || len(swept.Outcomes) != 2 {
		t.Fatal(swept, err)
	}
	expectPlain(t, swept.Outcomes)
}

// expectPlain asks that the hostile form is answered by a list alone.
func expectPlain(t *testing.T, outcomes []Outcome) {
	t.Helper()
	for _, o := range outcomes {
		b, err := os.ReadFile(o.Receipt)
		if err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Read(b, sheet.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if plain := len(book.Sheets) == 1; plain != strings.HasPrefix(o.File, hostileFiller) {
			t.Errorf("%s is answered with %d sheets", o.File, len(book.Sheets))
		}
	}
}

// TestFatalChild is no test: it is the program that dies in the next ones.
func TestFatalChild(t *testing.T) {
	dir := os.Getenv("DUBAN_TEST_FATAL_DIR")
	if dir == "" {
		t.Skip("runs only as a child of TestFileThatKillsTheProgramIsPutAside")
	}
	debug.SetMaxStack(1 << 20) // not a gigabyte of it
	w := openOffice(t, dir)
	defer w.Close()
	fail(w, os.Getenv("DUBAN_TEST_FATAL_AT"), func() { deep = endless(0) })
	if _, err := w.Once(context.Background()); err != nil {
		t.Fatal(err)
	}
}

var deep int

// endless uses up the stack, which nothing recovers.
func endless(n int) int {
	if n < 0 {
		return 0
	}
	return endless(n+1) + n
}

func TestFileThatKillsTheProgramIsPutAside(t *testing.T) {
	for _, where := range []string{"read", "answer"} {
		t.Run(where, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "ws")
			hostileOffice(t, dir)
			for n := range 1 + maxFalls { // the first time it is not known which file it was
				if !dies(t, dir, where) {
					t.Fatalf("the program did not die the %d. time", n+1)
				}
			}
			if dies(t, dir, where) {
				t.Fatal("the program died once more")
			}
			w := openOffice(t, dir)
			defer w.Close()
			held, err := w.Held(context.Background())
			if err != nil || (where == "read") != (len(held) == 1) {
				t.Errorf("held: %v, %v", held, err)
			}
			if n, err := w.Answered(context.Background()); n != 2 || err != nil {
				t.Errorf("%d receipts, %v", n, err)
			}
			dropForm(t, w, "jyj", hostileFiller) // the very same bytes once more
			if dies(t, dir, where) {
				t.Error("the same file kills the program again")
			}
		})
	}
}

// dies runs the child once and reports whether the stack ran out.
func dies(t *testing.T, dir, where string) bool {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestFatalChild$")
	c.Env = append(os.Environ(), "DUBAN_TEST_FATAL_DIR="+dir, "DUBAN_TEST_FATAL_AT="+where)
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return false
	case errors.As(err, &exit) && bytes.Contains(out, []byte("stack overflow")):
		return true
	}
	t.Fatalf("%v\n%s", err, out[:min(len(out), 2000)])
	return false
}
