//go:build unix

package main

import (
	"context"
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
	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// BenchmarkProcess measures the program as a process of its own, on a workspace
// with a year of papers and every form of its twelve months handed in nine times
// over: some 3,000. Medians: ms is wall time, cpu-ms processor time; MB is the
// most memory that the system held for any of the runs.
func BenchmarkProcess(b *testing.B) {
	year := &bigYear{B: b, dir: filepath.Join(b.TempDir(), "ws")}
	year.make()
	b.Logf("%d forms", year.forms)
	for _, x := range []struct {
		name string
		run  func(*testing.B, string) *exec.Cmd
	}{
		{"Start", func(_ *testing.B, dir string) *exec.Cmd { return exec.Command("duban", "-C", dir, "outgoing") }},
		{"FirstForm", year.firstForm},
		{"DigestMemory", func(_ *testing.B, dir string) *exec.Cmd {
			return exec.Command("duban", "-C", dir, "digest", "--month", "2025-03")
		}},
	} {
		b.Run(x.name, func(b *testing.B) { year.measure(b, x.run) })
	}
}

// measure runs a command once on each of several copies of the year.
func (y *bigYear) measure(b *testing.B, command func(*testing.B, string) *exec.Cmd) {
	var wall, processor []time.Duration
	most := int64(0)
	for b.Loop() {
		dir := y.copied(b)
		c := command(b, dir)
		began := time.Now()
		if out, err := c.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		wall = append(wall, time.Since(began))
		processor = append(processor, c.ProcessState.UserTime()+c.ProcessState.SystemTime())
		most = max(most, c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	}
	middle := func(all []time.Duration) float64 {
		return float64(slices.Sorted(slices.Values(all))[len(all)/2].Microseconds()) / 1000
	}
	b.ReportMetric(0, "ns/op") // the copying is in it
	b.ReportMetric(middle(wall), "ms")
	b.ReportMetric(middle(processor), "cpu-ms")
	b.ReportMetric(float64(most)/1024, "MB") // Linux counts kilobytes
}

// firstForm starts the daemon on a workspace with a form in its inbox, and ends
// it when the receipt is there.
func (y *bigYear) firstForm(b *testing.B, dir string) *exec.Cmd {
	path := filepath.Join(dir, "inbox", y.late.unit)
	err := os.MkdirAll(path, 0o755)
	if err == nil {
		err = os.WriteFile(filepath.Join(path, "填报表.xlsx"), y.late.bytes, 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
	ctx, answered := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, "duban", "-C", dir, "run")
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	go func() {
		for {
			got, err := filepath.Glob(filepath.Join(dir, "outbox/receipts/*/*填报表-回执.txt"))
			if len(got) > 0 || err != nil {
				answered()
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	return c
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
	y.now = time.Date(2024, time.April, 25, 9, 0, 0, 0, schedule.Zone)
	var err error
	y.w, err = pipeline.Open(y.Context(), y.dir, pipeline.Options{Now: func() time.Time { return y.now }})
	y.check(err)
	last := plan.MonthOf(2025, 3)
	for m := plan.MonthOf(2024, 4); m <= last; m++ {
		y.now = time.Date(m.Year(), time.Month(m.Number()), 25, 9, 0, 0, 0, schedule.Zone)
		forms, err := y.w.IssueForms(y.Context(), m, nil)
		y.check(err)
		for n := range 9 {
			y.now = time.Date(m.Year(), time.Month(m.Number()+1), 1+n, 9, 0, 0, 0, schedule.Zone)
			y.handInAll(forms, m, n)
		}
		if m < last {
			y.now = y.now.AddDate(0, 0, 10)
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
// with other words in every row.
func (y *bigYear) handInAll(forms []pipeline.IssuedForm, m plan.Month, n int) {
	for _, f := range forms {
		u := y.w.Plan.Unit(f.Unit)
		rows, err := y.w.Rows(y.Context(), m, u)
		y.check(err)
		all := answers(rows, m, false)
		for _, r := range rows {
			all = append(all, form.Answer{ID: r.ID(), Column: plan.ColRemark,
				Text: fmt.Sprintf("按计划推进，第%d次报送", n+1)})
		}
		to := filepath.Join(y.TempDir(), fmt.Sprintf("%s-%s-%d.xlsx", f.Unit, m, n+1))
		y.check(fillFile(f.File, to, "张三", "李四", all))
		if y.forms++; m == plan.MonthOf(2025, 3) && n == 8 {
			y.late.unit = f.Unit
			y.late.bytes, err = os.ReadFile(to)
			y.check(err)
			if f.Unit == forms[len(forms)-1].Unit {
				return // the one that is late
			}
		}
		_, err = y.w.Submit(y.Context(), []string{to}, pipeline.Handing{Unit: u})
		y.check(err)
	}
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
		text := strings.Replace(string(settings), "rest: 100ms", "rest: 1ms", 1)
		err = os.WriteFile(filepath.Join(to, "duban.yaml"), []byte(text), 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
	return to
}
