package check

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

var rowWithoutID = &Check{
	Code: "row-without-id", Severity: plan.Note,
	Title: "没有编号的行里填了内容",
	Text: "有的单元格填了内容，所在的行却没有指标编号，不知道属于哪个指标，这些内容没有收下。" +
		"怎样改：是指标数据的，请填到下发表里带编号的对应行；是自己加的合计、备注，不用处理。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || len(s.Loose) == 0 {
			return nil
		}
		var cells []string
		for i, c := range s.Loose {
			if i == 10 {
				cells = append(cells, "等")
				break
			}
			cells = append(cells, c.Address+shown(c))
		}
		return []plan.Finding{{Cell: s.Loose[0].Address, Message: fmt.Sprintf(
			"有%d个单元格填了内容而所在行没有指标编号，没有收下：%s。",
			len(s.Loose), strings.Join(cells, "、")),
			Fix: "是指标数据的，请填到下发表里带编号的对应行；是合计、备注的，不用处理。"}}
	},
}
