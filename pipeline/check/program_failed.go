package check

import "duban/pipeline/plan"

// failed is the Fault code of a file that made the program itself fail.
const failed = "internal"

var programFailed = &Check{
	Code: "program-failed", Severity: plan.Reject, Refuses: true, Quarantines: true,
	Title: "程序读取时出错",
	Text: "程序自己在读取这份文件时出了错，与填报内容无关。文件已完整保存，转督查考核部门处理，数据暂未收下。" +
		"怎样改：请把数据填入重新下发的空白填报表再报一次；管理员可把存下的原件交程序维护人员查明原因。",
	File: func(s *Submission) []plan.Finding {
		if s.Unreadable == nil || s.Unreadable.Code != failed {
			return nil
		}
		return []plan.Finding{{
			Message: "程序读取这份文件时出错，文件已完整保存，已转督查考核部门处理，数据暂未收下。",
			Fix:     "请把数据填入重新下发的空白填报表再报一次，或联系督查考核部门。",
		}}
	},
}
