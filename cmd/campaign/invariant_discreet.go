//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// discreet: no log, no text of a receipt and no state file for reading shows a person's
// number, and no log has a control character that a sender could have put there.
var discreet = invariant{"discreet", func(t *trial, _ *evidence) (string, []string) {
	var faults []string
	texts := map[string]string{}
	for i, d := range t.daemons {
		log := d.said()
		texts[fmt.Sprintf("log %d", i+1)] = log
		if strings.ContainsFunc(log, func(r rune) bool {
			return r < ' ' && r != '\n' || r == 0x7f || r >= 0x202a && r <= 0x202e
		}) {
			faults = append(faults, fmt.Sprintf("log %d has a control character", i+1))
		}
	}
	for _, r := range append(t.receipts(), filepath.Join(t.ws, "state", "health.json")) {
		b, err := os.ReadFile(r)
		if err == nil {
			texts[r] = string(b)
		}
	}
	for where, text := range texts {
		for _, secret := range []string{personID, personPhone} {
			if strings.Contains(text, secret) {
				faults = append(faults, where+" shows a person's number")
			}
		}
	}
	return fmt.Sprint(len(texts)), faults
}}
