//go:build unix

package pipeline_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"duban/pipeline/plan"
)

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

// benchmarkDigest makes the papers of a month over the whole plan: gathered,
// cut, worded, numbered, set and written. heap-MB is the most memory in use at a
// run's end.
func benchmarkDigest(b *testing.B, year, audiences string) {
	var l laps
	var heap uint64
	made := 0
	for b.Loop() {
		w, c := copied(b, year, audiences)
		c.set(2025, time.April, 20, 9)
		runtime.GC()
		l.run(func() {
			editions, err := w.Digest(context.Background(), plan.MonthOf(2025, 3))
			if err != nil {
				b.Fatal(err)
			}
			made = len(editions)
		})
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		heap = max(heap, m.HeapInuse)
		w.Close()
	}
	l.report(b)
	b.ReportMetric(float64(made), "editions")
	b.ReportMetric(float64(heap)/(1<<20), "heap-MB")
}
