//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// flipped flips single bytes of a ledger at rest: whatever the daemon makes of it, either
// it refuses, or the proof finds it, or no row of the ledger says anything else.
var flipped = fault{name: "ledger-flipped", do: func(t *trial) {
	t.furnish()
	d := t.start()
	t.all(t.batchOf(t.usual())[:1])
	t.size = 0
	t.drain(d)
	good := t.snapshot()
	t.rounds = t.pick(8, 120)
	refused, proven, harmless := 0, 0, 0
	for range t.rounds {
		bad := append([]byte(nil), good["duban.db"]...)
		at := t.random.IntN(len(bad))
		bad[at] ^= 1 << t.random.IntN(8)
		t.restore(good)
		t.must(os.WriteFile(filepath.Join(t.ws, "state", "duban.db"), bad, 0o644))
		_, verify := t.command("verify")
		out, once := t.command("once")
		switch {
		case once == 1:
			refused++
		case once != 0 && once != 3:
			t.failf("byte %d flipped: duban once ended with %d: %s", at, once, out)
		case verify == 3 || verify == 1:
			proven++
		case verify != 0:
			t.failf("byte %d flipped: duban verify ended with %d", at, verify)
		default:
			harmless++
			t.sameRows(at, good)
		}
	}
	t.restore(good)
	t.note("%d refused, %d found by verify, %d changed no row", refused, proven, harmless)
}}

// sameRows wants what stands in the ledger to be what stands in the good one.
func (t *trial) sameRows(at int, good map[string][]byte) {
	now := t.gather()
	t.restore(good)
	was := t.gather()
	for _, pair := range [][2]map[string]string{{was.standing, now.standing},
		{was.states(), now.states()}} {
		if said := differences("the row", pair[0], pair[1]); len(said) > 0 {
			t.failf("byte %d flipped, and nobody noticed: %s", at, fmt.Sprint(said))
		}
	}
}
