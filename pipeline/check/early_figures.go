package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var earlyFigures = &Check{
	Code: "early-figures", Severity: plan.Note,
	Title: "本期不必报也报了数",
	Text: "按报送频次这一行本期可以不报，填报情况是预设的“本期不报”，单位仍填了数，已按“已报”收下。" +
		"怎样改：填得对的不用改；不是有意填写的，请清空本行的数后重新报送。",
	Row: func(r *Row) []plan.Finding {
		if word, _ := r.stateWord(); word != plan.NotDue || !r.says() {
			return nil
		}
		return r.one(plan.ColState, fmt.Sprintf("%s是“本期不报”，本行却填了数，按“已报”处理。",
			r.where(plan.ColState)), "填得对的不用改；不是有意填写的，请清空本行的数后重新报送。")
	},
}
