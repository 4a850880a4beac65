//go:build linux

// Campaign proves duban against faults: it makes workspaces, runs the real daemon on
// them, does to it and to them what machines and people do (kills, full disks, locked
// and damaged ledgers, half-written files, clocks that jump), and after each fault proves
// that nothing was lost, doubled or told wrongly.
//
// A fault is one file fault_*.go and a row in faults.go; what must hold afterwards is one
// file invariant_*.go and a row in invariants.go. It knows the program by its command
// line, its folders and the tables of its ledger, nothing deeper. Linux only; what needs
// root (mounts, device nodes) is skipped without it, and said so.
//
// Status 0: every invariant held. 1: one was broken; its workspace is kept and named.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir))
	}
	c := &campaign{out: os.Stdout}
	only := flag.String("only", "", "`names` of faults, with commas between; all when empty")
	flag.BoolVar(&c.short, "short", false, "the short form, as in the tests")
	flag.Uint64Var(&c.seed, "seed", 1, "what everything random is drawn from")
	flag.IntVar(&c.rounds, "rounds", 0, "rounds of kills; 0: 50, or 6 in the short form")
	flag.IntVar(&c.jobs, "jobs", 4, "faults at a time")
	flag.StringVar(&c.duban, "duban", "", "the `program`; built when empty")
	flag.StringVar(&c.fonts, "fonts", os.Getenv("DUBAN_FONTS"), "`folder` of the fonts")
	flag.BoolVar(&c.keep, "keep", false, "keep every workspace, not only broken ones")
	flag.Parse()
	if *only != "" {
		c.only = strings.Split(*only, ",")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := c.prepare(ctx)
	if err == nil {
		err = c.run(ctx)
	}
	if err != nil && !errors.Is(err, errBroken) {
		fmt.Fprintln(os.Stderr, "campaign:", err)
	}
	if err != nil {
		stop()
		os.Exit(1)
	}
}
