//go:build linux

package main

import (
	"encoding/json"
	"fmt"
)

// verified: the program's own proofs hold: ledger, chain, archive, editions and papers
// against each other, and the doctor finds no error.
var verified = invariant{"verified", func(t *trial, _ *evidence) (string, []string) {
	var faults []string
	var v struct {
		Right  bool
		Ledger struct {
			Links int64
			Flaws []struct{ What string }
		}
	}
	out, _ := t.command("--json", "verify")
	if err := json.Unmarshal(out, &v); err != nil {
		return "—", []string{"duban verify: " + string(out)}
	}
	for _, f := range v.Ledger.Flaws {
		faults = append(faults, "duban verify: "+f.What)
	}
	if !v.Right && len(faults) == 0 {
		faults = append(faults, "duban verify: "+string(out))
	}
	var d struct {
		Symptoms []struct{ Code, Severity, What, Where string }
	}
	out, _ = t.command("--json", "doctor")
	if err := json.Unmarshal(out, &d); err != nil {
		return "—", append(faults, "duban doctor: "+string(out))
	}
	for _, s := range d.Symptoms {
		ours := s.Code == "fonts" && t.fonts == "" || s.Code == "clock" && t.ownClock
		if s.Severity == "error" && !ours {
			faults = append(faults, fmt.Sprintf("duban doctor: %s: %s", s.What, s.Where))
		}
	}
	return fmt.Sprint(v.Ledger.Links), faults
}}
