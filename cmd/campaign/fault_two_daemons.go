//go:build linux

package main

import "os/exec"

// twoDaemons starts a second daemon, and a sweep, beside the first: each says so and ends
// at once with status 2, and the first goes on.
var twoDaemons = fault{name: "two-daemons", do: func(t *trial) {
	t.furnish()
	d := t.start()
	batch := t.batchOf(t.usual())
	for i, mine := range chunks(batch, 20) {
		t.rounds++
		for _, p := range mine {
			t.drop(p)
		}
		if i%2 == 0 {
			t.refused(2, "已有一个 duban 在运行")
		} else if out, err := exec.Command(t.duban, "-C", t.ws, "once").CombinedOutput(); err == nil {
			t.failf("duban once ran beside the daemon: %s", out)
		}
		t.until("the wave", func() bool { return t.settled(mine) })
	}
	t.drain(d)
}}
