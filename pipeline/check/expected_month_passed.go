package check

import (
	"fmt"
	"slices"
	"strings"

	"duban/pipeline/plan"
)

var expectedMonthPassed = &Check{
	Code: "expected-month-passed", Severity: plan.Note,
	Title: "数据未出已过预计月份",
	Text: "以前选“数据未出”的指标，写明的预计报送月份已到，本期仍没有报数。" +
		"怎样改：数已经出来的请补报；还没有出来的，请在填报情况里选“数据未出”，重新写明预计报送月份和原因。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || s.Opening || s.Unit == nil || s.History == nil {
			return nil
		}
		var named []string
		for _, id := range s.Due {
			if s.brought(id) {
				continue
			}
			f, waits := Awaited(s.History(id, s.Unit.Code), s.Month)
			ind := s.Plan.Indicator(id)
			if !waits || ind == nil {
				continue
			}
			named = append(named, fmt.Sprintf("%s%s（%s未出，预计%s）", id, ind.Name,
				f.Month.Chinese(), f.Expected.Chinese()))
		}
		if len(named) == 0 {
			return nil
		}
		return []plan.Finding{{
			Message: fmt.Sprintf("有%d项以前报“数据未出”，预计报送月份已到仍没有数：%s。", len(named),
				strings.Join(named, "、")),
			Fix: "数已经出来的请补报；还没有的请选“数据未出”，重新写明预计报送月份和原因。",
		}}
	},
}

// brought reports whether the form has a figure for an id, or says anew when
// it is to be expected.
func (s *Submission) brought(id string) bool {
	return slices.ContainsFunc(s.rows, func(r *Row) bool {
		return r.Entry.ID == id && (r.Figure.State == plan.Reported ||
			r.Figure.State == plan.ZeroReport || r.Figure.Expected > s.Month)
	})
}

// Awaited finds, in the figures of a subject, oldest first, the 数据未出 whose
// expected month has come by m while nothing was reported since.
func Awaited(figures []plan.Figure, m plan.Month) (plan.Figure, bool) {
	for _, f := range slices.Backward(figures) {
		switch {
		case f.Month > m || f.State == plan.NotDue:
		case f.State == plan.NotYetOut:
			return f, f.Expected != 0 && f.Expected <= m
		default:
			return plan.Figure{}, false
		}
	}
	return plan.Figure{}, false
}
