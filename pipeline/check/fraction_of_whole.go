package check

import (
	"slices"

	"duban/pipeline/plan"
)

var fractionOfWhole = &Check{
	Code: "fraction-of-whole", Severity: plan.Reject,
	Title: "应是整数却填了小数",
	Text: "人、户、个、场这一类按个数计的数不会有小数，多半是把“万”当了计量单位，或者错了行。" +
		"怎样改：请按表里的计量单位填写整数，例如1.2万人请填12000。",
	Row: func(r *Row) []plan.Finding {
		if !r.counts() || !slices.Contains(wholes, r.Indicator.Measure) ||
			fractional(r.Indicator.Target) {
			return nil
		}
		var out []plan.Finding
		for _, c := range []plan.Column{plan.ColAdded, plan.ColTotal} {
			v := map[plan.Column]plan.Value{plan.ColAdded: r.Figure.Added,
				plan.ColTotal: r.Figure.Total}[c]
			if fractional(v) {
				out = append(out, r.at(c, r.where(c)+"填报"+r.amount(v)+"，按"+
					r.Indicator.Measure+"计的数不应有小数。",
					"请按计量单位“"+r.Indicator.Measure+"”填写整数，例如1.2万请填12000。"))
			}
		}
		return out
	},
}

// wholes are the measures that are counted one by one.
var wholes = []string{"人", "人次", "名", "位", "个", "户", "家", "场", "次", "起", "件", "项", "处",
	"座", "所", "部", "辆", "台", "套", "张", "块", "条", "例", "棵", "对", "期", "册", "场次", "家次",
	"个次", "节(次)"}

func fractional(v plan.Value) bool { return v.Known() && !v.Decimal().IsInteger() }
