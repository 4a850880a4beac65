package check

import (
	"fmt"
	"slices"

	"duban/pipeline/plan"
)

var completeButFalling = &Check{
	Code: "complete-but-falling", Severity: plan.Query,
	Title: "已达目标又回落",
	Text: "以前已收下的数达到了目标，或者事项已经完成，这次却退了回去。数已收下并作标记。" +
		"怎样改：填错的请改正；以前填错的请更正以前的月份；情况确有反复的，请在情况说明里写明原因。",
	Row: func(r *Row) []plan.Finding {
		if r.Indicator == nil || r.is(plan.Milestone) {
			return r.stepBack()
		}
		if !r.is(plan.Level, plan.Ratio) || r.Indicator.Holds {
			return nil // total-fell and hold-broken speak of these
		}
		last, m := r.lastValue()
		v := r.value(r.Figure)
		if !v.Known() || !r.reached(last) || r.reached(v) {
			return nil
		}
		c := r.principal(r.Figure.State)
		if r.slipped(c) {
			return nil // it may be another value that was meant
		}
		return r.one(c, fmt.Sprintf("%s为%s，%s为%s，已达到目标%s，这次又没有达到。",
			r.where(c), r.amount(round(v)), r.monthWord(m), r.amount(round(last)),
			r.amount(r.Indicator.Target)), "请核对；确有反复的，请在情况说明里写明原因。")
	},
}

// stepBack finds a matter that was finished and is no longer.
func (r *Row) stepBack() []plan.Finding {
	now := slices.Index(progressWords, r.Figure.Progress)
	if now < 0 {
		return nil
	}
	for _, f := range slices.Backward(r.History) {
		if f.Progress == "" {
			continue
		}
		done := f.Progress == plan.Completed || f.Progress == plan.Accepted
		if !done || now >= slices.Index(progressWords, f.Progress) {
			return nil
		}
		return r.one(plan.ColProgress, fmt.Sprintf("%s填的是“%s”，%s已经是“%s”，退了回去。",
			r.where(plan.ColProgress), r.Figure.Progress, r.monthWord(f.Month), f.Progress),
			"请核对；确有反复的，请在情况说明里写明原因。")
	}
	return nil
}

// round keeps a quotient to two places, for a message.
func round(v plan.Value) plan.Value { return plan.Known(v.Decimal().Round(2)) }
