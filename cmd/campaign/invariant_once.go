//go:build linux

package main

import (
	"fmt"

	"duban/pipeline/plan"
)

// onceEach: every file that was dropped is in the ledger as one submission, with as many
// deliveries as it was dropped, and nothing else is in it.
var onceEach = invariant{"once", func(t *trial, e *evidence) (string, []string) {
	var faults []string
	times := map[string]int{}
	for _, d := range e.deliveries {
		times[d.sum]++
		if t.dropped[d.sum] == nil {
			faults = append(faults, fmt.Sprintf("the ledger has %s (%s), which nobody dropped", d.name,
				d.sum[:12]))
		}
	}
	for sum, d := range t.dropped {
		if e.submissions[sum] != 1 || times[sum] != d.times {
			faults = append(faults, fmt.Sprintf("%s (%s, %s): %d submissions, %d deliveries; dropped %d "+
				"times", d.name, d.sort, sum[:12], e.submissions[sum], times[sum], d.times))
		}
	}
	for sum, n := range e.submissions {
		if n != 1 && t.dropped[sum] == nil {
			faults = append(faults, fmt.Sprintf("%s was taken %d times", sum[:12], n))
		}
	}
	return fmt.Sprintf("%d/%d", len(e.submissions), len(e.deliveries)), append(faults,
		t.rightStates(e)...)
}}

// rightStates finds verdicts that no file of its sort can have.
func (t *trial) rightStates(e *evidence) (faults []string) {
	for sum, state := range e.states() {
		d := t.dropped[sum]
		if d == nil || d.sort == "" {
			continue
		}
		right := false
		for _, s := range statesOf(d.sort) {
			right = right || plan.State(state) == s
		}
		if !right {
			faults = append(faults, fmt.Sprintf("%s (%s, %s) is %s", d.name, d.sort, sum[:12], state))
		}
	}
	return faults
}
