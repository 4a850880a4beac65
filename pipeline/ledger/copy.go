package ledger

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"duban/pipeline/plan"
)

// Copy is a ledger as it stood at one moment, in a file of its own.
type Copy struct {
	ID     string // of the ledger
	Marker []byte // the marker that belongs beside this copy
	Files  []KeptFile
}

// KeptFile is bytes that were taken: their original must be kept under SHA256.
type KeptFile struct {
	SHA256 string
	Size   int64    // bytes
	Claims []string // the arrivals that brought them
	Held   bool     // 待核实: it may lie in quarantine
}

// CopyTo writes the ledger as it stands now into a new file at path, while
// others read and write it, and proves the copy. A file that is there goes.
func (l *Ledger) CopyTo(ctx context.Context, path string) (Copy, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Copy{}, err
	}
	c, err := l.copyTo(ctx, path)
	return c, explain(path, err)
}

func (l *Ledger) copyTo(ctx context.Context, path string) (c Copy, err error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	// query_only would forbid to write the copy as well.
	db, err := connect(ctx, l.path, "mode=ro", []pragma{{"busy_timeout", "10000", "10000"}})
	if err != nil {
		return c, err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return c, err
	}
	said, err := Examine(ctx, path)
	if err != nil {
		return c, err
	}
	if len(said) > 0 {
		return c, damaged(l.path, errors.New(said[0]))
	}
	copied := &Ledger{path: path, now: l.now}
	if copied.readers, err = connect(ctx, path, "mode=ro", readerPragmas); err != nil {
		return c, err
	}
	defer copied.readers.Close()
	found, err := identity(ctx, copied.readers, math.MaxInt64)
	if err != nil {
		return c, err
	}
	c.ID, c.Marker = found.id, []byte(found.text())
	c.Files, err = copied.Kept(ctx)
	return c, err
}

const selectKept = `SELECT s.sha256, s.size, d.claim, r.state FROM submissions s
	JOIN readings r ON r.submission = s.id AND r.current = 1
	JOIN deliveries d ON d.submission = s.id ORDER BY s.sha256, s.id, d.id`

// Kept lists the files whose originals the archive must hold, by hash, each
// once.
func (l *Ledger) Kept(ctx context.Context) ([]KeptFile, error) {
	var all []KeptFile
	err := l.read(ctx, func(t *tx) error {
		return t.each(selectKept, nil, func(scan row) error {
			var f KeptFile
			var claim string
			var state plan.State
			if err := scan(&f.SHA256, &f.Size, &claim, &state); err != nil {
				return err
			}
			if n := len(all); n == 0 || all[n-1].SHA256 != f.SHA256 {
				f.Held = true
				all = append(all, f)
			}
			last := &all[len(all)-1]
			last.Claims = append(last.Claims, claim)
			last.Held = last.Held && state == plan.Quarantined
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}
