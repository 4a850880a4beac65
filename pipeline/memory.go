package pipeline

import (
	"os"
	"runtime/debug"
)

// What the collector of memory may use. Taking a form leaves little behind that
// lives on, so that most of its work is looking at the same small heap again;
// the limit keeps the program small on an office machine all the same.
const (
	heapGrowth = 400      // percent
	heapLimit  = 96 << 20 // bytes; from there on it collects as often as it must
)

// SpendMemory lets the program use more memory and less of the processor. What
// the environment says of either goes before it.
func SpendMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapLimit)
	}
}
