package doctor

import (
	"context"
	"fmt"
	"os"
	"strings"
)

// Fallen is a file over which the program has ended without a word.
type Fallen struct {
	Key   string // what was done, and to what: file/<hash>, receipt/<hash>, mail/…
	Times int
	Aside bool // it is not touched any more
}

// fallen tells of files that bring the program down.
var fallen = Examination{Code: "fallen", Title: "使程序中断的文件",
	Run: func(_ context.Context, c *Case) ([]Symptom, error) {
		if c.Fallen == nil {
			return nil, nil
		}
		files, err := c.Fallen()
		var all []Symptom
		for _, f := range files {
			s := Symptom{Severity: Note, Where: c.whereIs(f.Key),
				What: fmt.Sprintf("处理这份文件时程序中断过%d次", f.Times),
				Fix:  "不用处理；再中断就不再读它，并照样答复报送单位。"}
			if f.Aside {
				s.Severity = Warning
				s.What += "，已放在一边，不再读取"
				s.Fix = "请报送单位把数据填入新下发的填报表重报；文件和日志请交程序维护人员，换新版本后会再读。"
			}
			all = append(all, s)
		}
		return all, err
	}}

// whereIs is where the file of a key lies; the key itself where none does.
func (c *Case) whereIs(key string) string {
	_, sha, _ := strings.Cut(key, "/")
	if c.Folder != nil && len(sha) == 64 {
		for _, path := range c.kept(sha) {
			if _, err := os.Stat(path); err == nil {
				return c.place(path)
			}
		}
	}
	return key
}
