package check

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

var severalForms = &Check{
	Code: "several-forms", Severity: plan.Reject, Refuses: true,
	Title: "一个文件里有几张不同的填报表",
	Text: "文件里有不止一张填好的填报表，单位、报送期或内容不一样，不知道以哪一张为准，一张也没有收下。" +
		"怎样改：每个文件只保留一张填报表；要报几个单位或几个月的，请分成几个文件分别报送。",
	File: func(s *Submission) []plan.Finding {
		if len(s.Several) == 0 {
			return nil
		}
		return []plan.Finding{{Message: fmt.Sprintf(
			"文件里有不止一张填好的填报表，内容不一样，不知道以哪一张为准，没有收下：%s。",
			strings.Join(s.Several, "、")),
			Fix: "请每个文件只保留一张填报表，其余的删去或分成几个文件报送。"}}
	},
}
