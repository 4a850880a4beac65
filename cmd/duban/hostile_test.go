//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"duban/pipeline/plan"
)

// Hostile files against the program itself: a process with an address space
// of its own, ended after a while, whose highest resident memory is read.

const (
	mostTime    = 10 * time.Second
	mostMemory  = 512 << 20 // resident bytes
	mostAddress = 4 << 20   // kilobytes of address space: more is refused by the system
)

// result is what came of one run.
type result struct {
	took     time.Duration
	resident int64 // bytes, at the highest
	stdout   []byte
	stderr   string
	status   int
}

// bounded runs duban within the limits, which it must keep; most is how long
// it may take.
func bounded(t *testing.T, most time.Duration, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	limit := fmt.Sprintf("ulimit -v %d; exec duban \"$@\"", mostAddress)
	c := exec.CommandContext(ctx, "sh", append([]string{"-c", limit, "duban"}, args...)...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	from := time.Now()
	err := c.Run()
	r := result{took: time.Since(from), stdout: stdout.Bytes(), stderr: stderr.String(),
		status: c.ProcessState.ExitCode()}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.resident = usage.Maxrss << 10
	}
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || r.status < 0 || r.status > 3) || r.status == 1 {
		t.Errorf("duban %v: %v after %v, %d MB\n%s", args, err, r.took, r.resident>>20,
			r.stderr[:min(len(r.stderr), 2000)])
	}
	if r.resident > mostMemory || r.resident == 0 {
		t.Errorf("duban %v: %d MB were resident", args, r.resident>>20)
	}
	return r
}

// answeredFile is what --json says of one file.
type answeredFile struct {
	File     string
	State    plan.State
	Findings []plan.Finding
	Receipt  string
}

func (r result) files(t *testing.T) []answeredFile {
	t.Helper()
	var all []answeredFile
	if err := json.Unmarshal(r.stdout, &all); err != nil {
		t.Fatalf("%v\n%s%s", err, r.stdout, r.stderr)
	}
	return all
}

// hostileRow is a row of the tables of package sheet's tests.
type hostileRow struct{ Name, File, Code, Word string }

// hostileFiles lets the tests of package sheet write their files out.
func hostileFiles(t *testing.T) (dir string, rows []hostileRow) {
	t.Helper()
	// Opened here, so that a change of the tables is not answered from the cache.
	tables, err := filepath.Glob("../../pipeline/sheet/*_test.go")
	if err != nil || len(tables) == 0 {
		t.Fatal(err)
	}
	for _, table := range tables {
		if _, err := os.ReadFile(table); err != nil {
			t.Fatal(err)
		}
	}
	dir = t.TempDir()
	c := exec.Command("go", "test", "-count=1", "-run", "^TestHostileFilesAreWrittenOut$",
		"../../pipeline/sheet")
	c.Env = append(os.Environ(), "DUBAN_HOSTILE_DIR="+dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "files.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &rows); err != nil || len(rows) < 150 {
		t.Fatal(len(rows), err)
	}
	return dir, rows
}

// TestHostileFilesAreRefusedByTheProgram hands in every hostile file of the
// reader's tables, each to a process of its own; then all of them at once to
// the inbox.
func TestHostileFilesAreRefusedByTheProgram(t *testing.T) {
	dir, rows := hostileFiles(t)
	o := newOffice(t)
	var slow, large result
	for _, row := range rows {
		t.Run(row.Name, func(t *testing.T) {
			r := bounded(t, mostTime, "-C", o.dir, "--json", "submit", "--dry-run",
				filepath.Join(dir, row.File))
			row.expect(t, r.files(t))
			if r.took > slow.took {
				slow = r
			}
			if r.resident > large.resident {
				large = r
			}
		})
	}
	t.Logf("%d files one by one: at most %v and %d MB", len(rows), slow.took, large.resident>>20)
	byName := map[string]hostileRow{}
	for _, row := range rows {
		b, err := os.ReadFile(filepath.Join(dir, row.File))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(o.dir, "inbox", row.File), b, 0o644); err != nil {
			t.Fatal(err)
		}
		byName[row.File] = row
	}
	r := bounded(t, time.Minute, "-C", o.dir, "--json", "once")
	t.Logf("all at once: %v, %d MB", r.took, r.resident>>20)
	all := r.files(t)
	if len(all) != len(rows) {
		t.Errorf("%d files are answered of %d", len(all), len(rows))
	}
	for _, f := range all {
		byName[f.File].expect(t, []answeredFile{f})
	}
}

// expect asks for the row's verdict: refused under its code, or read and found
// to be no form.
func (row hostileRow) expect(t *testing.T, all []answeredFile) {
	t.Helper()
	if len(all) != 1 || len(all[0].Findings) == 0 {
		t.Errorf("%s: %d files answered", row.Name, len(all))
		return
	}
	a := all[0]
	code, says := "unreadable", "（原因代码 "+row.Code+"）"
	if row.Code == "" {
		code, says = "not-a-form", "不是填报表"
	}
	f := a.Findings[0]
	if a.State != plan.Returned || f.Code != code || !strings.Contains(f.Message, says) ||
		!strings.Contains(f.Message, row.Word) || f.Fix == "" {
		t.Errorf("%s: want %s %s, got %s %s %q", row.Name, code, says, a.State, f.Code, f.Message)
	}
	if fi, err := os.Stat(a.Receipt); err != nil || fi.Size() == 0 || fi.Size() > 1<<20 {
		t.Errorf("%s: receipt: %v", row.Name, err)
	}
}
