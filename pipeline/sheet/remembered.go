package sheet

import (
	"crypto/sha256"
	"sync"
)

// remembered is what was read of the last few parts of one kind. The forms of a
// month are of one making and come back from few programs, so that most have
// the same styles, relationships and list of sheets, byte by byte: together they
// are a third of reading a form. It is safe for several goroutines; what it gives
// must not be changed.
type remembered[T any] struct {
	mu   sync.Mutex
	read map[partRead]T
}

// partRead is everything that the reading of a part follows from.
type partRead struct {
	name   string
	packed [sha256.Size]byte
	method uint16
	sum    uint32
	size   int64
	lim    Limits
}

const (
	rememberedParts = 32       // when there are more it begins anew
	rememberedBytes = 64 << 10 // a part that is larger, inflated, is read each time
)

// of gives what read makes of a part; what is no good is read again each time.
func (m *remembered[T]) of(e *entry, lim Limits, read func() (T, error)) (T, error) {
	if e.size > rememberedBytes {
		return read()
	}
	part := partRead{e.name, sha256.Sum256(e.packed), e.method, e.sum, e.size, lim}
	m.mu.Lock()
	known, ok := m.read[part]
	m.mu.Unlock()
	if ok {
		return known, nil
	}
	v, err := read()
	if err != nil {
		return v, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.read == nil || len(m.read) >= rememberedParts {
		m.read = map[partRead]T{}
	}
	m.read[part] = v
	return v, nil
}
