package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var measureAltered = &Check{
	Code: "measure-altered", Severity: plan.Query,
	Title: "计量单位被改动",
	Text: "表里这一行的计量单位与实施方案不同。计量单位一律以实施方案为准，数据照常收下，但可能差若干倍。" +
		"怎样改：请按实施方案的计量单位换算后重新填写，并恢复原来的计量单位；数据本来就是按原单位填的，写明即可。",
	Row: func(r *Row) []plan.Finding {
		word := squeeze(r.Entry.Measure.Text)
		if r.Indicator == nil || r.Indicator.Measure == "" || word == "" || word == "—" ||
			r.ofOldPlan() || word == squeeze(r.Indicator.Measure) {
			return nil
		}
		return []plan.Finding{{Cell: r.Entry.Measure.Address, Message: fmt.Sprintf(
			"“%s”的计量单位（%s单元格）应为“%s”，表里写作%s；数据按“%s”计。", r.Indicator.Name,
			r.Entry.Measure.Address, r.Indicator.Measure, shown(r.Entry.Measure), r.Indicator.Measure),
			Fix: "请按“" + r.Indicator.Measure + "”核对或换算本行的数，并恢复原来的计量单位。"}}
	},
}
