package assess

import "duban/pipeline/plan"

// kind is how one kind of indicator is assessed. Each kind has a file of its
// own, which keeps its rules.
type kind struct {
	name plan.Kind

	needsTarget bool // without a target there is nothing to judge against
	standing    bool // only the last month decides whether it is complete

	// value is the number of a figure that is judged; unknown when it has none.
	value func(*plan.Indicator, plan.Figure) plan.Value
	// brief is the part of the wording that says a figure in a few words: 累计6400人.
	brief string
	// reached reports whether a figure that says a value meets the target.
	reached func(*course, *plan.Figure) bool
	// due fills Target, Due and DuePercent, which no figure changes.
	due func(*course, *Assessment)
	// judge fills Done, Gap, Light, Sentence and Rule from the figure to judge.
	judge func(*course, *Assessment, *plan.Figure)
}

// kinds lists every kind; the first is the one an unknown kind is taken for.
var kinds = []*kind{
	{
		name: plan.Cumulative, needsTarget: true,
		value: totalValue, brief: "brief_cumulative", reached: cumulativeReached,
		due: cumulativeDue, judge: cumulativeJudge,
	},
	{
		name: plan.Annual, needsTarget: true,
		value: totalValue, brief: "brief_annual", reached: annualReached,
		due: annualDue, judge: annualJudge,
	},
	{
		name: plan.Level, needsTarget: true,
		value: totalValue, brief: "brief_level", reached: levelReached,
		due: levelDue, judge: levelJudge,
	},
	{
		name: plan.Growth, needsTarget: true, standing: true,
		value: growthValue, brief: "brief_level", reached: levelReached,
		due: growthDue, judge: growthJudge,
	},
	{
		name: plan.Ratio, needsTarget: true,
		value: ratioValue, brief: "brief_level", reached: ratioReached,
		due: levelDue, judge: ratioJudge,
	},
	{
		name: plan.Comparison, standing: true,
		value: comparisonValue, brief: "brief_comparison", reached: comparisonReached,
		due: comparisonDue, judge: comparisonJudge,
	},
	{
		name:  plan.Milestone,
		value: milestoneValue, brief: "brief_milestone", reached: milestoneReached,
		due: milestoneDue, judge: milestoneJudge,
	},
}

// Value is the number of a figure by which its indicator is judged; unknown
// for a milestone, and where the figure brings none.
func Value(ind *plan.Indicator, f plan.Figure) plan.Value { return kindOf(ind.Kind).value(ind, f) }

func kindOf(name plan.Kind) *kind {
	for _, k := range kinds {
		if k.name == name {
			return k
		}
	}
	return kinds[0]
}
