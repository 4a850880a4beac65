package check

import "duban/pipeline/plan"

var unknownSender = &Check{
	Code: "unknown-sender", Severity: plan.Reject, Refuses: true, Quarantines: true,
	Title: "发件人不能认定",
	Text: "填报表由邮件发来，发件地址没有登记为任何单位的报送邮箱，或者邮件没有通过验证、另写了别处的回复地址；" +
		"期初填报表不由邮件收取。已转督查考核部门核实。怎样改：请用单位登记的报送邮箱发送；" +
		"换了邮箱的，请联系督查考核部门登记后再发，或请其核实放行。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || !s.ByMail || s.Released || s.ChannelUnit != nil && !s.Opening {
			return nil
		}
		const fix = "请用单位登记的报送邮箱发送，或联系督查考核部门核实放行。"
		if s.Opening {
			return []plan.Finding{{Message: "期初填报表不由邮件收取，已转督查考核部门核实，数据暂未收下。",
				Fix: fix}}
		}
		return []plan.Finding{{Message: "发件人不能认定为任何单位，已转督查考核部门核实，数据暂未收下。",
			Fix: fix}}
	},
}
