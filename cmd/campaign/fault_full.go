//go:build linux

package main

import (
	"os"
	"path/filepath"
	"sync"
	"time"
)

// diskFull runs the disk of the whole workspace full, again and again and at another
// moment of the way of a form each time: the daemon must go on, take what it can when
// there is room again, and need no restart.
var diskFull = fault{name: "disk-full", root: true, bites: true, do: func(t *trial) {
	disk := filepath.Join(t.dir, "disk")
	t.tmpfs(disk, "size=48m")
	t.ws = filepath.Join(disk, "ws")
	t.furnish()
	t.fillAndLift(ballast{filepath.Join(disk, "ballast")})
}}

// stateFull is the same where only the program's own folder is full, on a disk of its own:
// moving from the inbox is copying there.
var stateFull = fault{name: "state-full", root: true, bites: true, do: func(t *trial) {
	t.furnish()
	t.ownDisk("state", "size=48m")
	t.fillAndLift(ballast{filepath.Join(t.ws, "state", "ballast")})
}}

// amounts are the bytes left free: none, a page, less and more than a form, less and more
// than the reserve of a megabyte.
var amounts = []int64{0, 0, 4 << 10, 12 << 10, 40 << 10, 300 << 10, 1100 << 10}

// fillAndLift drops forms and fills the disk when one comes through a stage; or fills it
// first and drops then, where there is still room for them.
func (t *trial) fillAndLift(b ballast) {
	moments := append([]string{""}, stages...)
	var at struct {
		sync.Mutex
		fill func(string)
	}
	d := t.brisk(func(line string) {
		at.Lock()
		defer at.Unlock()
		if at.fill != nil {
			at.fill(line)
		}
	})
	for round, mine := range chunks(t.batchOf(t.pick(40, 200)), t.pick(16, 8)) {
		t.rounds++
		stage, free := moments[round%len(moments)], amounts[t.random.IntN(len(amounts))]
		if stage == "" {
			t.must(b.leave(free))
		} else {
			at.Lock()
			at.fill = atStage(stage, 1+t.random.IntN(3), func() { b.leave(free) })
			at.Unlock()
		}
		var late []parcel
		for _, p := range mine {
			if err := t.lay(p); full(err) {
				late = append(late, p) // a clerk who is told that the disk is full comes again
			} else {
				t.must(err)
			}
		}
		time.Sleep(time.Duration(700+t.random.IntN(1500)) * time.Millisecond)
		t.lives(d, "on a full disk")
		at.Lock()
		at.fill = nil
		at.Unlock()
		t.must(os.RemoveAll(b.path))
		for _, p := range late {
			t.drop(p)
		}
		t.until("what came while the disk was full", func() bool {
			t.lives(d, "after the disk was full")
			return t.settled(mine)
		})
	}
	t.turnsRed(d, func() { t.must(b.leave(0)) }, func() { t.must(b.lift()) })
	t.fullStart(d, b)
}

// turnsRed does something, waits for the daemon to be red, undoes it and waits for the
// light to change.
func (t *trial) turnsRed(d *daemon, do, undo func()) {
	do()
	t.until("a red light", func() bool {
		t.lives(d, "before it was red")
		return t.health() == "red"
	})
	t.red = true
	undo()
	t.until("another light than red", func() bool {
		t.lives(d, "when it should have become well")
		return t.health() != "red"
	})
}

// fullStart kills the daemon on a full disk and starts it there: it runs, or says why not
// and runs when there is room.
func (t *trial) fullStart(d *daemon, b ballast) {
	t.must(b.leave(0))
	t.kill(d)
	d = t.launch(nil)
	time.Sleep(1500 * time.Millisecond)
	t.must(b.lift())
	if d.over() {
		t.note("on a full disk a start says why not")
		d = t.start()
	}
	t.drain(d)
}
