//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/clerk"
	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// BenchmarkProcess measures the program as a process of its own, on a workspace
// with a year of papers and every form of its twelve months handed in nine times
// over: some 3,000. Medians: ms is wall time, cpu-ms processor time; MB is the
// most memory that the system held for any of the runs (Linux).
func BenchmarkProcess(b *testing.B) {
	year := &bigYear{B: b, dir: filepath.Join(b.TempDir(), "ws")}
	year.make()
	b.Logf("%d forms", year.forms)
	for _, x := range []task{
		{"Start", []string{"outgoing"}, nil, nil},
		{"FirstForm", []string{"run"}, year.dropLate, answered},
		{"Digest", []string{"digest", "--month", "2025-03"}, nil, nil},
	} {
		b.Run(x.name, func(b *testing.B) { year.measure(b, x) })
	}
}

// task is a command on a copy of the year.
type task struct {
	name   string
	args   []string
	before func(dir string) error
	done   func(dir string) bool // nil: when it ends
}

func (y *bigYear) measure(b *testing.B, x task) {
	var wall, processor []time.Duration
	most := 0
	for b.Loop() {
		dir := y.copied(b)
		if x.before != nil {
			if err := x.before(dir); err != nil {
				b.Fatal(err)
			}
		}
		c := exec.Command("duban", append([]string{"-C", dir}, x.args...)...)
		took, held, err := watched(c, func() bool { return x.done != nil && x.done(dir) })
		if err != nil {
			b.Fatal(err)
		}
		wall = append(wall, took)
		processor = append(processor, c.ProcessState.UserTime()+c.ProcessState.SystemTime())
		most = max(most, held)
	}
	middle := func(all []time.Duration) float64 {
		return float64(slices.Sorted(slices.Values(all))[len(all)/2].Microseconds()) / 1000
	}
	b.ReportMetric(0, "ns/op") // the copying is in it
	b.ReportMetric(middle(wall), "ms")
	b.ReportMetric(middle(processor), "cpu-ms")
	b.ReportMetric(float64(most)/1024, "MB")
}

// watched runs a command until it ends, or is done and told to end; it gives how
// long that took and the most memory it held, in kilobytes. What the system counts
// for a child that has ended is no use: it begins with its parent's.
func watched(c *exec.Cmd, done func() bool) (took time.Duration, held int, err error) {
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	began := time.Now()
	if err := c.Start(); err != nil {
		return 0, 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for {
		select {
		case err := <-ended:
			if took == 0 {
				took = time.Since(began)
			}
			if err != nil {
				err = fmt.Errorf("%w\n%s", err, said.String())
			}
			return took, held, err
		case <-time.After(time.Millisecond):
		}
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid))
		if _, peak, ok := strings.Cut(string(status), "VmHWM:"); ok {
			fmt.Sscan(peak, &held)
		}
		if took == 0 && done() {
			took = time.Since(began)
			if err := c.Process.Signal(syscall.SIGTERM); err != nil {
				return 0, 0, err
			}
		}
	}
}

// dropLate puts a form into the inbox, answered tells that its receipt is there.
func (y *bigYear) dropLate(dir string) error {
	path := filepath.Join(dir, "inbox", y.late.unit)
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(path, "填报表.xlsx"), y.late.bytes, 0o644)
}

func answered(dir string) bool {
	got, err := filepath.Glob(filepath.Join(dir, "outbox/receipts/*/*填报表-回执.txt"))
	return err == nil && len(got) > 0
}

// bigYear is the workspace, and a form that was not handed in.
type bigYear struct {
	*testing.B
	dir   string
	w     *pipeline.Workspace
	now   time.Time
	forms int
	late  struct {
		unit  string
		bytes []byte
	}
}

func (y *bigYear) check(err error) {
	y.Helper()
	if err != nil {
		y.Fatal(err)
	}
}

func (y *bigYear) make() {
	if ok, _ := condition("fonts"); !ok {
		y.Skip("no fonts: run make fonts")
	}
	y.check(pipeline.Init(y.dir))
	y.check(furnish(y.dir))
	settings, err := os.ReadFile(filepath.Join(y.dir, "duban.yaml"))
	y.check(err)
	y.check(os.WriteFile(filepath.Join(y.dir, "duban.yaml"),
		bytes.Replace(settings, []byte("rest: 100ms"), []byte("rest: 1ms"), 1), 0o644))
	y.now = time.Date(2024, time.April, 25, 9, 0, 0, 0, schedule.Zone)
	y.w, err = pipeline.Open(y.Context(), y.dir, pipeline.Options{Now: func() time.Time { return y.now }})
	y.check(err)
	last := plan.MonthOf(2025, 3)
	for m := plan.MonthOf(2024, 4); m <= last; m++ {
		y.now = time.Date(m.Year(), time.Month(m.Number()), 25, 9, 0, 0, 0, schedule.Zone)
		forms, err := y.w.IssueForms(y.Context(), m, nil)
		y.check(err)
		for n := range 9 {
			y.now = time.Date(m.Year(), time.Month(m.Number()), 26+n, 9, 0, 0, 0, schedule.Zone)
			y.handInAll(forms, m, n)
		}
		if m < last {
			y.now = y.now.AddDate(0, 0, 15)
			_, err := y.w.Digest(y.Context(), m)
			y.check(err)
		}
	}
	// Nothing that has become due since then is caught up by the daemon.
	y.now = time.Now().In(schedule.Zone)
	for _, job := range []string{"forms", "close", "digest"} {
		y.check(y.w.Ledger.JobDone(y.Context(), job, y.now))
	}
	y.check(y.w.Close())
}

// handInAll hands in every unit's form of a month for the n-th time, each time
// with other words in every row; the very last one is late.
func (y *bigYear) handInAll(forms []pipeline.IssuedForm, m plan.Month, n int) {
	for i, f := range forms {
		u := y.w.Plan.Unit(f.Unit)
		rows, err := y.w.Rows(y.Context(), m, u)
		y.check(err)
		all := clerk.Answers(rows, m, false)
		for _, r := range rows {
			all = append(all, form.Answer{ID: r.ID(), Column: plan.ColRemark,
				Text: fmt.Sprintf("按计划推进，第%d次报送", n+1)})
		}
		dir := filepath.Join(y.dir, "inbox", f.Unit)
		y.check(os.MkdirAll(dir, 0o755))
		to := filepath.Join(dir, fmt.Sprintf("%s-%d.xlsx", m, n+1))
		y.check(fillFile(f.File, to, "张三", "李四", all))
		if m == plan.MonthOf(2025, 3) && n == 8 && i == len(forms)-1 {
			y.late.unit = f.Unit
			y.late.bytes, err = os.ReadFile(to)
			y.check(err)
			y.check(os.Remove(to))
		}
	}
	swept, err := y.w.Once(y.Context())
	y.check(err)
	y.forms += len(swept.Outcomes)
}

// copied is a copy of the year without what went out.
func (y *bigYear) copied(b *testing.B) string {
	to := filepath.Join(b.TempDir(), "ws")
	for _, part := range []string{"plan", "state", "templates"} {
		if err := os.CopyFS(filepath.Join(to, part), os.DirFS(filepath.Join(y.dir, part))); err != nil {
			b.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(y.dir, "duban.yaml"))
	if err == nil {
		err = os.WriteFile(filepath.Join(to, "duban.yaml"), settings, 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
	return to
}
