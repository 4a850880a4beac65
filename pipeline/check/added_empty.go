package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var addedEmpty = &Check{
	Code: "added-empty", Severity: plan.Note,
	Title: "本月新增没有填",
	Text: "填了累计数，没有填本月新增，不能用“上次累计加本月新增”来核对。累计数已收下，本月新增按未知处理，不推算。" +
		"怎样改：请补填本月新增后重新报送；本月没有进展的，填报情况选“零报告”。",
	Row: func(r *Row) []plan.Finding {
		if !r.counts() || r.Opening || !r.says() || !r.cell(plan.ColAdded).Blank() ||
			!r.Figure.Total.Known() {
			return nil
		}
		fix := "请补填本月新增。"
		last, m := r.lastTotal()
		if d := r.Figure.Total.Sub(last); d.Known() && r.follows(m) && d.Decimal().Sign() >= 0 {
			fix = fmt.Sprintf("请补填本月新增；%s累计%s，如无误应填%s。", r.monthWord(m),
				r.amount(last), d)
		}
		return r.one(plan.ColAdded, r.where(plan.ColAdded)+"没有填写，按未知处理，不推算。", fix)
	},
}
