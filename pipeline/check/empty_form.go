package check

import "duban/pipeline/plan"

var emptyForm = &Check{
	Code: "empty-form", Severity: plan.Reject, Refuses: true,
	Title: "填报表没有填写",
	Text: "填报表里没有一项填写了内容，可能是交错了文件，或者填写后没有保存。没有填写不等于零。" +
		"怎样改：请打开填好的文件，确认已保存后重新报送；本月确实没有进展的指标，填报情况请选“零报告”。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || !s.empty() {
			return nil
		}
		return []plan.Finding{{
			Message: "填报表没有填写任何内容，无法收下。",
			Fix:     "请确认交的是填好并已保存的文件；本月没有进展的指标，填报情况请选“零报告”。",
		}}
	},
}

// empty reports whether nobody wrote into the form: it has no filled rows, or
// only our own 本期不报 beside rows that are blank.
func (s *Submission) empty() bool {
	for _, r := range s.rows {
		if r.Figure.State != plan.NotDue || r.dueNow() {
			return false
		}
	}
	return len(s.rows) == 0 || len(s.rows) < len(s.Entries)
}
