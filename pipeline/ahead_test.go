package pipeline

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

func TestAheadKeepsTheOrderAndHoldsNoMoreThanItMay(t *testing.T) {
	const hold = 3
	items := make([]int, 200)
	for i := range items {
		items[i] = i
	}
	var begun, asked atomic.Int64
	next, stop := ahead(items, 4, hold, func(i int) int {
		if n := begun.Add(1) - asked.Load(); n > hold+1 { // one may just be handed over
			t.Errorf("%d are begun and not asked for", n)
		}
		time.Sleep(time.Duration(i%5) * 100 * time.Microsecond)
		return i
	})
	var got []int
	for range items {
		asked.Add(1)
		got = append(got, next())
	}
	stop()
	if !slices.Equal(got, items) {
		t.Errorf("out of order: %v", got)
	}
}

func TestAheadBeginsNothingWhenItIsStopped(t *testing.T) {
	var begun atomic.Int64
	next, stop := ahead(make([]int, 100), 2, 2, func(int) int { return int(begun.Add(1)) })
	next()
	stop()
	n := begun.Load()
	if time.Sleep(10 * time.Millisecond); begun.Load() != n || n > 4 {
		t.Errorf("%d were begun, then %d", n, begun.Load())
	}
}
