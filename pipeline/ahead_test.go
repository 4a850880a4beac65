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
	next, stop := ahead(items, 4, hold, func(i int) (int, bool) {
		if n := begun.Add(1) - asked.Load(); n > hold+1 { // one may just be handed over
			t.Errorf("%d are begun and not asked for", n)
		}
		time.Sleep(time.Duration(i%5) * 100 * time.Microsecond)
		return i, false
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
	next, stop := ahead(make([]int, 100), 2, 2, func(int) (int, bool) { return int(begun.Add(1)), false })
	next()
	stop()
	n := begun.Load()
	if time.Sleep(10 * time.Millisecond); begun.Load() != n || n > 4 {
		t.Errorf("%d were begun, then %d", n, begun.Load())
	}
}

// A big thing among the small is held by whoever made it, and holds up nobody.
func TestAheadHoldsNoMoreBigThingsThanThereAreWorkers(t *testing.T) {
	const workers = 3
	items := make([]int, 300)
	for i := range items {
		items[i] = i
	}
	isBig := func(i int) bool { return i%100 > 50 || i%7 == 0 }
	var big atomic.Int64
	next, stop := ahead(items, workers, 16, func(i int) (int, bool) {
		if isBig(i) {
			if n := big.Add(1); n > workers+1 { // one may just be handed over
				t.Errorf("%d big things are held", n)
			}
		}
		return i, isBig(i)
	})
	for want := range items {
		if got := next(); got != want {
			t.Fatalf("%d instead of %d", got, want)
		} else if isBig(got) {
			big.Add(-1)
		}
	}
	stop()
	_, stop = ahead(items, workers, 16, func(i int) (int, bool) { return i, true })
	time.Sleep(time.Millisecond)
	stop() // nobody asks for what they hold
}
