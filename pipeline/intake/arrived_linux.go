package intake

import (
	"io/fs"
	"syscall"
	"time"
)

// arrived is when a file came to lie where it lies: a copy may keep the time of
// the original, but not that of the last change to its name.
func arrived(info fs.FileInfo) time.Time {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(st.Ctim.Unix())
	}
	return info.ModTime()
}
