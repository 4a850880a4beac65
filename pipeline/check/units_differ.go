package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var unitsDiffer = &Check{
	Code: "units-differ", Severity: plan.Note,
	Title: "与别的单位报的同一个数不一样",
	Text: "这个指标由几家单位报送同一个数（例如全区居民收入增速），这次填的与另一家已收下的不一样。" +
		"怎样改：请与那家单位对一对，由填错的一家改正；口径确有不同的，请在情况说明里写明。",
	Row: func(r *Row) []plan.Finding {
		if r.Indicator == nil || !r.Indicator.Shared || r.Elsewhere == nil || r.Unit == nil ||
			!r.says() {
			return nil
		}
		c := r.principal(r.Figure.State)
		var out []plan.Finding
		for _, f := range r.Elsewhere(r.Entry.ID, r.Month) {
			if f.Unit == r.Unit.Code || f.State != plan.Reported {
				continue
			}
			mine, its := r.inBrief(r.Figure), r.inBrief(f)
			if mine == "" || its == "" || mine == its {
				continue
			}
			out = append(out, r.at(c, fmt.Sprintf("%s填报%s，%s填报%s：几家报的是同一个数，应当一致。",
				r.where(c), mine, r.unitName(f.Unit), its),
				"请与"+r.unitName(f.Unit)+"核对，由填错的一家改正；口径确有不同的，请在情况说明里写明。"))
		}
		return out
	},
}

// inBrief is what a figure says, in words; "" for nothing.
func (r *Row) inBrief(f plan.Figure) string {
	if r.is(plan.Milestone) {
		return string(f.Progress)
	}
	if v := r.value(f); v.Known() {
		return r.amount(tidy(round(v)))
	}
	return ""
}
