package doctor

import (
	"context"
	"strings"
	"time"
)

// inbox asks for files that have lain in the inbox for more than a day, and why.
var inbox = Examination{Code: "inbox", Title: "收件文件夹里没收的文件",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		if c.Folder == nil {
			return nil, nil
		}
		notices, err := c.Folder.Untaken(24 * time.Hour)
		var all []Symptom
		for _, n := range notices {
			if n.Code == "inbox-missing" || n.Code == "no-room" {
				continue // told by writable and disk
			}
			what, fix, _ := strings.Cut(n.Text, "；")
			s := Symptom{Severity: Warning, What: what, Where: "inbox/" + n.Path, Fix: fix}
			if n.Code == "strange-folder" || fix == "" {
				s.Severity, s.What, s.Fix = Note, n.Text, "不是有意放的，请移走。"
			}
			all = append(all, s)
		}
		return all, err
	}}
