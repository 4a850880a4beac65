//go:build linux

package main

import (
	"path/filepath"
	"time"
)

// unwritable takes the right to write away from one folder after the other while forms
// arrive: nothing is lost, the light is red, and it goes on by itself when the right is
// back.
var unwritable = fault{name: "unwritable", bites: true, do: func(t *trial) {
	t.furnish()
	d := t.brisk(nil)
	folders := []string{"outbox/receipts", "state/archive", "state/work", "inbox", "state/quarantine",
		"outbox", "state"}
	batch := chunks(t.batchOf(t.usual()), t.pick(6, 12))
	for round, mine := range batch {
		t.rounds++
		folder := folders[round%len(folders)]
		for _, p := range mine[:len(mine)/2] {
			t.drop(p)
		}
		t.pause(600 * time.Millisecond)
		if folder == "inbox" {
			t.dropAll(mine[len(mine)/2:])
		}
		lift := t.readOnly(filepath.Join(t.ws, folder))
		if folder != "inbox" {
			t.dropAll(mine[len(mine)/2:])
		}
		time.Sleep(2 * time.Second)
		t.lives(d, folder+" could not be written and")
		if folder == "outbox/receipts" {
			t.turnsRed(d, func() {}, lift)
		} else {
			lift()
		}
		t.until("what came while "+folder+" could not be written", func() bool {
			t.lives(d, folder+" can be written again and")
			return t.settled(mine)
		})
	}
	t.stop(d)
	lift := t.readOnly(filepath.Join(t.ws, "state"))
	t.refused(1, "duban：")
	lift()
	t.drain(t.start())
}}

func (t *trial) dropAll(all []parcel) {
	for _, p := range all {
		t.drop(p)
	}
}
