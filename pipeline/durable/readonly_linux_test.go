package durable

import (
	"path/filepath"
	"syscall"
	"testing"
)

func TestAMoveOutOfAReadOnlyDiskLeavesNoCopy(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	put(t, filepath.Join(from, "a"), "one")
	if err := syscall.Mount(from, from, "", syscall.MS_BIND, ""); err != nil {
		t.Skip("only root may mount: ", err)
	}
	defer syscall.Unmount(from, 0)
	err := syscall.Mount("", from, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, "")
	if err != nil {
		t.Skip("no read-only mount here: ", err)
	}
	if err := Move(filepath.Join(from, "a"), filepath.Join(to, "a")); err == nil {
		t.Error("a file was moved out of a read-only disk")
	}
	if len(names(t, from)) != 1 || len(names(t, to)) != 0 {
		t.Errorf("the folders hold %q and %q", names(t, from), names(t, to))
	}
}
