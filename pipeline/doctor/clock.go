package doctor

import (
	"context"
	"time"
)

// clock asks that time has gone on since the ledger was last written: a clock
// that went back dates what comes now before what came then.
var clock = Examination{Code: "clock", Title: "系统时钟", Needs: theLedger,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		last, err := c.Ledger.LastMoment(ctx)
		if err != nil || last.Sub(c.Now) < 5*time.Minute {
			return nil, err
		}
		return []Symptom{{Severity: Error, Where: "系统时钟",
			What: "系统时钟是" + minute(c.Now) + "，早于台账最后一次写入的" + minute(last),
			Fix:  "核对日期、时间和时区，并打开自动对时。"}}, nil
	}}
