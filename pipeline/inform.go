package pipeline

import (
	"duban/pipeline/check"
	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// passedOver is what the reader noticed beside the cells.
func passedOver(wb *sheet.Workbook) []check.Fault {
	var all []check.Fault
	for _, n := range wb.Notices {
		all = append(all, check.Fault{Code: n.Code, Cell: n.Cell, Message: n.Message, Fix: n.Fix})
	}
	return all
}

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
