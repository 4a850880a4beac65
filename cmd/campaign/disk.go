//go:build linux

package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// tmpfs mounts a small disk in memory on a folder.
func (t *trial) tmpfs(dir, options string) {
	t.must(os.MkdirAll(dir, 0o755))
	t.must(syscall.Mount("duban-campaign", dir, "tmpfs", 0, options))
	t.undo = append(t.undo, func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
}

// ownDisk puts a folder of the workspace on a disk of its own.
func (t *trial) ownDisk(folder, options string) {
	dir, aside := filepath.Join(t.ws, folder), filepath.Join(t.dir, "moved")
	t.must(os.Rename(dir, aside))
	t.tmpfs(dir, options)
	t.must(os.CopyFS(dir, os.DirFS(aside)))
	if folder == "state" {
		t.must(os.Chmod(filepath.Join(dir, "key"), 0o600))
	}
}

// readOnly makes a folder one that cannot be written into, as when a disk fails or an
// administrator takes the right away; lift undoes it. Root writes where it may not, so for
// root the folder is mounted upon itself.
func (t *trial) readOnly(dir string) (lift func()) {
	if os.Geteuid() != 0 {
		t.must(permit(dir, 0o555))
		return func() { t.must(permit(dir, 0o755)) }
	}
	t.must(syscall.Mount(dir, dir, "", syscall.MS_BIND, ""))
	t.undo = append(t.undo, func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	t.must(syscall.Mount("", dir, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	return func() { t.must(syscall.Unmount(dir, syscall.MNT_DETACH)) }
}

// permit sets the rights of a folder and of all below it.
func permit(dir string, mode fs.FileMode) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		return os.Chmod(path, mode)
	})
}

// ballast is a file that fills a disk up.
type ballast struct{ path string }

// leave fills the disk until so many bytes are free.
func (b ballast) leave(free int64) error {
	f, err := os.OpenFile(b.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	block := make([]byte, 4096)
	for {
		var disk syscall.Statfs_t
		if err := syscall.Statfs(filepath.Dir(b.path), &disk); err != nil {
			return err
		}
		if int64(disk.Bavail)*disk.Bsize <= free {
			return nil
		}
		if _, err := f.Write(block); full(err) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// lift makes room again.
func (b ballast) lift() error { return os.Remove(b.path) }

// files takes up so many names that few are left.
func (b ballast) files(left uint64) error {
	if err := os.MkdirAll(b.path, 0o755); err != nil {
		return err
	}
	for n := 0; ; n++ {
		var disk syscall.Statfs_t
		if err := syscall.Statfs(b.path, &disk); err != nil || disk.Ffree <= left {
			return err
		}
		err := os.WriteFile(filepath.Join(b.path, fmt.Sprint(n)), nil, 0o644)
		if full(err) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
