//go:build unix

package pipeline_test

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// The benchmarks of what a month makes of a year. The rules this file keeps:
//
//   - What is measured runs in turn with a yardstick, in one process, and the
//     median of each is told: ms is wall time, cpu-ms processor time of all
//     threads, yards how many yardsticks that is. On a machine that others use,
//     yards hold when the rest does not.
//   - Nothing asserts a time.

// laps are the runs of a benchmark, each beside one of the yardstick.
type laps struct{ wall, processor, yard []time.Duration }

// run measures one run.
func (l *laps) run(f func()) {
	from := processorTime()
	yardstick()
	l.yard = append(l.yard, processorTime()-from)
	began, from := time.Now(), processorTime()
	f()
	l.wall = append(l.wall, time.Since(began))
	l.processor = append(l.processor, processorTime()-from)
}

// report tells the medians.
func (l *laps) report(b *testing.B) {
	own, yard := median(l.processor), median(l.yard)
	b.ReportMetric(0, "ns/op") // a mean, with the yardstick in it
	b.ReportMetric(milliseconds(median(l.wall)), "ms")
	b.ReportMetric(milliseconds(own), "cpu-ms")
	b.ReportMetric(float64(own)/float64(yard), "yards")
}

func median(all []time.Duration) time.Duration {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// processorTime is what this program has used so far, on all threads.
func processorTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// yardstick is a piece of work that never changes: it packs 2 MB and hashes 16.
func yardstick() {
	text := bytes.Repeat([]byte("督办民生任务月报的下发收件审核汇总和通报 0123456789"), 1<<15)
	w, err := flate.NewWriter(io.Discard, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(text)
	}
	if err != nil {
		panic(err)
	}
	for range 8 {
		sha256.Sum256(text)
	}
}

// BenchmarkYear measures, on a workspace with eleven months of papers and the
// forms of one more, all from every unit.
func BenchmarkYear(b *testing.B) {
	pipeline.SpendMemory() // as the program does
	year := yearOf(b)
	for _, x := range []struct {
		name string
		run  func(*testing.B, string)
	}{
		{"Open", benchmarkOpen},
		{"Forms", benchmarkForms},
		{"Digest", func(b *testing.B, year string) { benchmarkDigest(b, year, "") }},
		{"DigestAlone", func(b *testing.B, year string) { benchmarkDigest(b, year, aloneFile) }},
		{"Rerun", benchmarkRerun},
	} {
		b.Run(x.name, func(b *testing.B) { x.run(b, year) })
	}
}

// yearOf is a workspace with eleven months of papers and the forms of one more.
func yearOf(b *testing.B) string {
	c := &clock{}
	c.set(2024, time.April, 25, 9)
	dir := newWorkspace(b)
	w := open(b, dir, c)
	defer w.Close()
	last := plan.MonthOf(2025, 3)
	for m := plan.MonthOf(2024, 4); m <= last; m++ {
		next := m + 1
		c.Time = time.Date(next.Year(), time.Month(next.Number()), 5, 9, 0, 0, 0, schedule.Zone)
		due, err := w.UnitsDue(context.Background(), m)
		if err != nil {
			b.Fatal(err)
		}
		var units []string
		for _, u := range due {
			units = append(units, u.Code)
		}
		reportAll(b, w, m, units...)
		if m == last {
			break
		}
		c.Time = c.Time.AddDate(0, 0, 15)
		if _, err := w.Digest(context.Background(), m); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

// copied is a copy of a workspace without what went out, opened, with the fonts
// read.
func copied(b *testing.B, dir, audiences string) (*pipeline.Workspace, *clock) {
	to := newWorkspace(b)
	if err := os.RemoveAll(filepath.Join(to, "state")); err != nil {
		b.Fatal(err)
	}
	state := os.DirFS(filepath.Join(dir, "state"))
	if err := os.CopyFS(filepath.Join(to, "state"), state); err != nil {
		b.Fatal(err)
	}
	if audiences != "" {
		path := filepath.Join(to, "plan", "audiences.yaml")
		if err := os.WriteFile(path, []byte(audiences), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	c := &clock{}
	c.set(2025, time.April, 20, 8)
	w := open(b, to, c)
	if err := w.CanPrint(); err != nil { // the fonts are read once a program
		b.Fatal(err)
	}
	return w, c
}

// benchmarkOpen opens the workspace: settings, plan, wording and ledger, each
// proven.
func benchmarkOpen(b *testing.B, year string) {
	var l laps
	c := &clock{}
	c.set(2025, time.April, 20, 8)
	for b.Loop() {
		var w *pipeline.Workspace
		l.run(func() { w = open(b, year, c) })
		w.Close()
	}
	l.report(b)
}
