package check

import (
	"fmt"
	"slices"

	"duban/pipeline/plan"
)

var targetAltered = &Check{
	Code: "target-altered", Severity: plan.Query,
	Title: "目标值被改动",
	Text: "表里这一行的目标与实施方案不同。目标一律以实施方案为准，表里改了也不起作用，数据照常收下。" +
		"怎样改：请恢复下发时的目标；目标确有调整的，请在情况说明里写明文号，并请督查考核部门调整实施方案。",
	Row: func(r *Row) []plan.Finding {
		if r.Indicator == nil || r.Entry.Target.Blank() || showsTarget(r.Indicator, r.Entry.Target) ||
			r.ofOldPlan() && r.showedTarget(r.Entry.Target) {
			return nil
		}
		return []plan.Finding{{Cell: r.Entry.Target.Address, Message: fmt.Sprintf(
			"“%s”的目标（%s单元格）应为“%s”，表里写作%s；目标以实施方案为准，表里改了不起作用。",
			r.Indicator.Name, r.Entry.Target.Address, r.Indicator.TargetText(),
			shown(r.Entry.Target)),
			Fix: "请恢复原目标；目标确有调整的，请在情况说明里写明依据和文号。"}}
	},
}

// ofOldPlan reports whether the form was issued under another version of the
// plan, whose targets it rightly shows.
func (s *Submission) ofOldPlan() bool {
	return s.Token.PlanVersion != "" && s.Token.PlanVersion != s.Plan.Version
}

// showedTarget reports whether a cell of an older form shows a target of its
// time. Of a plan whose files were replaced nothing is known but the new one.
func (r *Row) showedTarget(c plan.Cell) bool {
	if _, own := r.Plan.Since(r.Token.PlanVersion); !own {
		return true
	}
	return slices.ContainsFunc(r.Plan.EachOf(r.Indicator.ID), func(ind *plan.Indicator) bool {
		return showsTarget(ind, c)
	})
}

// showsTarget reports whether a cell shows an indicator's target, as words or as
// a number.
func showsTarget(ind *plan.Indicator, c plan.Cell) bool {
	if squeeze(c.Text) == squeeze(ind.TargetText()) {
		return true
	}
	if !sane(c.Number) || !ind.Target.Known() {
		return false
	}
	points := plan.Value{}
	if ind.Percent() {
		points = plan.Known(c.Number.Decimal().Shift(2))
	}
	return c.Number.Equal(ind.Target) || points.Equal(ind.Target)
}
