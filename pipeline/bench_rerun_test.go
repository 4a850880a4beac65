//go:build unix

package pipeline_test

import (
	"context"
	"testing"
	"time"

	"duban/pipeline/plan"
)

// benchmarkRerun runs the last month that has papers again: every original is
// read and judged, and another edition of everything is made, set and written.
func benchmarkRerun(b *testing.B, year string) {
	ctx, m := context.Background(), plan.MonthOf(2025, 2)
	var l laps
	for b.Loop() {
		w, c := copied(b, year, "")
		c.set(2025, time.April, 20, 9)
		l.run(func() {
			p, err := w.Propose(ctx, m, true)
			if err == nil {
				_, err = w.CarryOut(ctx, p)
			}
			if err != nil {
				b.Fatal(err)
			}
		})
		w.Close()
	}
	l.report(b)
}
