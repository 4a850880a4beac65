package check

import (
	"fmt"

	"duban/pipeline/plan"
)

// Rival is an accepted figure of the same unit, indicator and month that came
// the same day in another file.
type Rival struct {
	Figure plan.Figure
	File   string
	At     string // 2025年2月5日10:00
}

var conflictingValues = &Check{
	Code: "conflicting-values", Severity: plan.Note,
	Title: "同一天两份报送件数不一致",
	Text: "同一单位同一指标，一天里收到两份报送件，填的数不一样，可能是两个科室各报各的。现以后收到的为准，两个数都留存备查。" +
		"怎样改：请两处经办人核对；后收到的数有误的，请再报一次更正。",
	Row: func(r *Row) []plan.Finding {
		if r.SameDay == nil || r.Unit == nil || r.Opening {
			return nil
		}
		rival, ok := r.SameDay(r.Entry.ID, r.Unit.Code)
		if !ok {
			return nil
		}
		before, now := r.told(rival.Figure), r.told(r.Figure)
		if before == now || before == "" || now == "" {
			return nil
		}
		return r.one(r.principal(r.Figure.State), fmt.Sprintf("“%s”同一天收到两个数：《%s》（%s收到）报%s，"+
			"本件报%s，现以本件为准。", r.name(), rival.File, rival.At, before, now),
			"请核对以哪个数为准；本件有误的请再报一次更正。")
	},
}

// told is what a figure says, in a word; "" when it says no value.
func (r *Row) told(f plan.Figure) string {
	if f.State != plan.Reported && f.State != plan.ZeroReport {
		return ""
	}
	if r.Indicator == nil || r.is(plan.Milestone) {
		return string(f.Progress)
	}
	if v := r.value(f); v.Known() {
		return r.amount(v)
	}
	return ""
}
