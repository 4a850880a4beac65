//go:build linux

package main

import "fmt"

// conserved: every file that arrived lies whole in exactly one of inbox, archive and
// quarantine, and nothing else lies in archive or quarantine. At rest nothing is in work
// and, unless a trial says so, nothing in the inbox.
var conserved = invariant{"conserved", func(t *trial, e *evidence) (string, []string) {
	var faults []string
	inbox, work := e.places["inbox"], e.places["state/work"]
	archive, aside := e.places["state/archive"], e.places["state/quarantine"]
	for sum, d := range t.dropped {
		if kept := archive[sum] + aside[sum]; kept != 1 || inbox[sum] > 0 || work[sum] > 0 {
			faults = append(faults, fmt.Sprintf("%s (%s, %s): archive %d, quarantine %d, inbox %d, "+
				"work %d", d.name, d.sort, sum[:12], archive[sum], aside[sum], inbox[sum], work[sum]))
		}
	}
	for _, place := range []string{"state/archive", "state/quarantine", "state/work"} {
		for sum := range e.places[place] {
			if t.dropped[sum] == nil && sum != t.unread.sum {
				faults = append(faults, fmt.Sprintf("%s holds %s, which nobody dropped", place, sum[:12]))
			}
		}
	}
	return fmt.Sprint(len(t.dropped)), faults
}}

// stillConserved proves the same at an instant: the daemon is dead, and each file has at
// least one copy, and no more copies than times it was dropped. A receipt that is out
// stays true: its delivery is in the ledger.
func (t *trial) stillConserved() {
	in := map[string]int{}
	kept := map[string]bool{}
	for _, p := range places {
		for sum, n := range t.hashes(p) {
			in[sum] += n
			kept[sum] = kept[sum] || p == "state/archive" || p == "state/quarantine"
		}
	}
	for sum, d := range t.dropped {
		if in[sum] < 1 || in[sum] > d.times && !t.across {
			t.failf("after kill %d: %d copies of %s (%s), dropped %d times", t.kills, in[sum], d.name,
				sum[:12], d.times)
		}
	}
	db, closed := t.ledgerCopy()
	defer closed()
	ids := map[string]bool{}
	t.rows(db, `SELECT d.id, s.sha256 FROM deliveries d JOIN submissions s ON s.id = d.submission`,
		func(scan func(...any) error) error {
			var id int64
			var sum string
			err := scan(&id, &sum)
			ids[fmt.Sprintf("%05d", id)] = true
			delete(kept, sum)
			return err
		})
	for sum := range kept {
		if kept[sum] {
			t.failf("after kill %d: %s is kept and not in the ledger", t.kills, sum[:12])
		}
	}
	for _, r := range t.receipts() {
		if id := receiptOf(r); !ids[id] {
			t.failf("after kill %d: receipt %s is out and not in the ledger", t.kills, r)
		}
	}
}
