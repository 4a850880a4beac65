//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"duban/pipeline"
)

// editions is the number of the latest edition of a month.
func (s *small) editions(month string) int {
	s.Helper()
	var all []pipeline.Edition
	out := s.duban("-C", s.dir, "--json", "digest", "--month", month)
	if err := json.Unmarshal(out, &all); err != nil {
		s.Fatal(err)
	}
	return all[0].Edition
}

func TestARangeThatIsInterruptedSaysHowFarItCame(t *testing.T) {
	s := newSmall(t)
	for m := 1; m <= 6; m++ {
		s.editions(fmt.Sprintf("2025-%02d", m))
	}
	c := exec.Command("duban", "-C", s.dir, "rerun", "--from", "2025-01", "--to", "2025-06", "--yes",
		"--even-if-same")
	heard, err := c.StderrPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(heard)
	line, err := lines.ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "[1/6] 2025年1月") {
		t.Fatalf("%q %v", line, err)
	}
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	done := 1 + strings.Count(string(rest), "/6] ")
	next := fmt.Sprintf("2025-%02d", done+1)
	if got := c.ProcessState.ExitCode(); got != 1 || done == 6 ||
		!strings.Contains(string(rest), "已中断：") || !strings.Contains(string(rest), "--from "+next) {
		t.Fatalf("after %d months: status %d\n%s", done, got, rest)
	}
	for m := 1; m <= 6; m++ {
		want := 1
		if m <= done {
			want = 2
		}
		if got := s.editions(fmt.Sprintf("2025-%02d", m)); got != want {
			t.Errorf("month %d of %d that were done has edition %d", m, done, got)
		}
	}
}

// TestAYearIsRebuiltRowByRowAndRunAgainWithNoDifference is the whole year of
// the demonstration with make long-test, else three months of the small plan.
func TestAYearIsRebuiltRowByRowAndRunAgainWithNoDifference(t *testing.T) {
	if ok, _ := condition("fonts"); !ok {
		t.Skip("no fonts: run make fonts")
	}
	var dir, to string
	if long() {
		dir, to = filepath.Join(t.TempDir(), "year"), "2025-12"
		out, err := exec.Command("duban", "demo", "--year", "--fonts", fontsDir(), dir).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	} else {
		s := newSmall(t)
		for m := 1; m <= 3; m++ {
			s.editions(fmt.Sprintf("2025-%02d", m))
			s.hand(int64(1 + m))
		}
		s.duban("-C", s.dir, "rerun", "--month", "2025-02", "--yes")
		dir, to = s.dir, "2025-03"
	}
	o := &office{T: t, dir: dir}
	var again []monthAgain
	out := o.duban("-C", dir, "--json", "rerun", "--from", "2025-01", "--to", to, "--yes")
	if err := json.Unmarshal(out, &again); err != nil {
		t.Fatal(err)
	}
	for _, x := range again {
		if len(x.Changes)+len(x.Editions) > 0 || x.Skipped != "" {
			t.Errorf("%s: %+v %s", x.Month, x.Changes, x.Skipped)
		}
	}
	var rebuilt pipeline.Rebuilt
	if err := json.Unmarshal(o.duban("-C", dir, "--json", "rerun", "--from-scratch"), &rebuilt); err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, x := range rebuilt.Tables {
		rows += x.Rows
	}
	t.Logf("%d months, %d events, %d rows", len(again), rebuilt.Events, rows)
	if !rebuilt.Equal || rows == 0 {
		t.Errorf("%+v", rebuilt)
	}
}
