package pipeline

import (
	"duban/pipeline/check"
	"duban/pipeline/plan"
)

// inform hands the checks what every unit has reported of a thing, and what a
// finding costs in the month.
func (w *Workspace) inform(r record, s *check.Submission) {
	s.Severity = w.Plan.RuleSeverity
	s.Elsewhere = func(id string, m plan.Month) []plan.Figure {
		var all []plan.Figure
		for _, u := range w.Plan.Units {
			if e, ok := r.at(id, u.Code, m); ok && e.Unit == u.Code {
				all = append(all, e.Figure)
			}
		}
		return all
	}
}
