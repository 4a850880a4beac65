package check

import (
	"strings"

	"duban/pipeline/plan"
)

var unreadable = &Check{
	Code: "unreadable", Severity: plan.Reject, Refuses: true,
	Title: "文件无法读取",
	Text: "文件已损坏、已加密、没有传完，或者不是本程序能读取的工作簿，其中的数据一项也没有收下。" +
		"怎样改：用 WPS 或 Excel 打开原文件，确认内容完整后另存为 .xlsx 格式，不要加密码，再重新报送。",
	File: func(s *Submission) []plan.Finding {
		if s.Unreadable == nil || s.Unreadable.Code == failed {
			return nil
		}
		f := plan.Finding{Cell: s.Unreadable.Cell,
			Message: s.Unreadable.Message, Fix: s.Unreadable.Fix}
		if f.Message == "" {
			f.Message = "文件无法读取，其中的数据没有收下。"
		}
		if code := s.Unreadable.Code; code != "" { // for who is asked about it by telephone
			f.Message = strings.TrimRight(f.Message, "。") + "（原因代码 " + code + "）。"
		}
		if f.Fix == "" {
			f.Fix = "请用 WPS 或 Excel 打开原文件，另存为不加密的 .xlsx 格式后重新报送。"
		}
		return []plan.Finding{f}
	},
}
