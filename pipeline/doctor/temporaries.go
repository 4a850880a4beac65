package doctor

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"duban/pipeline/durable"
)

// temporaries asks for half-written files that a kill left: the daemon sweeps
// them when it starts.
var temporaries = Examination{Code: "temporaries", Title: "没写完的临时文件",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		var all []Symptom
		for _, root := range []string{filepath.Join(c.Dir, "state"), c.Outbox, c.Backups.Dir} {
			if root == "" {
				continue
			}
			err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
				if errors.Is(err, fs.ErrNotExist) {
					return nil
				}
				if err != nil || d.IsDir() || !strings.HasPrefix(d.Name(), durable.TempPrefix) {
					return err
				}
				if info, err := d.Info(); err == nil && c.Now.Sub(info.ModTime()) > time.Hour {
					all = append(all, Symptom{Severity: Warning, What: "程序被打断时留下的半个文件",
						Where: c.place(path), Fix: "重新启动 duban run 就会清掉；没有在运行时也可以直接删除。"})
				}
				return nil
			})
			if err != nil {
				return all, err
			}
		}
		return all, nil
	}}
