package doctor

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// outbox asks for what the ledger says was written and is not there.
var outbox = Examination{Code: "outbox", Title: "发件文件夹", Needs: theWorkspace,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		sent, err := c.Sent(ctx, false)
		if err != nil {
			return nil, err
		}
		gone := map[string][]string{} // by folder
		for _, f := range sent {
			if _, err := os.Lstat(f.Path); f.Due && Absent(err) {
				dir := filepath.Dir(f.Path)
				gone[dir] = append(gone[dir], filepath.Base(f.Path))
			}
		}
		var all []Symptom
		for _, dir := range slices.Sorted(maps.Keys(gone)) {
			slices.Sort(gone[dir])
			all = append(all, Symptom{Severity: Warning, Where: c.place(dir),
				What: fmt.Sprintf("台账记着已写出、现在不见的文件有%d个：%s", len(gone[dir]), some(gone[dir])),
				Fix:  "有意取走的不必管；要补齐，运行 duban doctor --mend。"})
		}
		return all, nil
	}}
