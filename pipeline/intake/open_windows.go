package intake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"unsafe"
)

// staysOpen says that an open file can be moved; here it cannot.
const staysOpen = false

// openRegular opens a regular file for reading and nothing else.
func openRegular(path string) (*os.File, fs.FileInfo, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, &fs.PathError{Op: "open", Path: path, Err: errNotRegular}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err = f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: errNotRegular}
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// openGiven is openRegular for a path that a person wrote: a link is followed.
func openGiven(path string) (*os.File, fs.FileInfo, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return openRegular(path)
}

// flush does nothing: files opened for reading cannot be flushed here.
func flush(files ...*os.File) []error { return make([]error, len(files)) }

// release closes the file, so that it can be moved.
func (t *taking) release() { t.file.Close() }

// shared reports whether a file has a second name somewhere: not known here.
func shared(info fs.FileInfo) bool { return false }

var diskFree = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDiskFreeSpaceExW")

func freeBytes(dir string) (int64, error) {
	p, err := syscall.UTF16PtrFromString(nearest(dir))
	if err != nil {
		return 0, err
	}
	var free int64
	if ok, _, no := diskFree.Call(uintptr(unsafe.Pointer(p)),
		uintptr(unsafe.Pointer(&free)), 0, 0); ok == 0 {
		return 0, no
	}
	return free, nil
}

func noSpace(err error) bool { return errors.Is(err, syscall.Errno(112)) } // ERROR_DISK_FULL

func readOnly(err error) bool { return errors.Is(err, syscall.Errno(19)) } // ERROR_WRITE_PROTECT
