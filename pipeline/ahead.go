package pipeline

import "sync"

// ahead does something to each of some items, several at once, before what comes
// of it is asked for: next gives the results in the items' order, one a call. No
// more than hold results wait to be asked for, and of big ones no more than there
// are workers: who did something big waits until it is asked for. stop begins
// nothing more and waits for what is in hand.
func ahead[T, R any](items []T, workers, hold int, do func(T) (r R, big bool)) (
	next func() R, stop func()) {
	q := &queue[R]{results: make([]*R, len(items)), hold: hold}
	q.room.L, q.ready.L = &q.mu, &q.mu
	var working sync.WaitGroup
	for range min(workers, len(items)) {
		working.Go(func() {
			for i := q.begin(); i >= 0; i = q.begin() {
				r, big := do(items[i])
				q.put(i, &r, big)
			}
		})
	}
	return q.next, func() {
		q.end()
		working.Wait()
	}
}

// queue is the results of ahead. To be woken costs a fair part of opening a form:
// those who wait therefore wait until there is something to do for a while.
type queue[R any] struct {
	hold int

	mu      sync.Mutex
	room    sync.Cond // to begin another, or to go on after something big
	ready   sync.Cond // to be asked for
	results []*R
	begun   int // how many were begun
	asked   int // how many were asked for
	waiting int // how many did something big and wait
	ended   bool
}

// begin is the place of the next item to do; -1 when there is none.
func (q *queue[R]) begin() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for !q.ended && q.begun < len(q.results) && q.begun-q.asked >= q.hold {
		q.room.Wait()
	}
	if q.ended || q.begun == len(q.results) {
		return -1
	}
	q.begun++
	return q.begun - 1
}

func (q *queue[R]) put(i int, r *R, big bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.results[i] = r
	if big {
		q.waiting++
		defer func() { q.waiting-- }()
	}
	if q.enough() {
		q.ready.Signal()
	}
	for big && q.asked <= i && !q.ended {
		q.room.Wait()
	}
}

// enough reports whether it is worth while to wake who asks: there are several
// results, or the only ones that can come before one is asked for.
func (q *queue[R]) enough() bool {
	some := min(max(q.hold/2, 1), len(q.results)-q.asked)
	if q.waiting > 0 {
		some = min(some, 1)
	}
	for _, r := range q.results[q.asked : q.asked+some] {
		if r == nil {
			return false
		}
	}
	return true
}

func (q *queue[R]) next() R {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.results[q.asked] == nil {
		for !q.enough() {
			q.ready.Wait()
		}
	}
	r := q.results[q.asked]
	q.results[q.asked] = nil
	q.asked++
	if q.waiting > 0 || q.begun-q.asked <= q.hold/2 {
		q.room.Broadcast()
	}
	return *r
}

func (q *queue[R]) end() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended = true
	q.room.Broadcast()
}
