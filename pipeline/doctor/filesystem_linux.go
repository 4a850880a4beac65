package doctor

import "syscall"

// remotes are the file systems that lie behind a network, by their numbers in
// statfs(2).
var remotes = map[uint32]string{
	0x6969: "NFS", 0x517b: "SMB", 0xff534d42: "CIFS", 0xfe534d42: "SMB2", 0x65735546: "FUSE",
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
	return name, remote
}
