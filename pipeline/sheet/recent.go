package sheet

import "sync"

// recent remembers the last few things that were worked out, and is safe for
// several goroutines. When it is full it begins anew.
type recent[K comparable, V any] struct {
	mu    sync.Mutex
	known map[K]V
}

const recentFew = 32

// get gives the zero value for what is not remembered.
func (r *recent[K, V]) get(k K) V {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known[k]
}

func (r *recent[K, V]) put(k K, v V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) == recentFew {
		r.known = map[K]V{}
	}
	r.known[k] = v
}
