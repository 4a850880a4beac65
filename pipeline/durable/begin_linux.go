//go:build amd64 || arm64 || loong64

package durable

import (
	"os"
	"syscall"
)

// beginWrite is SYNC_FILE_RANGE_WRITE.
const beginWrite = 2

// begin has the system write what it holds of a file, and does not wait. It
// promises nothing: where it fails, the flush behind it does all the work.
func begin(f *os.File) {
	raw, err := f.SyscallConn()
	if err != nil {
		return
	}
	raw.Control(func(fd uintptr) { _ = syscall.SyncFileRange(int(fd), 0, 0, beginWrite) })
}
