package plan

import (
	"fmt"
	"strconv"
)

// Audience (受众) is whom an edition of a month's digest is made for: what it
// is cut to, how it is set, and what stands in it. Which cuts, sections,
// annexes, sheets and forms there are is the program's to say; which of them
// an audience gets is data, in audiences.yaml.
type Audience struct {
	Name     string   // 督查考核; once given never changed: the ledger counts editions by it
	Each     bool     // one edition for each unit, each cut to the unit's own
	File     string   // what its files are called: 督查通报
	Form     string   // 公文格式: 通报, 信函, 专报
	Title    string   // a template; .Month, .Subject and .Unit may be named
	Cut      string   // which rows it holds
	Sections []string // of the paper, from top to bottom
	Annexes  []string
	Sheets   []string // of the workbook; none: there is no workbook

	// How it is headed, numbered and sent. What is "" is as the settings have
	// it; 无 is none.
	Mark, Issuer, Organ, Recipient, CopyTo, Printer string
	// Numbering is 号 (振政督〔2025〕3号) or 期 (第3期).
	Numbering  string
	LastNumber int    // the last number of the year used before this program
	Copies     int    // 印数; 0: not printed
	Sealed     string // true, false; "": as the settings have it
}

// Each numbering has a way to print a number that was taken.
const (
	NumberedPapers = "号"
	NumberedIssues = "期"
)

// NumberText is a number as it is printed; "" for none.
func (a Audience) NumberText(issuer string, year, n int) string {
	switch {
	case n == 0:
		return ""
	case a.Numbering == NumberedIssues:
		return fmt.Sprintf("第%d期", n)
	}
	return fmt.Sprintf("%s〔%d〕%d号", issuer, year, n)
}

// ReadAudiences reads and proves a file of audiences; a problem with it is a
// *FilesError. Whether the program has the parts it names is not looked at.
func ReadAudiences(name string) ([]Audience, error) {
	var all []Audience
	err := readAlone(name, func(r *reader, root *node) {
		r.mapping(root, "受众文件", &all, map[string]take{
			"audiences": r.list("受众（audiences）", func(n *node) { r.audience(n, &all) }),
		})
		if len(all) == 0 {
			r.bad(root, "受众文件里没有任何受众（audiences）：请按样例补上")
		}
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func (r *reader) audience(n *node, all *[]Audience) {
	a := Audience{Numbering: NumberedPapers}
	r.mapping(n, "受众", n, map[string]take{
		"name": r.text(&a.Name), "each": r.flag(&a.Each), "file": r.text(&a.File),
		"form": r.text(&a.Form), "title": r.text(&a.Title), "cut": r.text(&a.Cut),
		"sections": r.texts("章节（sections）", &a.Sections),
		"annexes":  r.texts("附件（annexes）", &a.Annexes),
		"sheets":   r.texts("工作表（sheets）", &a.Sheets),
		"mark":     r.text(&a.Mark), "issuer": r.text(&a.Issuer), "organ": r.text(&a.Organ),
		"recipient": r.text(&a.Recipient), "copy_to": r.text(&a.CopyTo),
		"printer": r.text(&a.Printer), "numbering": r.text(&a.Numbering),
		"last_number": r.count(&a.LastNumber), "copies": r.count(&a.Copies),
		"sealed": r.scalar(func(n *node, s string) {
			if a.Sealed = s; s != "true" && s != "false" {
				r.bad(n, "“%s”应写 true（是）或 false（否）", s)
			}
		}),
	})
	for _, x := range []struct{ key, value, what string }{
		{"name", a.Name, "名称"}, {"file", a.File, "文件名"}, {"form", a.Form, "公文格式"},
		{"title", a.Title, "标题"}, {"cut", a.Cut, "取数范围"},
	} {
		if x.value == "" {
			r.bad(n, "受众“%s”缺少%s（%s）：请按样例补上", a.Name, x.what, x.key)
		}
	}
	for _, name := range []string{a.Name, a.File} {
		if why := unfit(name); why != "" {
			r.bad(n, "受众的名称或文件名“%s”%s", name, why)
		}
	}
	if a.Numbering != NumberedPapers && a.Numbering != NumberedIssues {
		r.bad(n, "受众“%s”的编号方式“%s”不认识：请写 号 或 期", a.Name, a.Numbering)
	}
	for _, other := range *all {
		if other.Name == a.Name || other.File == a.File {
			r.bad(n, "受众“%s”的名称或文件名“%s”已有别的受众在用：请改一个", a.Name, a.File)
		}
	}
	*all = append(*all, a)
}

// count reads a whole number that is not negative.
func (r *reader) count(to *int) take {
	return r.scalar(func(n *node, s string) {
		i, err := strconv.Atoi(s)
		if err != nil || i < 0 {
			r.bad(n, "“%s”不是个数：请只写阿拉伯数字", s)
			return
		}
		*to = i
	})
}
