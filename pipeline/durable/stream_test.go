package durable

import (
	"errors"
	"io"
	"path/filepath"
	"testing"
)

func TestAStreamIsWholeOrAbsent(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	broken := errors.New("broken off")
	err := Stream(path, 0o600, func(w io.Writer) error {
		if _, err := io.WriteString(w, "half"); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) || len(names(t, dir)) != 0 {
		t.Fatalf("%v; the folder holds %q", err, names(t, dir))
	}
	whole := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	if err := Stream(path, 0o600, whole("one")); err != nil {
		t.Fatal(err)
	}
	if err := Stream(path, 0o600, whole("two")); !errors.Is(err, ErrExists) {
		t.Errorf("a name that is taken: %v", err)
	}
	if got := read(t, path); got != "one" || len(names(t, dir)) != 1 {
		t.Errorf("the file holds %q, the folder %q", got, names(t, dir))
	}
}
