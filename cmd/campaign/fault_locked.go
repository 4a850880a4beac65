//go:build linux

package main

import (
	"database/sql"
	"path/filepath"
	"time"
)

// locked holds the ledger for longer than the daemon waits for it, while it runs and
// while it starts.
var locked = fault{name: "ledger-locked", bites: true, do: func(t *trial) {
	t.furnish()
	d := t.brisk(nil)
	for round, mine := range chunks(t.batchOf(t.usual()), 45) {
		if round == 2 { // the wave between the forms has been enough
			t.dropAll(mine)
			t.until("the rest", func() bool { return t.settled(mine) })
			break
		}
		t.rounds++
		release := t.lockLedger()
		for _, p := range mine {
			t.drop(p)
		}
		if round == 1 {
			t.kill(d)
			d = t.up(t.launch(nil))
		}
		time.Sleep(time.Duration(t.pick(11500, 25000)) * time.Millisecond)
		t.lives(d, "the ledger was locked and")
		release()
		t.until("what came while the ledger was locked", func() bool {
			t.lives(d, "the ledger is free again and")
			return t.settled(mine)
		})
	}
	t.drain(d)
}}

// lockLedger holds a transaction that writes, as a program that looks at the ledger and
// forgets to close it.
func (t *trial) lockLedger() (release func()) {
	db, err := sql.Open("sqlite", "file://"+filepath.Join(t.ws, "state", "duban.db")+
		"?_pragma=busy_timeout(10000)")
	t.must(err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec("BEGIN IMMEDIATE")
	t.must(err)
	return func() {
		_, err := db.Exec("ROLLBACK")
		t.must(err)
		t.must(db.Close())
	}
}
