package doctor

import (
	"context"
	"path/filepath"
	"strings"
)

// setAside asks for files that were found damaged and replaced by a good copy.
var setAside = Examination{Code: "set-aside", Title: "损坏后另放的文件",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		if c.Folder == nil {
			return nil, nil
		}
		files, err := below(c.Folder.Quarantine)
		var all []Symptom
		for _, path := range files {
			if aside(filepath.Base(path)) {
				all = append(all, Symptom{Severity: Warning, Where: c.place(path),
					What: "存档里曾有一份原件损坏，已换上完好的，损坏的放在这里",
					Fix:  "检查磁盘；查明原因后把这个文件移走。"})
			}
		}
		return all, err
	}}

func aside(name string) bool { return strings.Contains(name, ".damaged-") }
