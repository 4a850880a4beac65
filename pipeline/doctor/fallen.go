package doctor

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"duban/pipeline/ledger"
)

// Fallen is a file over which the program has ended without a word.
type Fallen struct {
	Key   string // what was done, and to what: file/<hash>, receipt/<hash>, mail/…
	Times int
	Aside bool // it is not touched any more
}

// fallen tells of files that bring the program down. What asks to be done is a
// file that was put aside and waits for a decision.
var fallen = Examination{Code: "fallen", Title: "使程序中断的文件",
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		if c.Fallen == nil {
			return nil, nil
		}
		files, err := c.Fallen()
		var all []Symptom
		for _, f := range files {
			s := Symptom{Severity: Note, Where: c.whereIs(f.Key),
				What: fmt.Sprintf("处理这份文件时程序中断过%d次", f.Times),
				Fix:  "不用处理；再中断就不再读它，并照样答复报送单位。"}
			switch doing, sha, _ := strings.Cut(f.Key, "/"); {
			case f.Aside && doing == "receipt":
				s.What = fmt.Sprintf("写这份文件的回执时程序中断过%d次，回执只写问题清单，数据照常审核", f.Times)
				s.Fix = "不用处理；文件和日志请交程序维护人员。"
			case f.Aside && doing == "file" && c.decided(ctx, sha):
				s.What += "，已放在一边，不再读取"
				s.Fix = "已经核实处理，不用再管；文件和日志请交程序维护人员，换新版本后会再读。"
			case f.Aside:
				s.Severity = Warning
				s.What += "，已放在一边，不再读取"
				s.Fix = "请报送单位把数据填入新下发的填报表重报；文件和日志请交程序维护人员，" +
					"换新版本后会再读。在 duban held 里的，用 duban refuse 了结。"
			}
			all = append(all, s)
		}
		return all, err
	}}

// decided reports whether a file is known not to wait for a decision.
func (c *Case) decided(ctx context.Context, sha string) bool {
	if c.Ledger == nil {
		return false
	}
	held, err := c.Ledger.Held(ctx)
	return err == nil && !slices.ContainsFunc(held, func(rd ledger.Reading) bool {
		return rd.Delivery.SHA256 == sha
	})
}

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
