//go:build linux

package main

// invariant is something that must hold in a workspace at rest, whatever was done to it.
type invariant struct {
	name string // heads its column
	// prove returns what it found, in a word or two, and a sentence for each breach.
	prove func(t *trial, e *evidence) (found string, faults []string)
}

// finding is what one invariant found.
type finding struct {
	found  string
	faults []string
}

// invariants is the table.
var invariants = []invariant{
	conserved,
	onceEach,
	answered,
	asReference,
	tidy,
	sound,
	verified,
	ended,
	discreet,
}

// prove proves them all; the workspace must be at rest.
func (t *trial) prove() []finding {
	t.digest()
	e := t.gather()
	found := make([]finding, len(t.invariants))
	for i, v := range t.invariants {
		found[i].found, found[i].faults = v.prove(t, e)
	}
	return found
}
