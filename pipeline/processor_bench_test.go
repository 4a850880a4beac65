//go:build unix

package pipeline

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
)

// processor is the processor time this program has used so far.
func processor() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// held is the most memory this program has held so far, in MB; 0 where the
// system does not say. getrusage would tell of its parent's, too.
func held() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	var kB float64
	fmt.Sscan(peak, &kB)
	return kB / 1024
}
