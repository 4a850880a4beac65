package check

import (
	"strings"

	"duban/pipeline/plan"
)

var fillerMissing = &Check{
	Code: "filler-missing", Severity: plan.Note,
	Title: "填报人或审核人未填",
	Text: "表头的填报人、审核人没有填全，有疑问时不便联系，也不能表明数据已经审核。" +
		"怎样改：请在表头填写填报人和审核人姓名，下次报送时补上即可，不影响本次收数。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() || s.Opening {
			return nil
		}
		var names []string
		cell := ""
		for _, c := range []struct {
			name string
			cell plan.Cell
		}{{"填报人", s.Filler}, {"审核人", s.Reviewer}} {
			if c.cell.Blank() {
				names = append(names, c.name)
				if cell == "" {
					cell = c.cell.Address
				}
			}
		}
		if len(names) == 0 {
			return nil
		}
		return []plan.Finding{{Cell: cell,
			Message: "表头没有填写" + strings.Join(names, "和") + "。",
			Fix:     "请在表头补填姓名，随下次报送即可。"}}
	},
}
