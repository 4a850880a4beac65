//go:build linux

package main

import (
	"fmt"
	"time"
)

// sameTenTimes lays the same file into its folder under ten names: at once, one after the
// other, and some of them after a restart. It counts once; each name has its receipt.
var sameTenTimes = fault{name: "same-ten-times", do: func(t *trial) {
	t.furnish()
	d := t.start()
	wave := t.batchOf(t.usual())
	for _, mine := range wave[:2] {
		t.rounds++
		for i, p := range mine[:10] {
			for n := range 10 {
				p.name = fmt.Sprintf("%d 份 %s", n, p.name)
				t.drop(p)
				if i%3 == 1 {
					t.pause(60 * time.Millisecond)
				}
			}
			if i == 5 {
				t.kill(d)
				d = t.start()
			}
		}
		t.until("the ten", func() bool { return t.settled(mine[:10]) })
	}
	t.size = 0
	t.drain(d)
}}
