package check

import "duban/pipeline/plan"

// MayWaive reports whether the office may waive a check. One whose severity is
// no matter of choice it may not: without it there is no figure to take.
func (c *Check) MayWaive() bool { return !firm(c) && c != duplicateRow }

// waive makes a 提示 of a finding that the office has waived, and says so.
func (s *Submission) waive(c *Check, f plan.Finding) plan.Finding {
	if s.Waived == nil || !c.MayWaive() {
		return f
	}
	unit := f.Unit
	if unit == "" && s.Unit != nil {
		unit = s.Unit.Code
	}
	document, ok := s.Waived(f.Code, f.Indicator, unit)
	if !ok {
		return f
	}
	if f.Severity != plan.Note {
		f.Severity, f.Fix = plan.Note, "已豁免，不必处理；数据有误的仍请更正。"
	}
	f.Message += "（已按" + document + "豁免）"
	return f
}
