//go:build unix

package intake

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"duban/pipeline/durable"
)

// staysOpen says that an open file can be moved.
const staysOpen = true

// openRegular opens a regular file for reading and nothing else: a link is not
// followed, a pipe does not block.
func openRegular(path string) (*os.File, fs.FileInfo, error) {
	return openFlags(path, syscall.O_NOFOLLOW)
}

// openGiven is openRegular for a path that a person wrote: a link is followed.
func openGiven(path string) (*os.File, fs.FileInfo, error) { return openFlags(path, 0) }

func openFlags(path string, flags int) (*os.File, fs.FileInfo, error) {
	fd, err := syscall.Open(path,
		syscall.O_RDONLY|syscall.O_NONBLOCK|syscall.O_CLOEXEC|flags, 0)
	if err != nil {
		return nil, nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	var st syscall.Stat_t
	if err := syscall.Fstat(fd, &st); err != nil || st.Mode&syscall.S_IFMT != syscall.S_IFREG {
		syscall.Close(fd)
		return nil, nil, &fs.PathError{Op: "open", Path: path, Err: errNotRegular}
	}
	// A regular file never blocks; without this the runtime would poll it.
	if err := syscall.SetNonblock(fd, false); err != nil {
		syscall.Close(fd)
		return nil, nil, err
	}
	f := os.NewFile(uintptr(fd), path)
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// flush makes sure that what was dropped is on the disk before it is ours.
func flush(files ...*os.File) []error {
	errs := durable.Flush(files...)
	for i, err := range errs {
		if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
			errs[i] = nil
		}
	}
	return errs
}

// release frees a file that must be closed to be moved; here it need not be.
func (t *taking) release() {}

// shared reports whether a file has a second name somewhere.
func shared(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && st.Nlink > 1
}

func freeBytes(dir string) (int64, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(nearest(dir), &st); err != nil {
		return 0, err
	}
	return int64(st.Bavail) * int64(st.Bsize), nil
}

func noSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

func readOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
