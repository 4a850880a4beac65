package intake

import (
	"errors"
	"os"
	"syscall"
)

// beingWritten reports whether somebody has the file open to write: a copy that stands
// still on a slow line looks finished, and what is written after the file was moved would
// go into the archive. The system gives a read lease only where nobody writes; the lease
// is given back at once. Where the system does not say (a file of another user without
// CAP_LEASE, a network share), the answer is no.
func beingWritten(f *os.File) bool {
	lease := func(kind uintptr) syscall.Errno {
		_, _, err := syscall.Syscall(syscall.SYS_FCNTL, f.Fd(), syscall.F_SETLEASE, kind)
		return err
	}
	err := lease(syscall.F_RDLCK)
	if err == 0 {
		lease(syscall.F_UNLCK)
	}
	return errors.Is(err, syscall.EAGAIN)
}
