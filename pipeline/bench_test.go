package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// BenchmarkDigest makes the papers of a month over the whole plan, with eleven
// months before it: gathered, cut, worded, numbered, set and written. whole is
// every audience and all units, alone the supervision office's paper and book
// only. peak-MB is the most memory the Go runtime held at an iteration's end.
func BenchmarkDigest(b *testing.B) {
	year := yearOf(b)
	for _, x := range []struct{ name, audiences string }{
		{"whole", ""}, {"alone", aloneFile},
	} {
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			var peak uint64
			for b.Loop() {
				b.StopTimer()
				w, c := copied(b, year, x.audiences)
				runtime.GC()
				c.set(2025, time.April, 20, 9)
				b.StartTimer()
				editions, err := w.Digest(context.Background(), plan.MonthOf(2025, 3))
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
				b.ReportMetric(float64(len(editions)), "editions")
				w.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
		})
	}
}

// aloneFile is audiences.yaml with the office's own paper only.
const aloneFile = `audiences:
  - name: 督查考核
    file: 督查通报
    form: 通报
    title: 关于{{.Month}}{{.Subject}}推进情况的通报
    cut: all
    sections: [opening, corrections, overall, fields, practical, lagging, reporting, demands]
    annexes: [indicators, units]
    sheets: [overview, indicators, lagging, units, sources]
`

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
		reportAll(b, w, m, "rsj", "mzj", "wjj", "nyncj", "zjj", "jyj")
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

// copied is a copy of a workspace, opened.
func copied(b *testing.B, dir, audiences string) (*pipeline.Workspace, *clock) {
	to := filepath.Join(b.TempDir(), "ws")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		b.Fatal(err)
	}
	if audiences != "" {
		if err := os.WriteFile(filepath.Join(to, "plan", "audiences.yaml"), []byte(audiences), 0o600); err != nil {
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
