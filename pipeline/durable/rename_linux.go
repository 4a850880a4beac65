package durable

import (
	"errors"
	"os"
	"runtime"
	"syscall"
	"unsafe"
)

// renameat2 is the number of the system call; the syscall package is frozen
// and does not name it.
var renameat2 = map[string]uintptr{
	"386": 353, "amd64": 316, "arm": 382, "arm64": 276, "loong64": 276,
	"ppc64le": 357, "riscv64": 276, "s390x": 347,
}[runtime.GOARCH]

const (
	atCwd     = ^uintptr(99) // AT_FDCWD, -100
	noReplace = 1            // RENAME_NOREPLACE
)

// renameNew renames and fails with fs.ErrExist when the new name is taken.
func renameNew(from, to string) error {
	if renameat2 == 0 {
		return linkNew(from, to)
	}
	old, err := syscall.BytePtrFromString(from)
	if err != nil {
		return err
	}
	dest, err := syscall.BytePtrFromString(to)
	if err != nil {
		return err
	}
	for {
		_, _, no := syscall.Syscall6(renameat2, atCwd, uintptr(unsafe.Pointer(old)),
			atCwd, uintptr(unsafe.Pointer(dest)), noReplace, 0)
		switch {
		case no == 0:
			return nil
		case no == syscall.EINTR:
			continue
		case errors.Is(no, syscall.ENOSYS), no == syscall.EINVAL:
			return linkNew(from, to) // an old kernel, or a share without the flag
		}
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: no}
	}
}
