//go:build linux

package main

import (
	"fmt"
	"maps"
	"slices"
)

// asReference: the verdicts, the figures that stand and what the digest says of them are
// those of a run of the same files without faults.
var asReference = invariant{"figures", func(t *trial, e *evidence) (string, []string) {
	if t.size == 0 {
		return "—", nil
	}
	r := t.campaign.reference(t, t.size)
	if r.fault != "" {
		return "—", []string{"the run without faults: " + r.fault}
	}
	states := e.states()
	maps.DeleteFunc(states, func(sum, _ string) bool { return r.states[sum] == "" })
	var faults []string
	faults = append(faults, differences("the verdict on", r.states, states)...)
	faults = append(faults, differences("the figure", r.standing, e.standing)...)
	faults = append(faults, differences("the digest's", r.editions, e.editions)...)
	if len(r.standing) == 0 || t.fonts != "" && len(r.editions) == 0 {
		faults = append(faults, "the run without faults has no figures to be held against")
	}
	return fmt.Sprintf("%d+%d", len(e.standing), len(e.editions)), faults
}}

// differences names each key where two maps differ.
func differences(what string, want, got map[string]string) (faults []string) {
	keys := slices.Sorted(maps.Keys(want))
	for key := range got {
		if _, both := want[key]; !both {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		if want[key] != got[key] {
			faults = append(faults, fmt.Sprintf("%s %s is %q, without faults %q", what, key, got[key],
				want[key]))
		}
	}
	return faults
}
