package digest

import (
	"fmt"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

// demands closes the paper: who must do what by when.
func demands(r *Report) []Block {
	by := hour(moment(r.NextDeadline))
	var blocks []Block
	add := func(head, run string) {
		blocks = append(blocks, Heading{
			Level: 2,
			Text:  fmt.Sprintf("（%s）%s。", chineseNumber(len(blocks)+1), head),
			Run:   run,
		})
	}
	if red, yellow := laggards(r); len(red)+len(yellow) > 0 {
		add("加快推进滞后事项", fmt.Sprintf("%s要对照序时进度逐项分析原因、明确措施和完成时限，"+
			"随下期填报表一并说明。", owners(append(red, yellow...))))
	}
	if silent := unitNames(r.unitsWith(func(u UnitLine) bool {
		return u.Due > 0 && u.ReceivedAt == ""
	})); silent != "" {
		add("抓紧补报数据", fmt.Sprintf("%s要于%s前补报；确无进展的报“零报告”，"+
			"数据尚未产生的注明“数据未出”及预计报送月份。", silent, by))
	}
	if unsure := unitNames(r.unitsWith(func(u UnitLine) bool {
		switch plan.State(u.State) {
		case plan.Returned, plan.Partly, plan.Queried:
			return true
		}
		return false
	})); unsure != "" {
		add("核准问题数据", fmt.Sprintf("%s要对照回执逐格更正或说明，于%s前重新报送。", unsure, by))
	}
	if n := len(without(r, "目标待定")); n > 0 {
		add("尽快明确待定目标", fmt.Sprintf("目标另行下达的%d项指标，牵头单位要主动与上级主管部门对接，"+
			"目标下达后及时报送文号。", n))
	}
	if none := without(r, "方案未明确目标值"); len(none) > 0 {
		add("研究提出目标值", fmt.Sprintf("《方案》未明确目标值的%d项指标，%s要研究提出目标建议，"+
			"随下期填报表报送。", len(none), owners(none)))
	}
	add("压实数据责任", "各单位要坚持数出有源、一数一源，填报人、审核人对数据真实性负责。")
	return blocks
}

// without lists what cannot be judged for a reason.
func without(r *Report, reason string) []Line {
	return choose(r.Lines, func(l Line) bool {
		return l.Light == string(assess.Pending) && l.Reason == reason && l.Unit != ""
	})
}

func (r *Report) unitsWith(keep func(UnitLine) bool) []string {
	var names []string
	for _, u := range r.Units {
		if keep(u) {
			names = append(names, u.Name)
		}
	}
	return names
}
