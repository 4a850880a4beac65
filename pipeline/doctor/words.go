package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"duban/pipeline/schedule"
)

// join lists words as Chinese does.
func join(words []string) string { return strings.Join(words, "、") }

// some names the first few of many.
func some(names []string) string {
	const most = 3
	if len(names) <= most {
		return join(names)
	}
	return fmt.Sprintf("%s等%d个", join(names[:most]), len(names))
}

// place is where something is, below the workspace if it is there.
func (c *Case) place(path string) string {
	if rel, err := filepath.Rel(c.Dir, path); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return path
}

func minute(t time.Time) string { return t.In(schedule.Zone).Format("2006-01-02 15:04") }

func megabytes(n int64) string { return fmt.Sprintf("%d兆字节", n>>20) }

// reason is the last part of a fault of the system, without the path.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return oneLine(err)
}

// Absent reports whether an error says that there is no such file, or that one
// of the folders above it is none.
func Absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// oneLine is an error's text in one line.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// escape keeps a path from meaning anything in a pattern.
func escape(path string) string {
	if filepath.Separator == '\\' {
		return path // there are no escapes there, and no such names
	}
	return strings.NewReplacer("\\", "\\\\", "*", "\\*", "?", "\\?", "[", "\\[").Replace(path)
}
