package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var identifiedByName = &Check{
	Code: "identified-by-name", Severity: plan.Note,
	Title: "按指标名称认出的行",
	Text: "这一行的指标编号丢失或不认识，而工作事项和指标名称只对得上一个指标，数据已按这个指标收下。" +
		"怎样改：请核对指标没有认错；以后请在下发的原表里填写，不要删改隐藏的编号列。",
	Row: func(r *Row) []plan.Finding {
		if !r.Entry.ByName || r.Item == nil {
			return nil
		}
		return r.atID(fmt.Sprintf("这一行没有可用的指标编号，按名称认作%s“%s”。",
			r.Entry.ID, r.name()), "请核对指标没有认错，以后请不要删改隐藏的编号列。")
	},
}
