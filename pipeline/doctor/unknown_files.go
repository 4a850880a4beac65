package doctor

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// unknownFiles tells of files in the outbox that the ledger does not know.
var unknownFiles = Examination{Code: "unknown-files", Title: "发件文件夹里来历不明的文件",
	Needs: theWorkspace,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		found, err := below(c.Outbox)
		if err != nil {
			return nil, err
		}
		for _, fresh := range []bool{false, true} { // a row is there before its file
			sent, err := c.Sent(ctx, fresh)
			if err != nil {
				return nil, err
			}
			known := map[string]bool{}
			for _, f := range sent {
				known[f.Path] = true
			}
			found = slices.DeleteFunc(found, func(path string) bool {
				paper, manifest := strings.CutSuffix(path, ".manifest.json")
				return known[path] || manifest && known[paper+".pdf"] || c.ofNoRow(path)
			})
			if len(found) == 0 {
				return nil, nil
			}
		}
		others := map[string][]string{} // by folder
		for _, path := range found {
			others[filepath.Dir(path)] = append(others[filepath.Dir(path)], filepath.Base(path))
		}
		var all []Symptom
		for _, dir := range slices.Sorted(maps.Keys(others)) {
			all = append(all, Symptom{Severity: Note, Where: c.place(dir),
				What: fmt.Sprintf("有%d个不是程序写出的文件：%s", len(others[dir]), some(others[dir])),
				Fix:  "程序不动它们；不要的请移走。"})
		}
		return all, nil
	}}

// ofNoRow reports whether a file of the outbox is ours and stands in no row:
// answers to trials and reminders, which are written when they are asked for.
func (c *Case) ofNoRow(path string) bool {
	rel := c.place(path)
	return filepath.Base(path) == "README.md" || strings.HasPrefix(filepath.Base(path), "预检-") ||
		strings.HasPrefix(rel, "outbox/reminders/")
}
