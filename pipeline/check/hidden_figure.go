package check

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

var hiddenFigure = &Check{
	Code: "hidden-figure", Severity: plan.Note,
	Title: "隐藏的行列里有数",
	Text: "填报内容所在的行或列被隐藏或筛选掉了，看不见但仍在文件里，已照常收下。" +
		"怎样改：请取消隐藏和筛选，核对这些内容；是过时的旧数，请改正或清空后重新报送。",
	File: func(s *Submission) []plan.Finding {
		var cells []string
		first := ""
		for _, r := range s.rows {
			for _, c := range fillIn {
				cell := r.cell(c)
				if cell.Blank() || !cell.Hidden || r.copy || preset(c, cell) {
					continue
				}
				if first == "" {
					first = cell.Address
				}
				cells = append(cells, cell.Address+shown(cell))
			}
		}
		if len(cells) == 0 {
			return nil
		}
		n := len(cells)
		if n > 10 {
			cells = append(cells[:10], "等")
		}
		return []plan.Finding{{Cell: first, Message: fmt.Sprintf(
			"有%d个填了内容的单元格在隐藏的行或列里，已照常读取：%s。", n, strings.Join(cells, "、")),
			Fix: "请取消隐藏和筛选，核对这些内容，过时的请改正后重新报送。"}}
	},
}

// preset reports whether the cell shows the word the office itself put there.
func preset(c plan.Column, cell plan.Cell) bool {
	return c == plan.ColState && squeeze(cell.Text) == string(plan.NotDue)
}
