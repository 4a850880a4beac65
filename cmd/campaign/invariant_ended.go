//go:build linux

package main

import (
	"fmt"
	"strings"
	"syscall"
)

// maxMemory is the most a daemon may take, in KB.
const maxMemory = 512 << 10

// longestStart is how soon a daemon must run again, whatever ended the last.
const longestStart = 10 // s

// ended: every daemon ran until it was killed or asked to end, or ended with a sentence
// and a documented status; none panicked, even over one file; each ran within ten
// seconds, in 512 MB.
var ended = invariant{"daemons", func(t *trial, _ *evidence) (string, []string) {
	var faults []string
	for i, d := range t.daemons {
		said := func(format string, args ...any) {
			faults = append(faults, fmt.Sprintf("daemon %d ", i+1)+fmt.Sprintf(format, args...))
		}
		log := d.said()
		for _, word := range []string{"panic: ", "fatal error: ", "goroutine ", `"panic":`} {
			if strings.Contains(log, word) {
				said("says %q", word)
			}
		}
		if d.ready.Seconds() > longestStart {
			said("needed %v to start", d.ready)
		}
		if peak := d.ProcessState.SysUsage().(*syscall.Rusage).Maxrss; peak > maxMemory {
			said("took %d MB", peak>>10)
		}
		if d.asked {
			continue
		}
		code := d.ProcessState.ExitCode()
		if code < 1 || code > 3 || !strings.Contains(log, "duban：") {
			said("ended by itself with %v:\n%s", d.ProcessState, tail(log))
		}
	}
	return fmt.Sprint(len(t.daemons)), faults
}}
