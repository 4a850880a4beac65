package doctor

import (
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"
)

const driveRemote = 4 // DRIVE_REMOTE

var driveType = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")

// FileSystem names the file system a folder lies on when it is a remote one.
func FileSystem(dir string) (name string, remote bool) {
	volume := filepath.VolumeName(dir)
	if drive, long := strings.CutPrefix(volume, `\\?\`); long && !strings.HasPrefix(drive, "UNC") {
		volume = drive
	}
	if strings.HasPrefix(volume, `\\`) {
		return volume, true
	}
	root, err := syscall.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return "", false
	}
	kind, _, _ := driveType.Call(uintptr(unsafe.Pointer(root)))
	return volume, kind == driveRemote
}
