package durable

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Pair is one move for MoveAll.
type Pair struct{ From, To string }

// Move gives a file another name and never takes one that exists: then it
// returns ErrExists and the file stays. At every instant the file has exactly
// one of the two names, unless they lie on different file systems: then it is
// copied, flushed, compared and only then removed, so that a kill may leave
// both, never neither.
func Move(from, to string) error { return MoveAll(Pair{from, to})[0] }

// MoveAll moves several files as Move does and flushes each folder once. There
// is one error, or nil, for each pair; a fault of one does not stop the others.
func MoveAll(pairs ...Pair) []error {
	errs := make([]error, len(pairs))
	var dirs folders
	for i, p := range pairs {
		if errs[i] = move(p.From, p.To); errs[i] == nil {
			dirs.add(filepath.Dir(p.To))
			dirs.add(filepath.Dir(p.From))
		}
	}
	if err := dirs.sync(); err != nil {
		for i := range errs {
			if errs[i] == nil {
				errs[i] = err
			}
		}
	}
	return errs
}

func move(from, to string) error {
	err := renameNew(from, to)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return &os.LinkError{Op: "move", Old: from, New: to, Err: ErrExists}
	case isCrossDevice(err):
		return moveAcross(from, to)
	}
	return err
}

// moveAcross moves between file systems: copy, flush, compare, name, remove.
func moveAcross(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	tmp, err := copyTemp(in, to)
	if err != nil {
		return err
	}
	if err := renameNew(tmp, to); err != nil {
		os.Remove(tmp)
		if errors.Is(err, fs.ErrExist) {
			return &os.LinkError{Op: "move", Old: from, New: to, Err: ErrExists}
		}
		return err
	}
	if err := SyncDir(filepath.Dir(to)); err != nil {
		return err
	}
	in.Close() // a file that is open cannot be removed everywhere
	if err := os.Remove(from); err != nil && !errors.Is(err, fs.ErrNotExist) {
		// Two copies would be two files: the first stays, the second goes.
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// copyTemp copies an open file to a temporary beside path, reads it back and
// compares both with what was copied.
func copyTemp(in *os.File, path string) (name string, err error) {
	info, err := in.Stat()
	if err != nil {
		return "", err
	}
	out, err := os.CreateTemp(filepath.Dir(path), TempPrefix+"*")
	if err != nil {
		return "", err
	}
	defer func() {
		out.Close()
		if err != nil {
			os.Remove(out.Name())
		}
	}()
	wrote := sha256.New()
	if _, err = io.Copy(io.MultiWriter(out, wrote), in); err != nil {
		return "", err
	}
	if err = out.Chmod(info.Mode().Perm()); err != nil {
		return "", err
	}
	if err = out.Sync(); err != nil {
		return "", err
	}
	for _, f := range []*os.File{out, in} {
		again := sha256.New()
		if _, err = f.Seek(0, io.SeekStart); err != nil {
			return "", err
		}
		if _, err = io.Copy(again, f); err != nil {
			return "", err
		}
		if string(again.Sum(nil)) != string(wrote.Sum(nil)) {
			return "", fmt.Errorf("%s reads back differently from what was copied", f.Name())
		}
	}
	if err = out.Close(); err != nil {
		return "", err
	}
	return out.Name(), os.Chtimes(out.Name(), info.ModTime(), info.ModTime())
}

// linkNew is a rename that never replaces, for file systems that have no call
// for it: a second name, then the first removed. Where there are no second
// names either, it looks first; two programs could then race, which the lock
// on the state folder prevents.
func linkNew(from, to string) error {
	err := os.Link(from, to)
	if err == nil {
		return os.Remove(from)
	}
	if errors.Is(err, fs.ErrExist) || isCrossDevice(err) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, e := os.Lstat(to); e == nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: fs.ErrExist}
	}
	return os.Rename(from, to)
}
