package durable

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Stream makes a file of what fill writes, for content that is too big to hold
// in memory. The name is not taken from a file that has it: then ErrExists.
// When fill fails there is no file.
func Stream(path string, perm fs.FileMode, fill func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), TempPrefix+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err = fill(f); err != nil {
		return err
	}
	if err = f.Chmod(perm); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	if err = renameNew(f.Name(), path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			err = &fs.PathError{Op: "write", Path: path, Err: ErrExists}
		}
		return err
	}
	return SyncDir(filepath.Dir(path))
}
