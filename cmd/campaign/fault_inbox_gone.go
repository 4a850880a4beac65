//go:build linux

package main

import (
	"os"
	"path/filepath"
	"time"
)

// inboxGone takes the inbox away, as when a share is not mounted, puts it back, and puts
// another in its place.
var inboxGone = fault{name: "inbox-gone", do: func(t *trial) {
	t.furnish()
	d := t.start()
	inbox, aside := filepath.Join(t.ws, "inbox"), filepath.Join(t.dir, "share")
	for round, mine := range chunks(t.batchOf(t.usual()), 16) {
		t.rounds++
		half := len(mine) / 2
		t.dropAll(mine[:half])
		t.pause(500 * time.Millisecond)
		t.must(os.Rename(inbox, aside))
		t.swept()
		t.lives(d, "the inbox was away and")
		if round%2 == 0 {
			t.must(os.Rename(aside, inbox))
		} else { // the share comes back with what was on it, elsewhere
			t.must(os.CopyFS(inbox, os.DirFS(aside)))
			t.must(os.RemoveAll(aside))
		}
		t.dropAll(mine[half:])
		t.until("what is on the share", func() bool { return t.settled(mine) })
	}
	t.drain(d)
}}
