package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var holdBroken = &Check{
	Code: "hold-broken", Severity: plan.Query,
	Title: "应当保持的没有保持住",
	Text: "方案要求每月保持在目标以上（或者动态清零）的指标，这个月没有达到。数已收下并作标记。" +
		"怎样改：填错的请改正；情况属实的，请在情况说明里写明原因和补救措施。",
	Row: func(r *Row) []plan.Finding {
		if r.Indicator == nil || !r.Indicator.Holds || !r.says() || !r.Indicator.Target.Known() {
			return nil
		}
		c := r.principal(r.Figure.State)
		v := r.value(r.Figure)
		if !v.Known() || r.reached(v) || r.slipped(c) {
			return nil
		}
		before := ""
		if last, m := r.lastValue(); last.Known() {
			before = fmt.Sprintf("，%s为%s", r.monthWord(m), r.amount(round(last)))
		}
		return r.one(c, fmt.Sprintf("%s填报%s%s；方案要求每月保持%s，本月没有保持住。",
			r.where(c), r.amount(round(v)), before, r.demand()),
			"请核对；情况属实的，请在情况说明里写明原因和补救措施。")
	},
}

// demand is what the target asks for: 不低于90%.
func (r *Row) demand() string {
	word := map[plan.Comparator]string{plan.AtLeast: "不低于", plan.AtMost: "不高于",
		plan.Exactly: "为", plan.Above: "高于"}[r.Indicator.Comparator]
	return word + r.amount(r.Indicator.Target)
}
