//go:build !linux && !windows

package doctor

// FileSystem names the file system a folder lies on when it is a remote one;
// here it is not known.
func FileSystem(string) (name string, remote bool) { return "", false }
