package check

import "duban/pipeline/plan"

var tokenMissing = &Check{
	Code: "token-missing", Severity: plan.Reject, Refuses: true, Quarantines: true,
	Title: "填报表标识缺失",
	Text: "下发的填报表内带有本单位、本报送期的标识，这份文件里没有，不能确认它属于哪个单位、哪个月份，" +
		"已转督查考核部门核实。怎样改：请把数据填入下发的原表再报送，不要复制到新建的工作簿里；" +
		"确需使用本文件的，请联系督查考核部门核实放行。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || s.Token.State != TokenMissing {
			return nil
		}
		return []plan.Finding{{
			Message: "文件里没有填报表标识，不能确认报送单位和报送期，已转督查考核部门核实，数据暂未收下。",
			Fix:     "请在下发的原表中填写后重新报送，或联系督查考核部门核实放行。",
		}}
	},
}
