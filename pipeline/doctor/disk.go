package doctor

import "context"

// disk asks for room: below the reserve nothing is taken any more, and below
// five times as much it is time to make some.
var disk = Examination{Code: "disk", Title: "磁盘空间",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		if c.Folder == nil {
			return nil, nil
		}
		free, err := c.Free(c.Folder.Work)
		if err != nil || free >= 5*c.Folder.Reserve {
			return nil, err
		}
		s := Symptom{Severity: Warning, Where: c.place(c.Folder.Work),
			What: "磁盘只剩" + megabytes(free) + "，少于" + megabytes(c.Folder.Reserve) + "就停止收件",
			Fix:  "清理磁盘，或把较早的备份、发件移到别处。"}
		if free < c.Folder.Reserve {
			s.Severity, s.What = Error, "磁盘只剩"+megabytes(free)+"，已停止收件"
		}
		return []Symptom{s}, nil
	}}
