package doctor

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

const fuse = 0x65735546

// remotes are the file systems that lie behind a network, by their numbers in
// statfs(2).
var remotes = map[uint32]string{
	0x6969: "NFS", 0x517b: "SMB", 0xff534d42: "CIFS", 0xfe534d42: "SMB2", fuse: "FUSE",
	0x5346414f: "AFS", 0x01021997: "9P", 0x00c36400: "Ceph", 0x0bd00bd0: "Lustre",
	0x01161970: "GFS2", 0x7461636f: "OCFS2", 0x73757245: "Coda", 0x564c: "NCP",
}

// FileSystem names the file system a folder lies on when it is a remote one.
func FileSystem(dir string) (name string, remote bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return "", false
	}
	name, remote = remotes[uint32(st.Type)]
	if uint32(st.Type) == fuse {
		kind := mounted(dir)
		return kind, kind != "fuseblk"
	}
	return name, remote
}

// mounted is the kind of file system a folder lies on as it was mounted, FUSE
// where that cannot be told: a disk of this machine in the format of Windows
// is fuseblk, one behind a network fuse.sshfs.
func mounted(dir string) string {
	var st unix.Stat_t
	f, err := os.Open("/proc/self/mountinfo")
	if err != nil || unix.Stat(dir, &st) != nil {
		return "FUSE"
	}
	defer f.Close()
	device := fmt.Sprintf("%d:%d", unix.Major(st.Dev), unix.Minor(st.Dev))
	for lines := bufio.NewScanner(f); lines.Scan(); {
		// 36 35 98:0 /root /at options - kind source options: proc(5)
		before, after, _ := strings.Cut(lines.Text(), " - ")
		if at, kind := strings.Fields(before), strings.Fields(after); len(at) > 2 &&
			at[2] == device && len(kind) > 0 {
			return kind[0]
		}
	}
	return "FUSE"
}
