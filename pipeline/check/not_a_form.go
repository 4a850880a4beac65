package check

import (
	"strings"

	"duban/pipeline/plan"
)

var notAForm = &Check{
	Code: "not-a-form", Severity: plan.Reject, Refuses: true,
	Title: "不是填报表",
	Text: "文件能够打开，但其中找不到填报表的表头和指标编号，无法对应到实施方案的指标。" +
		"怎样改：请在下发的填报表里填写，不要另建表格，也不要删除表头和隐藏的编号列，再重新报送。",
	File: func(s *Submission) []plan.Finding {
		if s.Unreadable != nil || s.NotForm == "" || len(s.Several) > 0 {
			return nil
		}
		return []plan.Finding{{
			Message: "这份文件不是填报表：" + strings.TrimRight(s.NotForm, "。") + "。",
			Fix:     "请使用下发的填报表填写后重新报送；找不到原表的，可向督查考核部门索取。",
		}}
	},
}
