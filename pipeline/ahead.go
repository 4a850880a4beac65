package pipeline

import "sync"

// ahead does something to each of some items, several at once, before what comes
// of it is asked for: next gives the results in the items' order, one a call. No
// more than hold results wait to be asked for. stop begins nothing more and
// waits for what is in hand.
func ahead[T, R any](items []T, workers, hold int, do func(T) R) (next func() R, stop func()) {
	results := make([]chan R, len(items))
	for i := range results {
		results[i] = make(chan R, 1)
	}
	room, todo, ended := make(chan struct{}, hold), make(chan int), make(chan struct{})
	var working sync.WaitGroup
	working.Go(func() {
		defer close(todo)
		for i := range items {
			select {
			case room <- struct{}{}:
			case <-ended:
				return
			}
			select {
			case todo <- i:
			case <-ended:
				return
			}
		}
	})
	for range min(workers, len(items)) {
		working.Go(func() {
			for i := range todo {
				results[i] <- do(items[i])
			}
		})
	}
	at := 0
	next = func() R {
		r := <-results[at]
		at++
		<-room
		return r
	}
	return next, func() {
		close(ended)
		working.Wait()
	}
}
