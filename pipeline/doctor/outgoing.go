package doctor

import (
	"context"
	"fmt"
	"time"
)

// outgoing asks for what waits to go out: anything that was tried in vain, or
// that nobody has tried for ten minutes.
var outgoing = Examination{Code: "outgoing", Title: "待发的文件和邮件", Needs: theLedger,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		rows, err := c.Ledger.Backlog(ctx)
		var all []Symptom
		for _, o := range rows {
			if o.Attempts == 0 && c.Now.Sub(o.MadeAt) < 10*time.Minute {
				continue
			}
			what := fmt.Sprintf("自%s起没有发出", minute(o.MadeAt))
			if o.Attempts > 0 {
				what += fmt.Sprintf("，试过%d次，最近一次：%s", o.Attempts, o.LastError)
			}
			all = append(all, Symptom{Severity: Warning, What: what, Where: o.Key,
				Fix: "按最近一次的原因处理，程序会自动再试；没有在运行的，运行 duban run 或 duban once。"})
		}
		return all, err
	}}
