package check

import (
	"strings"

	"duban/pipeline/plan"
)

var headGuessed = &Check{
	Code: "head-guessed", Severity: plan.Note,
	Title: "按位置认出的列",
	Text: "表头里有一格被改动或删去，左右两列都在，这一列按它的位置认出，数据照常收下。" +
		"怎样改：请核对这一列的数没有填错列；以后请不要改动表头。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || len(s.Guessed) == 0 {
			return nil
		}
		var heads []string
		for _, c := range s.Guessed {
			heads = append(heads, c.Address+"“"+c.Text+"”")
		}
		return []plan.Finding{{Cell: s.Guessed[0].Address,
			Message: "表头有改动，下列各列按位置认出，数据照常读取：" + strings.Join(heads, "、") + "。",
			Fix:     "请核对这些列的数没有填错列，以后请不要改动表头。"}}
	},
}
