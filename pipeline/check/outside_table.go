package check

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

var outsideTable = &Check{
	Code: "outside-table", Severity: plan.Note,
	Title: "填报列之外有内容",
	Text: "表头里没有的列里写了内容，程序不知道是什么，没有收下。" +
		"怎样改：是指标数据的，请填到表头对应的列里；是说明的，请写在“情况说明”一列；是自己加的计算，不用处理。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || len(s.Outside) == 0 {
			return nil
		}
		var cells []string
		for i, c := range s.Outside {
			if i == 10 {
				cells = append(cells, "等")
				break
			}
			cells = append(cells, c.Address+shown(c))
		}
		return []plan.Finding{{Cell: s.Outside[0].Address, Message: fmt.Sprintf(
			"表头之外的列里有%d个单元格写了内容，没有收下：%s。", len(s.Outside),
			strings.Join(cells, "、")),
			Fix: "是指标数据的，请填到对应的列里；是自己加的计算和备注，不用处理。"}}
	},
}
