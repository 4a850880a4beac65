//go:build linux

package main

import (
	"path/filepath"
	"time"
)

// clockJumps sets the clock back and forth while forms arrive, over nights, months and
// years, and once over the days on which the program has to do something: nothing is
// taken twice or forgotten, and no job is done twice.
var clockJumps = fault{name: "clock-jumps", do: func(t *trial) {
	t.furnish()
	t.must(rewrite(filepath.Join(t.ws, "duban.yaml"),
		[2]string{`forms: "0 0 29 2 *"`, `forms: "0 9 25 * *"`}))
	now := time.Now()
	t.must(clock{now, now, 1}.set(t.ws))
	d := t.ticking(nil)
	jumps := []time.Duration{-time.Hour, 25 * time.Hour, -48 * time.Hour, 40 * 24 * time.Hour,
		-400 * 24 * time.Hour, 40 * 24 * time.Hour, 36 * time.Minute, -10 * time.Second,
		-300 * 24 * time.Hour, 40 * 24 * time.Hour}
	for round, mine := range chunks(t.batchOf(t.usual()), 10) {
		t.rounds++
		half := len(mine) / 2
		t.dropAll(mine[:half])
		t.pause(400 * time.Millisecond)
		t.must(clock{now.Add(jumps[round%len(jumps)]), time.Now(), 1}.set(t.ws))
		t.dropAll(mine[half:])
		if t.random.IntN(3) == 0 {
			t.kill(d)
			d = t.ticking(nil)
		}
		t.until("what came around the jump", func() bool {
			t.lives(d, "the clock jumped and")
			return t.settled(mine)
		})
	}
	t.must(clock{now.Add(41 * 24 * time.Hour), time.Now(), 1}.set(t.ws))
	t.until("what was put off", func() bool { return len(t.receipts()) >= t.sent })
	t.drain(d)
	t.formsOnce()
}}

// formsOnce wants every form of a month to have been issued once: a clock that went back
// and came again issues nothing anew.
func (t *trial) formsOnce() {
	db, closed := t.ledgerCopy()
	defer closed()
	again, months := 0, 0
	t.must(db.QueryRow(`SELECT count(*) FROM issues WHERE issue > 1`).Scan(&again))
	t.must(db.QueryRow(`SELECT count(DISTINCT month) FROM issues`).Scan(&months))
	if again > 0 {
		t.failf("%d forms were issued again", again)
	}
	t.note("forms of %d months", months)
}
