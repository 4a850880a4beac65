package intake

import (
	"errors"
	"os"
	"syscall"
)

// beingWritten reports whether somebody has the file open to write: a copy that stands
// still on a slow line looks finished, and what is written after the file was moved would
// go into the archive. The system gives a read lease only where nobody writes; the lease
// is given back at once. It does not say of a file of another user without CAP_LEASE, nor
// of a network share.
func beingWritten(f *os.File) (writing, said bool) {
	raw, err := f.SyscallConn()
	if err != nil {
		return false, false
	}
	raw.Control(func(fd uintptr) {
		lease := func(kind uintptr) syscall.Errno {
			_, _, err := syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_SETLEASE, kind)
			return err
		}
		err := lease(syscall.F_RDLCK)
		if err == 0 {
			lease(syscall.F_UNLCK)
		}
		writing = errors.Is(err, syscall.EAGAIN)
		said = writing || err == 0
	})
	return writing, said
}
