package doctor

import (
	"context"
	"fmt"
	"time"
)

// staleClaims asks for files that were taken from the inbox and are not
// settled: an hour is far more than any file needs.
var staleClaims = Examination{Code: "stale-claims", Title: "取走而没有办完的文件",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		if c.Folder == nil {
			return nil, nil
		}
		claims, err := c.Folder.InWork()
		var all []Symptom
		for _, x := range claims {
			if c.Now.Sub(x.SeenAt) <= time.Hour {
				continue
			}
			all = append(all, Symptom{Severity: Error, Where: c.place(x.Path),
				What: fmt.Sprintf("“%s”%s取走，还没有办完（试过%d次）", x.Name, minute(x.SeenAt), x.Attempts),
				Fix:  "启动 duban run 会接着办；已在运行的，看日志里这份文件的原因。文件不会丢。"})
		}
		return all, err
	}}
