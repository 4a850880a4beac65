package check

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

var notReported = &Check{
	Code: "not-reported", Severity: plan.Note,
	Title: "本月应报未报",
	Text: "按报送频次，这些指标本月应当报送，表里没有填写，以前也没有收到本月的数，暂按“未报”处理，不按零处理。" +
		"怎样改：请补填后重新报送，只填缺少的几项也可以；没有进展的，填报情况选“零报告”；" +
		"数据还没有出来的，选“数据未出”并填预计报送月份。",
	File: func(s *Submission) []plan.Finding {
		missing := s.missing()
		if !s.opened() || len(missing) == 0 {
			return nil
		}
		var names []string
		more := ""
		for i, id := range missing {
			if i == 10 {
				more = "等"
				break
			}
			if ind := s.Plan.Indicator(id); ind != nil {
				names = append(names, id+ind.Name)
			} else if it := s.Plan.Item(id); it != nil {
				names = append(names, id+it.Title)
			}
		}
		return []plan.Finding{{
			Message: fmt.Sprintf("有%d项本月应报而没有填写，暂按“未报”处理：%s%s。",
				len(missing), strings.Join(names, "、"), more),
			Fix: "请补填这些项目后重新报送，已收下的不必重填；没有进展的请选“零报告”。",
		}}
	},
}
