//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// halfWritten writes files as a slow line does: in pieces, with pauses shorter and longer
// than a file must rest, into a file that stays open until it is whole; and each time one
// whose writer dies in the middle. What was written whole is taken whole and nothing of it
// before; a half is refused as one, and neither blocks the other.
var halfWritten = fault{name: "half-written", do: func(t *trial) {
	t.furnish()
	d := t.start()
	for _, mine := range chunks(t.batchOf(t.usual()), 15) {
		t.rounds++
		whole := mine[0].bytes
		mine = append(slices.Clone(mine), t.stock.parcel("cut short", mine[0].folder,
			fmt.Sprintf("断线 %d.xlsx", t.rounds), whole[:len(whole)/2]))
		pieces, pauses := t.draws(len(mine), 2, 5), t.draws(len(mine), 100, 900)
		t.together(len(mine), func(i int) error {
			return t.writeSlowly(mine[i], pieces[i], time.Duration(pauses[i])*time.Millisecond)
		})
		t.hasAll(mine)
		t.until("what was written slowly", func() bool {
			t.lives(d, "while files were written slowly")
			return t.settled(mine)
		})
	}
	t.drain(d)
}}

// writeSlowly writes a file in pieces, with a pause after each.
func (t *trial) writeSlowly(p parcel, pieces int, pause time.Duration) error {
	dir := filepath.Join(t.ws, "inbox", p.folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, p.name))
	if err != nil {
		return err
	}
	defer f.Close()
	for i := range pieces {
		_, err := f.Write(p.bytes[len(p.bytes)*i/pieces : len(p.bytes)*(i+1)/pieces])
		if err != nil {
			return err
		}
		time.Sleep(pause)
	}
	return nil
}
