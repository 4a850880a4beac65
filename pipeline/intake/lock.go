package intake

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"duban/pipeline/durable"
)

// ErrLocked says that another duban runs on the workspace.
var ErrLocked = errors.New(
	"本工作目录已有一个 duban 在运行；一个工作目录只能有一个，请先结束那一个，或等它办完再试")

// Held is the lock of a workspace, held.
type Held struct{ lock *flock.Flock }

// Lock takes the workspace's lock, duban.lock in its state folder, and returns
// ErrLocked at once when another program holds it. The system frees it when
// the program ends, however it ends; the file itself stays.
func Lock(state string) (*Held, error) {
	if err := durable.MkdirAll(state, 0o755); err != nil {
		return nil, err
	}
	l := flock.New(filepath.Join(state, "duban.lock"))
	ok, err := l.TryLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrLocked
	}
	return &Held{l}, nil
}

// Release gives the lock up.
func (h *Held) Release() error { return h.lock.Unlock() }

// Locked reports whether a program holds the workspace's lock.
func Locked(state string) (bool, error) {
	if _, err := os.Stat(filepath.Join(state, "duban.lock")); err != nil {
		return false, nil // nobody ever ran
	}
	held, err := Lock(state)
	switch {
	case errors.Is(err, ErrLocked):
		return true, nil
	case err != nil:
		return false, err
	}
	return false, held.Release()
}
