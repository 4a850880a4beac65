package check

import "duban/pipeline/plan"

var withdrawn = &Check{
	Code: "withdrawn", Severity: plan.Note,
	Title: "撤回已报的数",
	Text: "填报情况选了“撤回”：本期已采用的数不再算数，按未报处理，报过的各版都留存备查。" +
		"怎样改：确要撤回的不必处理，数核准后重新填报即可；选错了的，请把填报情况改回“已报”并填上数。",
	Row: func(r *Row) []plan.Finding {
		if r.Figure.State != plan.Withdrawn {
			return nil
		}
		said := "本期没有已采用的数，撤回不起作用。"
		if f, ok := r.now(); ok {
			said = "本期已采用的数已撤回，现按未报处理。"
			if v := r.value(f); v.Known() {
				said = "本期已采用的" + r.amount(v) + "已撤回，现按未报处理。"
			}
		}
		return r.one(plan.ColState, "“"+r.name()+"”选了“撤回”，"+said,
			"确要撤回的不必处理，数核准后重新填报即可；选错了的请改回“已报”并填上数。")
	},
}

// now is what is accepted for this row and month so far.
func (r *Row) now() (plan.Figure, bool) {
	if r.Current == nil || r.Unit == nil {
		return plan.Figure{}, false
	}
	return r.Current(r.Entry.ID, r.Unit.Code)
}
