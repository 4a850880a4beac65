package assess

import (
	"math/big"

	"duban/pipeline/plan"
)

// 累计型: the running total against the target; what is due grows linearly by
// whole months from the first to the due month, or between phased targets. A
// baseline plays no part: the count begins at zero. With <=, or a target of
// zero, the target is a ceiling: on time while kept, red once broken.

func totalValue(_ *plan.Indicator, f plan.Figure) plan.Value { return f.Total }

func cumulativeReached(c *course, f *plan.Figure) bool {
	return countReached(c.ind.Comparator, f.Total, c.ind.Target)
}

// countReached takes = for >=: more of what is counted is never a failing.
func countReached(by plan.Comparator, total, target plan.Value) bool {
	if !total.Known() || !target.Known() {
		return false
	}
	switch {
	case ceiling(by, target):
		return total.Cmp(target) <= 0
	case by == plan.Above:
		return total.Cmp(target) > 0
	}
	return total.Cmp(target) >= 0
}

// ceiling reports whether a count must stay below its target: <=, or zero.
func ceiling(by plan.Comparator, target plan.Value) bool {
	return by == plan.AtMost || by != plan.Above && target.Equal(plan.Int(0))
}

func cumulativeDue(c *course, a *Assessment) {
	if !c.ind.Target.Known() {
		return
	}
	due := c.cumulativeDueNow()
	if ceiling(c.ind.Comparator, c.ind.Target) {
		due = exact(c.ind.Target)
	}
	a.Due, a.DuePercent = rounded(due), rounded(percentOf(due, exact(c.ind.Target)))
}

func (c *course) cumulativeDueNow() *big.Rat {
	return along(c.posts(new(big.Rat)), max(c.month, c.from-1))
}

func cumulativeJudge(c *course, a *Assessment, f *plan.Figure) {
	c.judgeCount(a, c.of(a, f), c.cumulativeDueNow())
}

// judgeCount judges a count against its target, either kind's.
func (c *course) judgeCount(a *Assessment, v *view, due *big.Rat) {
	stands, goal := exact(a.Value), exact(a.Target)
	switch {
	case ceiling(c.ind.Comparator, a.Target):
		c.judgeCeiling(a, v, minus(goal, stands))
		return
	case goal.Sign() == 0:
		c.judgeAnyAtAll(a, v)
		return
	}
	done, owed := percentOf(stands, goal), percentOf(due, goal)
	gap := minus(done, owed)
	a.Done, a.Gap = rounded(done), rounded(gap)
	part, by := c.countVerdict(a, stands, due)
	if part == "" {
		part = againstTime(gap)
	}
	v.Done, v.Gap = fixed(done), fixed(new(big.Rat).Abs(gap))+"个百分点"
	a.Sentence = c.words.say(part, v)
	if by.need != nil {
		n := places(c.share, done, owed, 1)
		v.Done, v.Due = done.FloatString(n), owed.FloatString(n)
	}
	c.ruled(a, by, v)
}

// countVerdict is the part of the sentence, "" where time decides, and the
// verdict.
func (c *course) countVerdict(a *Assessment, stands, due *big.Rat) (string, verdict) {
	switch {
	case a.Complete:
		return "count_complete", verdict{light: Done, rule: "rule_reached"}
	case a.Overdue:
		return "count_overdue", verdict{light: FarBehind, rule: "rule_overdue"}
	case c.ind.Kind == plan.Annual && countReached(c.ind.Comparator, a.Value, a.Target):
		return "count_year_met", verdict{light: OnTime, rule: "rule_reached"}
	}
	return "", c.against("rule_count", stands, due)
}

// againstTime is the part for a gap to the time progress.
func againstTime(gap *big.Rat) string {
	hardly := fixed(new(big.Rat).Abs(gap)) == "0.0"
	switch {
	case gap.Sign() == 0:
		return "count_level"
	case hardly && gap.Sign() < 0:
		return "count_hardly_below"
	case hardly:
		return "count_hardly_above"
	case gap.Sign() < 0:
		return "count_below"
	}
	return "count_above"
}

func (c *course) judgeCeiling(a *Assessment, v *view, room *big.Rat) {
	a.Gap, v.Gap = rounded(room), points(c.ind, room)
	part, by := "ceiling_kept", verdict{light: OnTime, rule: "rule_ceiling_kept"}
	switch {
	case room.Sign() < 0:
		part, by = "ceiling_broken", verdict{light: FarBehind, rule: "rule_ceiling_broken"}
	case a.Complete:
		by.light = Done
	}
	a.Sentence = c.words.say(part, v)
	c.ruled(a, by, v)
}

// judgeAnyAtAll judges a count that must exceed zero, of which no share can be
// said.
func (c *course) judgeAnyAtAll(a *Assessment, v *view) {
	v.Reached = countReached(c.ind.Comparator, a.Value, a.Target)
	by := verdict{light: OnTime, rule: "rule_missed"}
	switch {
	case a.Complete:
		by = verdict{light: Done, rule: "rule_reached"}
	case a.Overdue:
		by = verdict{light: FarBehind, rule: "rule_overdue"}
	case v.Reached:
		by.rule = "rule_reached"
	}
	a.Gap = a.Value
	a.Sentence = c.words.say("count_any", v)
	c.ruled(a, by, v)
}
