//go:build linux

package main

// killAcross is the same where inbox and archive lie on different disks: what is a rename
// else is a copy there, and a kill may leave both.
var killAcross = fault{name: "kill-across-disks", root: true, do: func(t *trial) {
	t.furnish()
	t.ownDisk("state", "size=100m")
	t.across = true
	t.killRounds(max(4, t.campaign.rounds/3))
}}
