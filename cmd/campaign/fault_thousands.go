//go:build linux

package main

import "time"

// thousands lays everything in at once, before a start and while it runs.
var thousands = fault{name: "thousands", do: func(t *trial) {
	t.furnish()
	t.rounds = 2
	var d *daemon
	began := time.Now()
	for round := range t.rounds {
		for i := range t.pick(150, 1500) {
			p, err := t.sameAgain(i+10000*round, round)
			t.must(err)
			t.drop(p)
		}
		if d == nil {
			began = time.Now()
			d = t.start()
		}
		t.until("the whole heap", func() bool { return t.idle() && len(t.receipts()) >= t.sent })
	}
	t.note("%.0f files a second", float64(t.sent)/time.Since(began).Seconds())
	t.drain(d)
}}

// sameAgain is the i-th form of a version, for faults that run side by side.
func (t *trial) sameAgain(i, version int) (parcel, error) {
	t.campaign.mu.Lock()
	defer t.campaign.mu.Unlock()
	return t.stock.form(i, version)
}
