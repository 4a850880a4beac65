//go:build linux

package main

import (
	"os"
	"path/filepath"
	"time"
)

// namesFull runs the disk out of places for files, not of bytes, which no reserve shows.
var namesFull = fault{name: "no-more-files", root: true, bites: true, do: func(t *trial) {
	disk := filepath.Join(t.dir, "disk")
	t.tmpfs(disk, "size=100m,nr_inodes=4000")
	t.ws = filepath.Join(disk, "ws")
	t.furnish()
	d, b := t.brisk(nil), ballast{filepath.Join(disk, "ballast")}
	for _, mine := range chunks(t.batchOf(t.usual()), t.pick(15, 10)) {
		t.rounds++
		t.dropAll(mine)
		t.pause(300 * time.Millisecond)
		t.must(b.files(uint64(t.random.IntN(20))))
		time.Sleep(2 * time.Second)
		t.lives(d, "no file could be made and")
		t.must(os.RemoveAll(b.path))
		t.until("what came while no file could be made", func() bool {
			t.lives(d, "files can be made again and")
			return t.settled(mine)
		})
	}
	t.drain(d)
}}
