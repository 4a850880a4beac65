package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var overTargetFar = &Check{
	Code: "over-target-far", Severity: plan.Query,
	Title: "远远超过目标",
	Text: "累计数超过目标的两倍，可能错了计量单位，或者统计口径与实施方案不同。数已收下并作标记。" +
		"怎样改：填错的请按表里的计量单位改正；确实大幅超额的，请在情况说明里写明原因和口径。",
	Row: func(r *Row) []plan.Finding {
		if !r.counts() || r.Indicator.Comparator == plan.AtMost || r.slipped(plan.ColTotal) {
			return nil
		}
		t, goal := r.Figure.Total, r.Indicator.Target
		if !t.Known() || !goal.Known() || goal.Decimal().Sign() <= 0 || t.Cmp(goal.Add(goal)) <= 0 {
			return nil
		}
		percent := t.Over(goal).Decimal().Shift(2).Round(1)
		return r.one(plan.ColTotal, fmt.Sprintf("%s填报%s，是目标%s的%s%%，远远超过目标。",
			r.where(plan.ColTotal), r.amount(t), r.amount(goal), percent),
			"请核对计量单位和统计口径；确实大幅超额的，请在情况说明里写明原因。")
	},
}
