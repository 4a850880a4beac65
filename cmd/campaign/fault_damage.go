//go:build linux

package main

import (
	"os"
	"path/filepath"
)

// damaged damages the ledger at rest in every way of the table: the daemon must refuse
// with a sentence that tells how to restore it, touch neither inbox nor archive nor the
// ledger, and go on from a restored copy. An older ledger it brings up to date.
var damaged = fault{name: "ledger-damaged", do: func(t *trial) {
	t.furnish()
	batch := t.batchOf(t.usual())
	d := t.start()
	t.all(batch[:1])
	t.drain(d)
	rest := chunks(batch[1:], 1)
	for i, x := range damages {
		t.rounds++
		t.doing = x.name
		var mine [][]parcel
		for _, c := range rest[len(rest)*i/len(damages) : len(rest)*(i+1)/len(damages)] {
			mine = append(mine, c)
			t.drop(c[0])
		}
		if x.killed {
			d := t.start()
			t.until("something to be taken", func() bool { return t.settled(mine[0]) })
			t.kill(d)
			mine = nil
		}
		good := t.snapshot()
		t.must(x.do(&patient{filepath.Join(t.ws, "state"), t.repo, t.random}))
		if x.says == nil {
			t.drain(t.start())
			continue
		}
		bad := t.snapshot()
		t.refusedUntouched(x, mine, bad)
		t.restore(good)
		t.drain(t.start())
	}
}}

// refusedUntouched wants the daemon, and a sweep, to refuse and to change nothing.
func (t *trial) refusedUntouched(x damage, waiting [][]parcel, bad map[string][]byte) {
	before := t.hashes("state/archive")
	t.refused(1, append([]string{"duban："}, x.says...)...)
	if out, status := t.command("once"); status != 1 {
		t.failf("duban once ended with %d: %s", status, out)
	}
	inbox := t.hashes("inbox")
	for _, wave := range waiting {
		if inbox[wave[0].sum] != 1 {
			t.failf("%s is not in the inbox any more", wave[0].name)
		}
	}
	if len(t.hashes("state/archive")) != len(before) {
		t.failf("the archive was changed")
	}
	for name, was := range bad {
		if !sameBytes(filepath.Join(t.ws, "state", name), was) {
			t.failf("%s was changed", name)
		}
	}
	if _, has := bad["duban.db"]; !has {
		if info, err := os.Stat(filepath.Join(t.ws, "state", "duban.db")); err == nil {
			t.failf("a ledger of %d bytes was begun", info.Size())
		}
	}
}

// snapshot is the ledger's files, as a backup at rest has them.
func (t *trial) snapshot() map[string][]byte {
	all := map[string][]byte{}
	for _, name := range []string{"duban.db", "duban.db-wal", "ledger.id"} {
		b, err := os.ReadFile(filepath.Join(t.ws, "state", name))
		if err == nil {
			all[name] = b
		} else if !os.IsNotExist(err) {
			t.must(err)
		}
	}
	return all
}

// restore puts a snapshot back, and nothing beside it.
func (t *trial) restore(snapshot map[string][]byte) {
	for _, name := range []string{"duban.db", "duban.db-wal", "duban.db-shm", "ledger.id"} {
		path := filepath.Join(t.ws, "state", name)
		if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
			t.must(err)
		}
		if b, has := snapshot[name]; has {
			t.must(os.WriteFile(path, b, 0o644))
		}
	}
}
