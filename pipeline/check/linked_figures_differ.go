package check

import (
	"fmt"
	"slices"

	"duban/pipeline/plan"
)

var linkedFiguresDiffer = &Check{
	Code: "linked-figures-differ", Severity: plan.Query,
	Title: "同一件事两处填得不一样",
	Text: "方案的总体目标、重点任务、实事清单里有些指标说的是同一件事，同一时期两处填报的数应当一致；" +
		"一处的期限已过的，期内的数不应超过另一处的累计。数已收下并作标记。" +
		"怎样改：请核对两处，改正填错的一处；口径确有不同的，请在情况说明里写明。",
	Row: func(r *Row) []plan.Finding {
		if r.Indicator == nil || r.Opening || r.Figure.State == plan.NotYetOut ||
			r.Figure.State == plan.NotDue || r.Figure.State == plan.Withdrawn {
			return nil
		}
		var out []plan.Finding
		for _, ind := range r.linked() {
			o, ok := r.of(ind.ID)
			if !ok || o.row != nil && !slices.Contains(r.Indicator.SameAs, ind.ID) {
				continue // of two rows in one form, the one that names the other speaks
			}
			if words := r.disagree(ind, o); words != "" {
				out = append(out, r.at(plan.ColTotal, words,
					"请核对两处，改正填错的一处；口径确有不同的，请在情况说明里写明。"))
			}
		}
		return out
	},
}

// linked lists the indicators that the plan says are the same thing.
func (r *Row) linked() []*plan.Indicator {
	var all []*plan.Indicator
	for _, ind := range r.Plan.Indicators() {
		if ind != r.Indicator && (slices.Contains(r.Indicator.SameAs, ind.ID) ||
			slices.Contains(ind.SameAs, r.Indicator.ID)) {
			all = append(all, ind)
		}
	}
	return all
}

// disagree says how two figures of the same thing differ, "" when they may
// stand beside one another.
func (r *Row) disagree(ind *plan.Indicator, o other) string {
	mine, its := r.Figure.Total, o.Total
	if !mine.Known() || !its.Known() || mine.Equal(its) || !r.comparable(ind) {
		return ""
	}
	if o.row != nil && o.row.slipped(plan.ColTotal) || r.slipped(plan.ColTotal) {
		return "" // one of them may be meant otherwise
	}
	counted := r.is(plan.Cumulative) && ind.Kind == plan.Cumulative
	if counted && r.Month > min(r.Indicator.Due, ind.Due) {
		short, long := mine, its
		if r.Indicator.Due > ind.Due {
			short, long = its, mine
		}
		if r.Indicator.Due == ind.Due || short.Cmp(long) <= 0 {
			return ""
		}
		return fmt.Sprintf("%s填报%s，%s填报%s：期限短的一处不应多于期限长的一处。",
			r.where(plan.ColTotal), r.amount(mine), r.otherName(ind, o), its.String()+ind.Measure)
	}
	return fmt.Sprintf("%s填报%s，%s填报%s：方案里这是同一件事，两处应当一致。",
		r.where(plan.ColTotal), r.amount(mine), r.otherName(ind, o), its.String()+ind.Measure)
}

// comparable reports whether two indicators that are the same thing measure it
// alike: counts from the same month, levels at the month's end; a growth only
// over the same time.
func (r *Row) comparable(ind *plan.Indicator) bool {
	if r.Indicator.Measure != ind.Measure {
		return false
	}
	mine, its := r.Indicator.Kind, ind.Kind
	switch {
	case mine == plan.Cumulative && its == plan.Cumulative:
		return r.Indicator.From == ind.From
	case mine == plan.Growth && its == plan.Growth, mine == plan.Annual && its == plan.Annual:
		return r.Indicator.From == ind.From && r.Indicator.Due == ind.Due
	}
	stock := func(k plan.Kind) bool { return k == plan.Level || k == plan.Cumulative }
	return stock(mine) && stock(its)
}
