package check

import (
	"slices"
	"strings"

	"duban/pipeline/plan"
)

var personalData = &Check{
	Code: "personal-data", Severity: plan.Query,
	Title: "文字里有个人信息",
	Text: "情况说明等文字里有身份证号、手机号码或银行卡号。通报和台账不需要这些，填报表会转给多家单位，请不要写。" +
		"程序对外的材料里一律打星号，只有退给您的原表保留原样。" +
		"怎样改：请删去号码，用“王某等3人”这样的写法，再报一次。",
	File: func(s *Submission) []plan.Finding {
		if !s.opened() {
			return nil
		}
		var out []plan.Finding
		look := func(c plan.Cell, e *plan.Entry) {
			kinds := plan.Personal(c.Raw)
			if c.Text != c.Raw {
				kinds = append(kinds, plan.Personal(c.Text)...)
			}
			if len(kinds) == 0 {
				return
			}
			slices.Sort(kinds)
			var words []string
			for _, k := range slices.Compact(kinds) {
				words = append(words, string(k))
			}
			f := plan.Finding{Cell: c.Address, Message: c.Address + "单元格的文字里有" +
				strings.Join(words, "、") + "，属于个人信息。",
				Fix: "请删去号码，用“王某等3人”这样的写法，再报一次。"}
			if e != nil {
				f.Indicator = e.ID
				if u := s.Plan.Unit(squeeze(e.Unit)); s.Opening && u != nil {
					f.Unit = u.Code
				}
			}
			out = append(out, f)
		}
		look(s.Filler, nil)
		look(s.Reviewer, nil)
		for i := range s.Entries {
			e := &s.Entries[i]
			for _, c := range fillColumns {
				if cell := e.Cells[c]; cell.Kind == plan.TextCell || c == plan.ColRemark {
					look(cell, e)
				}
			}
		}
		for _, c := range s.Loose {
			if c.Kind == plan.TextCell {
				look(c, nil)
			}
		}
		return out
	},
}
