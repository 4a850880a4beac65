package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var totalFell = &Check{
	Code: "total-fell", Severity: plan.Reject,
	Title: "累计数比上次少",
	Text: "累计数只增不减，这次填的却比上次已收下的少。怎样改：这次填错的，请改为上次累计加本月新增；" +
		"上次多报的，请先重新报送上次那个月的填报表作更正，再报本月。",
	Row: func(r *Row) []plan.Finding {
		last, m := r.lastTotal()
		t := r.Figure.Total
		if !r.counts() || r.Figure.State == plan.ZeroReport || !last.Known() || !t.Known() ||
			t.Cmp(last) >= 0 {
			return nil
		}
		return r.one(plan.ColTotal, fmt.Sprintf("%s填报%s，比%s累计%s少%s，累计数不应减少。",
			r.where(plan.ColTotal), r.amount(t), r.monthWord(m), r.amount(last),
			r.distance(last, t)),
			fmt.Sprintf("请核对后改正；%s多报的，请先更正%s的填报表。", r.monthWord(m), r.monthWord(m)))
	},
}
