//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// maxTold is how many breaches of one invariant are told.
const maxTold = 5

// breaches are sentences on everything that did not hold.
func (r *result) breaches() []string {
	var all []string
	if r.failed != "" {
		all = append(all, r.failed)
	}
	for i, f := range r.found {
		for n, said := range f.faults {
			if n == maxTold {
				all = append(all, fmt.Sprintf("%s: and %d more", r.invariants[i].name, len(f.faults)-n))
				break
			}
			all = append(all, r.invariants[i].name+": "+said)
		}
	}
	return all
}

// tell prints the table, and what was broken with how to see it again; it reports
// whether anything was.
func (c *campaign) tell(results []result, took time.Duration) (broken bool) {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	heads := []string{"fault", "rounds", "files", "kills", "errors", "start"}
	for _, v := range c.invariants {
		heads = append(heads, v.name)
	}
	fmt.Fprintln(w, strings.Join(append(heads, "seconds", ""), "\t"))
	for _, r := range results {
		fmt.Fprintln(w, strings.Join(r.row(), "\t"))
	}
	w.Flush()
	short := map[bool]string{true: " --short"}[c.short]
	for _, r := range results {
		if !r.broken() {
			continue
		}
		broken = true
		fmt.Fprintf(c.out, "\nBROKEN %s; kept in %s; again: go run ./cmd/campaign%s "+
			"--seed %d --only %s\n", r.name, r.dir, short, c.seed, r.name)
		for _, said := range r.breaches() {
			fmt.Fprintln(c.out, "  "+strings.ReplaceAll(said, "\n", "\n    "))
		}
	}
	word := "every invariant held"
	if broken {
		word = "INVARIANTS WERE BROKEN"
	}
	fmt.Fprintf(c.out, "\nseed %d, %d faults, %.0f s: %s\n", c.seed, len(results), took.Seconds(),
		word)
	return broken
}

// row is a result's row of the table.
func (r *result) row() []string {
	if r.skipped != "" {
		row := slices.Repeat([]string{"—"}, 7+len(r.invariants)) // every column but the last
		row[0] = r.name
		return append(row, "skipped: "+r.skipped)
	}
	row := []string{r.name, fmt.Sprint(r.rounds), fmt.Sprint(r.sent), fmt.Sprint(r.kills),
		fmt.Sprint(r.complaints()), fmt.Sprintf("%.2f", r.slowest.Seconds())}
	for i := range r.invariants {
		switch {
		case i >= len(r.found):
			row = append(row, "FAILED")
		case len(r.found[i].faults) > 0:
			row = append(row, fmt.Sprintf("BROKEN %d", len(r.found[i].faults)))
		default:
			row = append(row, r.found[i].found)
		}
	}
	return append(row, fmt.Sprintf("%.1f", r.took.Seconds()), strings.Join(r.notes, ", "))
}
