package assess

import (
	"math/big"
	"strings"

	"duban/pipeline/plan"
)

// 时点型、比率型: the value at the month's end against the target, in points;
// up (>=, >), down (<=) or exactly (=). With a baseline, or between phased
// targets, what is due goes linearly to the target, and the light compares the
// part of the way that is made with the part that is due. Without them, a
// value not yet there is 待定 until the due month; in it, 80 % of the target
// (or a target that is 80 % of it) is yellow. What must hold is on time while
// it does and red once broken.

func levelReached(c *course, f *plan.Figure) bool {
	return meets(c.ind.Comparator, exact(c.kind.value(c.ind, *f)), exact(c.ind.Target))
}

// meets compares a value with a target; an unknown meets nothing.
func meets(by plan.Comparator, stands, goal *big.Rat) bool {
	if stands == nil || goal == nil {
		return false
	}
	return by.Met(stands.Cmp(goal))
}

func levelDue(c *course, a *Assessment) {
	a.DuePercent = rounded(c.timePercent())
	a.Due = rounded(c.levelDueNow())
}

// levelDueNow is what should stand by now; nil when nothing says so.
func (c *course) levelDueNow() *big.Rat {
	goal, start := exact(c.ind.Target), exact(c.ind.Baseline)
	if c.ind.Holds || meets(c.ind.Comparator, start, goal) {
		return goal
	}
	return along(c.posts(start), max(c.month, c.from-1))
}

func levelJudge(c *course, a *Assessment, f *plan.Figure) {
	c.judgeLevel(a, c.of(a, f), exact(a.Value), c.levelVerdict)
}

// judgeLevel judges a value at a point of time; short is the verdict on one
// that has not reached its target.
func (c *course) judgeLevel(a *Assessment, v *view, stands *big.Rat,
	short func(stands, goal *big.Rat) verdict) {
	goal := exact(c.ind.Target)
	off := minus(stands, goal)
	gap := new(big.Rat).Set(off)
	if c.ind.Comparator == plan.AtMost || c.ind.Comparator == plan.Exactly && gap.Sign() > 0 {
		gap.Neg(gap)
	}
	a.Gap, v.Gap = rounded(gap), points(c.ind, off)
	v.Reached = meets(c.ind.Comparator, stands, goal)
	if c.ind.Holds {
		v.Word = "保持目标"
	}
	by := verdict{light: OnTime, rule: c.reachedRule()}
	switch {
	case a.Complete:
		by.light = Done
	case a.Overdue:
		by = verdict{light: FarBehind, rule: "rule_overdue"}
	case v.Reached:
	case c.ind.Holds:
		by = verdict{light: FarBehind, rule: "rule_broken"}
	default:
		by = short(stands, goal)
	}
	if by.light == Pending {
		a.Reason = "无基期值且尚未达到目标"
	}
	a.Sentence = c.words.say(c.levelPart(v.Reached, off.Sign()), v)
	c.compared(v, by)
	c.ruled(a, by, v)
}

func (c *course) reachedRule() string {
	switch {
	case c.ind.Holds:
		return "rule_held"
	case c.ind.Comparator == plan.AtMost:
		return "rule_within"
	}
	return "rule_reached"
}

// compared prints the two figures that a verdict compared.
func (c *course) compared(v *view, by verdict) {
	if by.need == nil {
		return
	}
	light, way := c.share, strings.HasPrefix(by.rule, "rule_way")
	if strings.HasPrefix(by.rule, "rule_most") {
		light = c.shareAtMost
	}
	n := places(light, by.got, by.need, 2)
	v.Done, v.Due = amountTo(c.ind, by.got, n, way), amountTo(c.ind, by.need, n, way)
	v.Way = c.way()
}

// way names the direction to the target.
func (c *course) way() string {
	words := [2]string{"增加", "减少"}
	if isRate(c.ind) {
		words = [2]string{"提高", "下降"}
	}
	switch c.ind.Comparator {
	case plan.Exactly:
		return "缩小差距"
	case plan.AtMost:
		return words[1]
	}
	return words[0]
}

// levelVerdict is the verdict on a value that has not reached its target.
func (c *course) levelVerdict(stands, goal *big.Rat) verdict {
	due, start := c.levelDueNow(), exact(c.ind.Baseline)
	if due == nil {
		return verdict{light: Pending}
	}
	if c.ind.Comparator == plan.Exactly {
		// The distance that is left counts, on whichever side.
		stands, due = minus(goal, distance(stands, goal)), minus(goal, distance(due, goal))
		if start != nil {
			start = minus(goal, distance(start, goal))
		}
	}
	if start == nil || start.Cmp(due) == 0 || meets(c.ind.Comparator, start, goal) {
		return c.withoutStart(stands, due)
	}
	got, need := minus(stands, start), minus(due, start)
	if c.ind.Comparator == plan.AtMost {
		got, need = got.Neg(got), need.Neg(need)
	}
	by := c.against("rule_way", got, need)
	switch {
	case need.Sign() < 0 && by.light == OnTime: // the phases lead away at first
		return c.withoutStart(stands, due)
	case need.Sign() < 0:
		return verdict{light: by.light, rule: "rule_missed"}
	case by.light != OnTime && got.Sign() <= 0:
		by.rule = "rule_way_none"
	}
	return by
}

// withoutStart compares with what is due where no baseline gives the way.
func (c *course) withoutStart(stands, due *big.Rat) verdict {
	switch c.ind.Comparator {
	case plan.AtMost:
		by := c.against("rule_most", due, stands)
		by.got, by.need = stands, due
		return by
	case plan.Exactly:
		return c.against("rule_exact", stands, due)
	}
	return c.against("rule_least", stands, due)
}

// shareAtMost is share for what must come down: what is due against what stands.
func (c *course) shareAtMost(stands, due *big.Rat) Light { return c.share(due, stands) }

func distance(a, b *big.Rat) *big.Rat { return new(big.Rat).Abs(minus(a, b)) }

// levelPart is the part of the wording for a value that is above (1), at (0) or
// below (-1) its target.
func (c *course) levelPart(reached bool, off int) string {
	switch {
	case reached && c.ind.Holds && off == 0:
		return "level_held"
	case reached && c.ind.Holds && off > 0:
		return "level_held_above"
	case reached && c.ind.Comparator == plan.AtMost:
		return "level_within"
	case reached:
		return "level_reached"
	case off == 0: // > and just equal
		return "level_just_equal"
	case off > 0:
		return "level_over"
	}
	return "level_short"
}
