package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"duban/pipeline/durable"
)

var errNotRegular = errors.New("not a regular file")

// ErrNotKept says that no file with that hash is kept.
var ErrNotKept = errors.New("no file with this hash is kept")

// Settle moves claimed files from work into the archive, where they stay for
// ever. The same bytes may be there already: they are compared, and one copy
// is kept; how often they came is for the ledger to know. A file that was too
// big goes into quarantine. Settling twice is no fault. Commit first.
func (f *Folder) Settle(claims ...Claim) error { return f.settle(f.Archive, claims) }

// SetAside is Settle into quarantine, for a person to decide. What the archive
// keeps already stays there alone: somebody has decided on it.
func (f *Folder) SetAside(claims ...Claim) error {
	var kept, aside []Claim
	for _, c := range claims {
		if _, err := os.Lstat(keptPath(f.Archive, c.SHA256)); err == nil {
			kept = append(kept, c)
		} else {
			aside = append(aside, c)
		}
	}
	return errors.Join(f.settle(f.Archive, kept), f.settle(f.Quarantine, aside))
}

// Release moves a file from quarantine into the archive.
func (f *Folder) Release(sha string) error {
	from, to := keptPath(f.Quarantine, sha), keptPath(f.Archive, sha)
	b, err := readKept(from, sha)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := readKept(to, sha); err == nil {
			return nil // released before
		}
		return fmt.Errorf("%s: %w", sha, ErrNotKept)
	}
	if err != nil {
		return err
	}
	if err := durable.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return f.keep(Claim{ID: newID(), SHA256: sha, Bytes: b, Path: from}, to,
		durable.Move(from, to))
}

// Kept returns the bytes of a settled file, from the archive or quarantine,
// and proves that they have the hash they are kept under.
func (f *Folder) Kept(sha string) ([]byte, error) {
	for _, root := range []string{f.Archive, f.Quarantine} {
		b, err := readKept(keptPath(root, sha), sha)
		if !errors.Is(err, fs.ErrNotExist) {
			return b, err
		}
	}
	return nil, fmt.Errorf("%s: %w", sha, ErrNotKept)
}

// Original returns the bytes of a file whether it has been settled or its claim
// still lies in work, between the commit and the move; it looks into the
// archive again behind work, so that a move in between is not missed.
func (f *Folder) Original(sha, claim string) ([]byte, error) {
	b, err := f.Kept(sha)
	if !errors.Is(err, ErrNotKept) || claim == "" || claim != filepath.Base(claim) {
		return b, err
	}
	b, err = readKept(filepath.Join(f.Work, claim), sha)
	if errors.Is(err, fs.ErrNotExist) {
		return f.Kept(sha)
	}
	return b, err
}

// keptPath is where a file with that hash stands below root.
func keptPath(root, sha string) string {
	return filepath.Join(root, sha[:min(2, len(sha))], sha)
}

