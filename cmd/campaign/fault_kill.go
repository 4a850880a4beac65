//go:build linux

package main

import (
	"time"
)

// kill ends the daemon with SIGKILL at random moments while forms arrive, ten a round,
// and starts it at once: now and then it is killed again while it is still recovering.
var kill = fault{name: "kill", do: func(t *trial) {
	t.furnish()
	t.killRounds(t.campaign.rounds)
}}

func (t *trial) killRounds(rounds int) {
	n := max(10*rounds, t.usual())
	batch, each := t.batchOf(n), max(7, n/rounds)
	d, inRound := t.start(), 0
	for _, wave := range batch {
		for _, p := range wave {
			t.drop(p)
			t.pause(40 * time.Millisecond)
			if inRound++; inRound < each {
				continue
			}
			inRound = 0
			t.rounds++
			t.pause(500 * time.Millisecond)
			t.kill(d)
			t.stillConserved()
			for t.random.IntN(4) == 0 {
				again := t.launch(nil)
				t.pause(250 * time.Millisecond)
				t.kill(again)
			}
			d = t.start()
		}
		t.until("a wave to be taken", func() bool {
			t.lives(d, "between two kills")
			return t.settled(wave)
		})
	}
	t.drain(d)
}
