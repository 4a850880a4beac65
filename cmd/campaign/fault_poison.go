//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// killTheSame kills the daemon over one and the same file until it is put aside as one
// that ends the program: it is that file alone, it is answered and held, the others are
// taken, and when an administrator releases it, all is as without faults.
var killTheSame = fault{name: "kill-the-same", do: func(t *trial) {
	t.furnish()
	batch := t.batchOf(t.usual())
	t.dropAll(batch[0])
	for range 6 {
		t.rounds++
		t.killAt("read", 1, 0)
	}
	t.drain(t.start())
	t.note("%d put aside and released", t.release())
	d := t.start()
	t.all(batch[1:])
	t.drain(d)
}}

// release releases what was put aside, each to the unit that it is named after.
func (t *trial) release() (n int) {
	var held []struct {
		Number int
		File   string
	}
	out, _ := t.command("--json", "held")
	t.must(json.Unmarshal(out, &held))
	if len(held) == 0 {
		t.failf("no file was put aside: the fault proves nothing")
	}
	for _, h := range held {
		unit, _, _ := strings.Cut(h.File, "-")
		out, status := t.command("release", fmt.Sprint(h.Number), "--unit", unit, "--by", "管理员",
			"--why", "几次断电时正在读它，文件无误")
		if status != 0 && status != 3 {
			t.failf("duban release %d ended with %d: %s", h.Number, status, out)
		}
	}
	t.decided = len(held)
	return len(held)
}
