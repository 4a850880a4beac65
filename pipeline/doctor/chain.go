package doctor

import (
	"context"
	"fmt"
)

// chain looks whether the ledger was changed past the program: at a glance, or
// with every link worked out anew where that is asked for.
var chain = Examination{Code: "chain", Title: "台账的哈希链", Needs: theLedger,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		var said []string
		if c.Deep && c.Chain != nil {
			breaks, err := c.Chain(ctx)
			if err != nil {
				return nil, err
			}
			said = breaks
		} else {
			g, err := c.Ledger.GlanceAtChain(ctx)
			if err != nil {
				return nil, err
			}
			if !g.Whole() {
				said = []string{fmt.Sprintf("编号到第%d环，实有%d环，至少有%d条记录与链对不上",
					g.Last, g.Links, g.Astray)}
			}
		}
		var all []Symptom
		for _, s := range said {
			all = append(all, Symptom{Severity: Error, Where: c.place(c.Database),
				What: "台账在程序之外被改动过：" + s,
				Fix:  "用 duban verify 查明改动了什么，再用 duban restore 从改动之前的备份恢复。"})
		}
		return all, nil
	}}
