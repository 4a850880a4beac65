package durable

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// TempPrefix begins the name of every file that is still being written.
const TempPrefix = ".tmp-"

// ErrExists says that a name is taken and was left as it is. It is also an
// fs.ErrExist.
var ErrExists = fmt.Errorf("the name is taken: %w", fs.ErrExist)

// File is one file for WriteAll.
type File struct {
	Path  string
	Bytes []byte
	Perm  fs.FileMode
}

// Write puts b under path, in place of whatever stood there. When it returns
// nil the file survives a power cut; when it fails the old file stands.
func Write(path string, b []byte, perm fs.FileMode) error {
	return WriteAll(File{path, b, perm})
}

// WriteAll writes several files as Write does and flushes each folder once.
// Each file is whole or absent; together they are not: the first fault ends
// it, and files before the faulty one may stand.
func WriteAll(files ...File) error {
	var dirs folders
	for some := range slices.Chunk(files, together) {
		if err := writeSome(some); err != nil {
			return err
		}
		for _, f := range some {
			dirs.add(filepath.Dir(f.Path))
		}
	}
	return dirs.sync()
}

// together is how many files are open and flushed at once.
const together = 64

func writeSome(files []File) (err error) {
	temps := make([]*os.File, 0, len(files))
	defer func() {
		if err == nil {
			return
		}
		for _, t := range temps { // those that have their name by now lose nothing
			t.Close()
			os.Remove(t.Name())
		}
	}()
	for _, f := range files {
		t, err := writeTemp(f.Path, f.Bytes, f.Perm)
		if err != nil {
			return err
		}
		temps = append(temps, t)
	}
	if err := errors.Join(Flush(temps...)...); err != nil {
		return err
	}
	for i, t := range temps {
		if err := t.Close(); err != nil {
			return err
		}
		if err := os.Rename(t.Name(), files[i].Path); err != nil {
			return err
		}
	}
	return nil
}

// WriteNew puts b under a path that is not taken. A file with the very same
// bytes there is as good, and left alone; any other is ErrExists.
func WriteNew(path string, b []byte, perm fs.FileMode) error {
	t, err := writeTemp(path, b, perm)
	if err != nil {
		return err
	}
	tmp := t.Name()
	if err := errors.Join(t.Sync(), t.Close()); err != nil {
		os.Remove(tmp)
		return err
	}
	err = renameNew(tmp, path)
	if err == nil {
		return SyncDir(filepath.Dir(path))
	}
	os.Remove(tmp)
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !bytes.Equal(old, b) {
		return &fs.PathError{Op: "write", Path: path, Err: ErrExists}
	}
	return SyncDir(filepath.Dir(path)) // its writer may have died before this
}

// writeTemp writes a temporary beside path, which is still open and not flushed.
func writeTemp(path string, b []byte, perm fs.FileMode) (*os.File, error) {
	f, err := os.CreateTemp(filepath.Dir(path), TempPrefix+"*")
	if err != nil {
		return nil, err
	}
	if _, err = f.Write(b); err == nil {
		err = f.Chmod(perm)
	}
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, err
	}
	return f, nil
}

// MkdirAll makes a folder and its missing parents, each flushed into the one
// above it.
func MkdirAll(dir string, perm fs.FileMode) error {
	info, err := os.Stat(dir)
	if err == nil {
		if !info.IsDir() {
			return &fs.PathError{Op: "mkdir", Path: dir, Err: syscall.ENOTDIR}
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := MkdirAll(parent, perm); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, perm); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return SyncDir(parent)
}

// MkdirIn makes folders in one folder, which is made too and flushed once.
func MkdirIn(dir string, perm fs.FileMode, names ...string) error {
	if err := MkdirAll(dir, perm); err != nil {
		return err
	}
	made := false
	for _, name := range names {
		err := os.Mkdir(filepath.Join(dir, name), perm)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		made = made || err == nil
	}
	if !made {
		return nil
	}
	return SyncDir(dir)
}

// Remove deletes files and flushes their folders. One that is already gone is
// no fault.
func Remove(paths ...string) error {
	var dirs folders
	for _, path := range paths {
		err := os.Remove(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		dirs.add(filepath.Dir(path))
	}
	return dirs.sync()
}

// Sweep removes the temporaries that a killed program left in dir (not in the
// folders below it) and says how many. Call it on start, while holding the
// lock that keeps other writers out. A missing folder is swept.
func Sweep(dir string) (removed int, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !strings.HasPrefix(e.Name(), TempPrefix) {
			continue
		}
		e := os.Remove(filepath.Join(dir, e.Name()))
		if e == nil {
			removed++
		} else if !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return removed, err
}

// folders is a set of folders to flush, each once, in the order they came.
type folders []string

func (f *folders) add(dir string) {
	if slices.Contains(*f, dir) {
		return
	}
	*f = append(*f, dir)
}

func (f folders) sync() error {
	var err error
	for _, d := range f {
		err = errors.Join(err, SyncDir(d))
	}
	return err
}
