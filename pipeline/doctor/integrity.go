package doctor

import (
	"context"

	"duban/pipeline/ledger"
)

// integrity reads the whole database: pages, indexes, rows that point to none.
var integrity = Examination{Code: "integrity", Title: "台账的完整", Needs: theLedger,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		said, err := ledger.Examine(ctx, c.Database)
		var all []Symptom
		for _, s := range said {
			all = append(all, Symptom{Severity: Error, What: "台账内部损坏：" + s, Where: c.place(c.Database),
				Fix: "停掉 duban，另存 state 文件夹，再用 duban restore 从最近的备份恢复；报送件原件仍在存档里。"})
		}
		return all, err
	}}
