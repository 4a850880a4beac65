//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// changing saves files over and over while they are taken, in place and by renaming, as
// an office program does. The last version is taken once; every earlier one that was
// taken is a delivery of its own and lies whole in the archive; nothing else was made of
// them.
var changing = fault{name: "changing", do: func(t *trial) {
	t.furnish()
	d := t.start()
	batch := t.batchOf(t.usual())
	t.all(batch[:len(batch)-1])
	last := batch[len(batch)-1]
	saved := t.versionsOf(last)
	pauses := t.draws(len(last), 20, 620)
	t.together(len(last), func(i int) error {
		for _, p := range saved[i] {
			if err := t.save(p, i%2 == 0); err != nil {
				return err
			}
			time.Sleep(time.Duration(pauses[i]) * time.Millisecond)
		}
		return nil
	})
	t.rounds = 1
	t.hasAll(last)
	t.until("the last versions", func() bool { return t.settled(last) })
	t.until("nothing to be left", func() bool { return len(t.hashes("inbox")) == 0 && t.idle() })
	t.note("%d earlier versions taken", t.hasEarlier(saved))
	t.drain(d)
}}

// versionsOf are what is saved of each file, one after the other; the last is the file.
func (t *trial) versionsOf(all []parcel) [][]parcel {
	saved := make([][]parcel, len(all))
	for i, p := range all {
		for n := range 2 + t.random.IntN(6) {
			saved[i] = append(saved[i], t.stock.parcel("form", p.folder, p.name,
				remarked(p.bytes, fmt.Sprint(" save ", n))))
		}
		saved[i] = append(saved[i], p)
	}
	return saved
}

// hasEarlier notes the earlier versions that were taken, each a delivery of its own. What
// was taken and is none of them was never saved so.
func (t *trial) hasEarlier(saved [][]parcel) (early int) {
	known := map[string]parcel{}
	for _, p := range slices.Concat(saved...) {
		known[p.sum] = p
	}
	for _, place := range []string{"state/archive", "state/quarantine"} {
		for sum := range t.hashes(place) {
			if t.dropped[sum] != nil {
				continue
			}
			p, ours := known[sum]
			if !ours {
				t.failf("%s was taken, and nobody saved it so", sum[:12])
			}
			t.has(p)
			early++
		}
	}
	return early
}

// save writes a file over what is there: in place, or beside and renamed.
func (t *trial) save(p parcel, inPlace bool) error {
	dir := filepath.Join(t.ws, "inbox", p.folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	path := filepath.Join(dir, p.name)
	if inPlace {
		return os.WriteFile(path, p.bytes, 0o644)
	}
	if err := os.WriteFile(path+".part", p.bytes, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}
