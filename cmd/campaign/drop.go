//go:build linux

package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// dropped is a file that was laid into the inbox, under however many names.
type dropped struct {
	parcel
	times int
}

// furnish makes the trial's workspace, where nothing was dropped yet.
func (t *trial) furnish() {
	t.must(os.CopyFS(t.ws, os.DirFS(t.stock.ws)))
	t.must(os.Chmod(filepath.Join(t.ws, "state", "key"), 0o600))
	first := t.stock.opening
	t.dropped[first.sum] = &first
	t.sent = 1
}

// drop lays a file into the inbox: written in its place as a share does it, or beside
// and renamed.
func (t *trial) drop(p parcel) {
	if err := t.lay(p); err != nil {
		t.failf("dropping %s: %v", p.name, err)
	}
}

func (t *trial) lay(p parcel) error {
	dir := filepath.Join(t.ws, "inbox", p.folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	path := filepath.Join(dir, p.name)
	writeTo := path
	if t.random.IntN(2) == 0 {
		writeTo += ".part"
	}
	if err := os.WriteFile(writeTo, p.bytes, 0o644); err != nil {
		return errors.Join(err, os.Remove(writeTo))
	}
	if writeTo != path {
		if err := os.Rename(writeTo, path); err != nil {
			return err
		}
	}
	t.has(p)
	return nil
}

// has notes that a file was dropped.
func (t *trial) has(p parcel) {
	t.sent++
	if d := t.dropped[p.sum]; d != nil {
		d.times++
		return
	}
	t.dropped[p.sum] = &dropped{p, 1}
}

// hasAll notes that files were dropped.
func (t *trial) hasAll(all []parcel) {
	for _, p := range all {
		t.has(p)
	}
}

// full reports whether an error says that the disk is.
func full(err error) bool { return errors.Is(err, syscall.ENOSPC) }

// settled reports whether files have been taken: they lie in the archive or in
// quarantine, under their hash.
func (t *trial) settled(wave []parcel) bool {
	for _, p := range wave {
		if !t.kept(p.sum) {
			return false
		}
	}
	return true
}

func (t *trial) kept(sum string) bool {
	for _, place := range []string{"archive", "quarantine"} {
		if _, err := os.Lstat(filepath.Join(t.ws, "state", place, sum[:2], sum)); err == nil {
			return true
		}
	}
	return false
}

// receipts are the texts of the receipts in the outbox, but for that of a file too big to
// be a delivery.
func (t *trial) receipts() []string {
	found, err := filepath.Glob(filepath.Join(t.ws, "outbox", "receipts", "*", "*-回执.txt"))
	t.must(err)
	return slices.DeleteFunc(found, func(path string) bool {
		return t.unread.name != "" && strings.Contains(path, strings.TrimSuffix(t.unread.name, ".xlsx"))
	})
}

// drain waits until everything that was dropped has its receipt, ends the daemon, and so
// leaves a workspace at rest.
func (t *trial) drain(d *daemon) {
	t.until("every receipt", func() bool {
		t.lives(d, "before it had answered everything")
		return len(t.receipts()) >= t.sent+t.decided && t.idle()
	})
	t.stop(d)
}

// idle reports whether nothing is in work.
func (t *trial) idle() bool {
	in, err := os.ReadDir(filepath.Join(t.ws, "state", "work"))
	return err == nil && len(in) == 0 || errors.Is(err, os.ErrNotExist)
}

// all drops waves, each when the one before has been taken.
func (t *trial) all(batch [][]parcel) {
	for _, wave := range batch {
		for _, p := range wave {
			t.drop(p)
		}
		t.until("a wave to be taken", func() bool { return t.settled(wave) })
	}
}

// batchOf is the batch of n files, which this trial is held against a reference with.
func (t *trial) batchOf(n int) [][]parcel {
	t.campaign.mu.Lock()
	defer t.campaign.mu.Unlock()
	b, err := t.stock.batch(n)
	t.must(err)
	t.size = n
	return b
}

// chunks parts waves into at most n files at a time, none of two waves.
func chunks(batch [][]parcel, n int) (all [][]parcel) {
	for _, wave := range batch {
		all = append(all, slices.Collect(slices.Chunk(wave, n))...)
	}
	return all
}

// isTemporary reports whether a name is one of a file that is still being written.
func isTemporary(name string) bool {
	return strings.HasPrefix(name, ".tmp-") || strings.HasSuffix(name, "-journal") ||
		strings.HasPrefix(name, "excelize-")
}

// sameBytes reports whether a file holds exactly these bytes.
func sameBytes(path string, b []byte) bool {
	got, err := os.ReadFile(path)
	return err == nil && bytes.Equal(got, b)
}
