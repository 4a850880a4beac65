package doctor

import (
	"context"
	"path/filepath"
)

// daemon asks how the daemon says it is. That none runs is only told: an office
// may work with duban once.
var daemon = Examination{Code: "daemon", Title: "常驻程序",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		if c.Health == nil {
			return nil, nil
		}
		running, ill, err := c.Health()
		if err != nil {
			return nil, err
		}
		where := c.place(filepath.Join(c.Dir, "state", "health.json"))
		if !running {
			return []Symptom{{Severity: Note, What: "duban run 没有在运行，不会自动收件", Where: where,
				Fix: "要自动收件，请运行 duban run。"}}, nil
		}
		var all []Symptom
		for _, s := range ill {
			all = append(all, Symptom{Severity: Warning, What: "常驻程序报告：" + s, Where: where,
				Fix: "见 duban health；按提示处理。"})
		}
		return all, nil
	}}