func readKept(path, sha string) ([]byte, error) {
	if len(sha) != 2*sha256.Size || strings.Trim(sha, "0123456789abcdef") != "" {
		return nil, fmt.Errorf("%q is not a SHA-256 in hex", sha)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if hash(b) != sha {
		return nil, fmt.Errorf("%s is damaged: its bytes do not have its hash", path)
	}
	return b, nil
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return hex.EncodeToString(sum.Sum(nil)), err
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func (f *Folder) settle(root string, claims []Claim) error {
	var faults error
	var pairs []durable.Pair
	var moving []Claim
	var gone []string
	if err := f.shelve(root, claims); err != nil {
		return err
	}
	for _, c := range claims {
		to := keptPath(root, c.SHA256)
		if c.TooBig {
			to = filepath.Join(f.Quarantine, c.ID)
		}
		movable, err := f.prepare(c, to)
		switch {
		case err != nil:
			faults = errors.Join(faults, err)
		case movable:
			pairs = append(pairs, durable.Pair{From: c.Path, To: to})
			moving = append(moving, c)
		default:
			gone = append(gone, c.ID)
		}
	}
	for i, err := range durable.MoveAll(pairs...) {
		if err = f.keep(moving[i], pairs[i].To, err); err != nil {
			faults = errors.Join(faults, err)
			continue
		}
		gone = append(gone, moving[i].ID)
	}
	return errors.Join(faults, f.dropSlips(gone...))
}

// shelve makes the folders that claims are moved to.
func (f *Folder) shelve(root string, claims []Claim) error {
	shelves := map[string]bool{}
	big := false
	for _, c := range claims {
		if c.TooBig {
			big = true
		} else {
			shelves[filepath.Base(filepath.Dir(keptPath(root, c.SHA256)))] = true
		}
	}
	if len(shelves) > 0 {
		if err := durable.MkdirIn(root, 0o755, slices.Collect(maps.Keys(shelves))...); err != nil {
			return err
		}
	}
	if big {
		return durable.MkdirAll(f.Quarantine, 0o755)
	}
	return nil
}

// prepare says whether the file in work is the one that was handed over and may
// be moved; it is read once more, unless nothing can have been written. If it is
// not, the bytes that were handed over are put in place and the file is dealt
// with.
func (f *Folder) prepare(c Claim, to string) (movable bool, err error) {
	info, err := os.Lstat(c.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, f.settledBefore(c, to)
	}
	if err != nil {
		return false, err
	}
	if c.TooBig || c.as != nil && same(c.as, info) && !shared(info) {
		return true, nil
	}
	now, err := hashFile(c.Path)
	if err != nil {
		return false, err
	}
	unchanged := now == c.SHA256
	if unchanged && !shared(info) {
		return true, nil
	}
	if hash(c.Bytes) != c.SHA256 {
		if c.Bytes, err = readKept(c.Path, c.SHA256); err != nil {
			return false, fmt.Errorf("claim %s: the file in work has changed: %w", c.ID, err)
		}
	}
	// It has a second name or an open writer: the archive gets its own copy.
	if err := f.keep(c, to, durable.WriteNew(to, c.Bytes, 0o644)); err != nil {
		return false, err
	}
	if unchanged {
		return false, durable.Remove(c.Path)
	}
	// What was written after the claim is another delivery.
	return false, durable.Move(c.Path, filepath.Join(f.Inbox, c.ID+".xlsx"))
}

// settledBefore accepts a claim whose file has left work, if it is kept.
func (f *Folder) settledBefore(c Claim, to string) error {
	if c.TooBig {
		return nil // moved before, or left with its owner at the counter
	}
	if _, err := f.Kept(c.SHA256); err == nil {
		return nil
	}
	if hash(c.Bytes) != c.SHA256 {
		return fmt.Errorf("claim %s: %w", c.ID, ErrNotKept)
	}
	return f.keep(c, to, durable.WriteNew(to, c.Bytes, 0o644))
}

// keep ends a move into a kept place. Where the name was taken, the same bytes
// make the copy needless; other bytes are a damaged file, which is set aside
// and replaced by the good one.
func (f *Folder) keep(c Claim, to string, moved error) error {
	if moved == nil || !errors.Is(moved, fs.ErrExist) {
		return moved
	}
	old, err := os.ReadFile(to)
	if err != nil {
		return err
	}
	if hash(old) == c.SHA256 {
		if c.Bytes != nil && !bytes.Equal(old, c.Bytes) {
			return fmt.Errorf("claim %s: two files with one hash", c.ID)
		}
		if err := durable.SyncDir(filepath.Dir(to)); err != nil {
			return err
		}
		return durable.Remove(c.Path)
	}
	aside := filepath.Join(f.Quarantine, filepath.Base(to)+".damaged-"+c.ID)
	f.log().Error("存档里的一份原件已损坏，换上完好的，损坏的另放在隔离文件夹", "sha256", c.SHA256)
	if err := durable.MkdirAll(f.Quarantine, 0o755); err != nil {
		return err
	}
	if err := durable.Move(to, aside); err != nil {
		return err
	}
	if err := durable.Move(c.Path, to); err != nil {
		return err
	}
	return nil
}
