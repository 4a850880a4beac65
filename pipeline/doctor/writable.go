package doctor

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"duban/pipeline/durable"
)

// writable tries to write into each folder that files come into or go through.
var writable = Examination{Code: "writable", Title: "文件夹的权限",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		if c.Folder == nil {
			return nil, nil
		}
		var all []Symptom
		for _, dir := range c.folders() {
			err := try(dir)
			switch {
			case err == nil:
			case errors.Is(err, fs.ErrNotExist):
				all = append(all, Symptom{Severity: Error, What: "文件夹不见了", Where: c.place(dir),
					Fix: "恢复这个文件夹或网络共享；恢复后自动继续。"})
			default:
				all = append(all, Symptom{Severity: Error, What: "文件夹写不进去：" + reason(err),
					Where: c.place(dir), Fix: "让运行 duban 的用户能读、能写、能删这里的文件；查看磁盘是否只读。"})
			}
		}
		return all, nil
	}}

// folders are those that must be there, and those below that are.
func (c *Case) folders() []string {
	all := []string{c.Folder.Inbox, c.Outbox, filepath.Join(c.Dir, "state")}
	for _, pattern := range []string{filepath.Join(escape(c.Folder.Inbox), "*"),
		filepath.Join(escape(c.Outbox), "*"), filepath.Join(escape(c.Dir), "state", "*")} {
		found, _ := filepath.Glob(pattern) // our own pattern is well formed
		for _, f := range found {
			if info, err := os.Stat(f); err == nil && info.IsDir() {
				all = append(all, f)
			}
		}
	}
	return all
}

// try writes a file under a name that everybody passes over, and removes it.
func try(dir string) error {
	f, err := os.CreateTemp(dir, durable.TempPrefix+"doctor-*")
	if err != nil {
		return err
	}
	f.Close()
	return os.Remove(f.Name())
}
