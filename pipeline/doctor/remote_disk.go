package doctor

import (
	"context"
	"path/filepath"
)

// remoteDisk asks that ledger and archive lie on a disk of this machine: over a
// network, locks and flushes are not what SQLite needs.
var remoteDisk = Examination{Code: "remote-disk", Title: "磁盘的种类",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		state := filepath.Join(c.Dir, "state")
		name, remote := c.FileSystem(state)
		if !remote {
			return nil, nil
		}
		return []Symptom{{Severity: Error, What: "台账和存档放在网络盘（" + name + "）上，断网、断电时可能损坏",
			Where: c.place(state),
			Fix:   "停掉 duban，用 duban backup 备份，再用 duban restore 恢复到本机磁盘。"}}, nil
	}}
