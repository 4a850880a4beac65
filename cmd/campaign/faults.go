//go:build linux

package main

// fault is something that is done to the daemon or to its workspace. do furnishes the
// workspace, does the fault, and leaves the workspace at rest with no daemon.
type fault struct {
	name string // as --only takes it
	root bool   // it needs root: for a mount, a device
	// bites says that the daemon must complain or turn red: a fault that nobody noticed
	// proves nothing.
	bites bool
	do    func(t *trial)
}

// faults is the table; what takes long begins first.
var faults = []fault{
	locked,
	kill,
	damaged,
	unwritable,
	killStorm,
	killAtStages,
	killAcross,
	killTheSame,
	thousands,
	diskFull,
	stateFull,
	namesFull,
	halfWritten,
	sameTenTimes,
	inboxGone,
	flipped,
	strange,
	changing,
	clockJumps,
	twoDaemons,
}
