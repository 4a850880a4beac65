package check

import "duban/pipeline/plan"

var tokenAltered = &Check{
	Code: "token-altered", Severity: plan.Reject, Refuses: true, Quarantines: true,
	Title: "填报表标识被改动",
	Text: "填报表内的标识与本部门签发的不符，可能被改动过，或者来自别的工作环境，已转督查考核部门核实。" +
		"怎样改：请使用最近一次下发的原表填写后重新报送；确需使用本文件的，请联系督查考核部门核实放行。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || s.Token.State != TokenAltered {
			return nil
		}
		return []plan.Finding{{
			Message: "填报表标识与签发的不符，不能确认报送单位和报送期，已转督查考核部门核实，数据暂未收下。",
			Fix:     "请使用最近一次下发的原表填写后重新报送，或联系督查考核部门核实放行。",
		}}
	},
}
