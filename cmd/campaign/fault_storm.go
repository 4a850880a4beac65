//go:build linux

package main

// killStorm kills the daemon again and again just after its start, over one and the same
// heap of files, as a machine does whose power comes and goes. A file that was in hand
// three times may be put aside then, as one that ends the program: it is told of, and an
// administrator releases it.
var killStorm = fault{name: "kill-storm", do: func(t *trial) {
	t.furnish()
	for _, wave := range t.batchOf(t.usual()) {
		t.dropAll(wave)
		for range t.pick(3, 12) {
			t.rounds++
			t.killAt(stages[t.random.IntN(len(stages))], 1+t.random.IntN(4), t.soon())
		}
		t.stillConserved()
		d := t.start()
		t.until("the heap", func() bool { return t.settled(wave) })
		t.drain(d)
	}
}}
