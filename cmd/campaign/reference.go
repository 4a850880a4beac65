//go:build linux

package main

import (
	"fmt"
	"strings"
	"sync"
)

// reference is what a batch comes to where nothing is done to the daemon.
type reference struct {
	once     sync.Once
	fault    string
	states   map[string]string // by hash, of its first delivery
	standing map[string]string
	editions map[string]string
}

// reference runs the batch of n files without faults, once for all who ask.
func (c *campaign) reference(t *trial, n int) *reference {
	c.mu.Lock()
	r := c.references[n]
	if r == nil {
		r = &reference{}
		c.references[n] = r
	}
	c.mu.Unlock()
	r.once.Do(func() {
		still := fault{name: fmt.Sprintf("reference-%d", n), do: func(x *trial) {
			x.furnish()
			d := x.start()
			x.all(x.batchOf(n))
			x.drain(d)
			x.digest()
			e := x.gather()
			r.states, r.standing, r.editions = e.states(), e.standing, e.editions
			x.size = 0 // it is held against none
		}}
		if got := c.try(t.ctx, still); got.broken() {
			r.fault = strings.Join(got.breaches(), "; ")
		}
	})
	return r
}

// states are the verdicts by hash: of the first delivery of each.
func (e *evidence) states() map[string]string {
	all := map[string]string{}
	for _, d := range e.deliveries {
		if _, known := all[d.sum]; !known {
			all[d.sum] = d.stands
		}
	}
	return all
}

// digest makes the month's digest, where there are fonts for it.
func (t *trial) digest() {
	if t.fonts == "" {
		return
	}
	if out, status := t.command("digest", "--month", month.String()); status != 0 {
		t.failf("duban digest ended with status %d:\n%s", status, out)
	}
}
