package check

import (
	"fmt"
	"slices"

	"duban/pipeline/plan"
)

var passedOver = &Check{
	Code: "passed-over", Severity: plan.Note,
	Title: "文件里带有不读取的内容",
	Text: "文件里除填报内容外还带有宏、外部链接、嵌入的对象、多余的工作表或者大量空白格式。" +
		"这些内容不会被执行、打开或更新，只读取单元格里的数值，填报的数据照常审核。" +
		"怎样改：请删去这些内容，另存为普通的 Excel 工作簿（*.xlsx）；数据没有错的，不必重报。",
	File: func(s *Submission) []plan.Finding {
		var out []plan.Finding
		var told []string
		for _, n := range s.PassedOver {
			if slices.Contains(told, n.Code) || s.asksAbout(n.Cell) {
				continue
			}
			told = append(told, n.Code)
			out = append(out, plan.Finding{Message: n.where() + n.Message, Fix: n.Fix})
		}
		return out
	},
}

// where names the place that is meant; not as the finding's cell, for it need
// not be of the table.
func (f Fault) where() string {
	if f.Cell == "" {
		return ""
	}
	return fmt.Sprintf("%s单元格：", f.Cell)
}

// asksAbout reports whether the checks of the rows ask about that cell anyway.
func (s *Submission) asksAbout(cell string) bool {
	for _, r := range s.rows {
		for _, c := range fillIn {
			if at := r.cell(c); at.Outside && r.Entry.Sheet+"!"+at.Address == cell {
				return true
			}
		}
	}
	return false
}
