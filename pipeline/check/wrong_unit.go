package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var wrongUnit = &Check{
	Code: "wrong-unit", Severity: plan.Reject, Refuses: true, Quarantines: true,
	Title: "报送单位不一致",
	Text: "填报表是发给一个单位的，交来的渠道或表头写的却是另一个单位，或者表里的单位不在实施方案之内，" +
		"已转督查考核部门核实。怎样改：请确认拿的是本单位的填报表，并从本单位的文件夹或邮箱报送；" +
		"代报的，请联系督查考核部门核实放行。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || s.Opening || s.Plan == nil {
			return nil
		}
		const fix = "请确认使用的是本单位的填报表并从本单位渠道报送，或联系督查考核部门核实放行。"
		good := s.Token.State == TokenGood
		if good && s.Plan.Unit(s.Token.Unit) == nil || s.Unit == nil && s.Released {
			return []plan.Finding{{Message: "填报表所属的单位“" + s.Token.Unit +
				"”不在本实施方案的牵头单位之内，数据暂未收下。", Fix: fix}}
		}
		if s.Unit == nil {
			return nil // token-missing or token-altered speaks
		}
		var out []plan.Finding
		if u := s.ChannelUnit; u != nil && u != s.Unit {
			out = append(out, plan.Finding{Fix: fix, Message: fmt.Sprintf(
				"这份填报表发给%s，却由%s的渠道报送，已转督查考核部门核实，数据暂未收下。",
				s.Unit.Name, u.Name)})
		}
		if u := s.Plan.Unit(squeeze(s.UnitShown.Text)); u != nil && u != s.Unit {
			out = append(out, plan.Finding{Cell: s.UnitShown.Address, Fix: fix,
				Message: fmt.Sprintf("这份填报表发给%s，表头（%s单元格）的填报单位却写作%s，"+
					"已转督查考核部门核实，数据暂未收下。",
					s.Unit.Name, s.UnitShown.Address, shown(s.UnitShown))})
		}
		return out
	},
}
