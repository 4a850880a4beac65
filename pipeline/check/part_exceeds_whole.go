package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var partExceedsWhole = &Check{
	Code: "part-exceeds-whole", Severity: plan.Query,
	Title: "其中数大于总数",
	Text: "这个指标是另一个指标的一部分（例如就业困难人员实现就业是新增就业的一部分），累计数却比整体还多。" +
		"数已收下并作标记。怎样改：请核对两处，改正填错的一处；口径确有不同的，请在情况说明里写明。",
	Row: func(r *Row) []plan.Finding {
		if r.Indicator == nil || r.Opening {
			return nil
		}
		var out []plan.Finding
		for _, ind := range r.Plan.Indicators() {
			part := ind.PartOf == r.Indicator.ID
			if !part && r.Indicator.PartOf != ind.ID || ind == r.Indicator {
				continue
			}
			o, ok := r.of(ind.ID)
			if !ok || part && o.row != nil {
				continue // of two rows in one form, the part's speaks
			}
			small, large := r.Figure.Total, o.Total
			if part {
				small, large = large, small
			}
			if !small.Known() || !large.Known() || small.Cmp(large) <= 0 ||
				r.slipped(plan.ColTotal) || o.row != nil && o.row.slipped(plan.ColTotal) {
				continue
			}
			what := "它是后者的一部分，不应更多"
			if part {
				what = "后者是它的一部分，不应更多"
			}
			out = append(out, r.at(plan.ColTotal, fmt.Sprintf("%s填报%s，%s填报%s：%s。",
				r.where(plan.ColTotal), r.amount(r.Figure.Total), r.otherName(ind, o),
				o.Total.String()+ind.Measure, what),
				"请核对两处，改正填错的一处；口径确有不同的，请在情况说明里写明。"))
		}
		return out
	},
}
