package durable

import (
	"errors"
	"os"
	"syscall"
	"unsafe"
)

const (
	writeThrough  = 8                  // MOVEFILE_WRITE_THROUGH, and no replacing
	notSameDevice = syscall.Errno(17)  // ERROR_NOT_SAME_DEVICE
	notSupported  = syscall.Errno(120) // ERROR_CALL_NOT_IMPLEMENTED
)

var moveFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("MoveFileExW")

// SyncDir does nothing: Windows writes names through by itself.
func SyncDir(dir string) error { return nil }

func isCrossDevice(err error) bool { return errors.Is(err, notSameDevice) }

// renameNew renames and fails with fs.ErrExist when the new name is taken.
func renameNew(from, to string) error {
	old, err := syscall.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	dest, err := syscall.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	ok, _, no := moveFileEx.Call(uintptr(unsafe.Pointer(old)),
		uintptr(unsafe.Pointer(dest)), writeThrough)
	switch {
	case ok != 0:
		return nil
	case errors.Is(no, notSupported):
		return linkNew(from, to)
	}
	return &os.LinkError{Op: "rename", Old: from, New: to, Err: no}
}
