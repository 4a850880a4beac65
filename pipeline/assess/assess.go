package assess

import (
	"slices"

	"duban/pipeline/plan"
)

// Light (进度灯) is the verdict on one indicator of one unit in one month.
type Light string

// The lights.
const (
	Done      Light = "done"       // 已完成, blue
	OnTime    Light = "on_time"    // 达到序时, green
	Behind    Light = "behind"     // 滞后, yellow
	FarBehind Light = "far_behind" // 严重滞后, red
	Missing   Light = "missing"    // 未报, grey
	Pending   Light = "pending"    // 待定: Reason says why
)

// Lights lists them in the order of a table's columns.
var Lights = []Light{Done, OnTime, Behind, FarBehind, Missing, Pending}

// Chinese is the word on screen and paper.
func (l Light) Chinese() string {
	switch l {
	case Done:
		return "已完成"
	case OnTime:
		return "达到序时"
	case Behind:
		return "滞后"
	case FarBehind:
		return "严重滞后"
	case Missing:
		return "未报"
	}
	return "待定"
}

// Thresholds are the settings of an assessment.
type Thresholds struct {
	Behind plan.Value // percent of what is due, from which it is yellow; unset: 80
	Words  *Words     // the wording; nil: the program's own
}

// Subject is what is assessed: one indicator, as one unit reports it.
type Subject struct {
	Plan      *plan.Plan
	Indicator *plan.Indicator
	Unit      *plan.Unit // nil: the notice names nobody
	Month     plan.Month
	// Figures are the accepted figures of this indicator and unit, of any
	// months, oldest first; of two of one month the later counts. Those of
	// months after Month are not looked at.
	Figures []plan.Figure
}

// Assessment (研判) is what came of it.
type Assessment struct {
	Indicator *plan.Indicator
	Unit      *plan.Unit
	Month     plan.Month
	Figure    *plan.Figure // of Subject.Figures, this month's; nil: 未报, or not due
	Last      *plan.Figure // the latest of an older month that says a value
	AsOf      plan.Month   // the month Value is of; zero when it is unknown
	Value     plan.Value   // the number that is judged; comparison: A minus B
	Target    plan.Value   // annual: the year's
	Due       plan.Value   // what should stand by now; unknown without a baseline
	Done      plan.Value   // percent of the target; cumulative and annual only
	// DuePercent is the 序时进度 in percent: of the target for cumulative and
	// annual, of the time for the others.
	DuePercent plan.Value
	// Gap is signed, negative when short. Cumulative and annual: Done minus
	// DuePercent, in points. The others: distance to the target in the measure
	// (points, when that is %).
	Gap         plan.Value
	Light       Light
	Overdue     bool       // its month is past and it is not complete
	Complete    bool       //
	CompletedIn plan.Month // the report that first said so
	Sentence    string     // what a digest prints, with its full stop
	Rule        string     // why Light is what it is, without an end mark; "" for 未报, 待定
	Reason      string     // why 待定; "" otherwise
	// Lag says that Value is of an older span than the month's (上半年数,
	// 2024年12月数), or not final (预计数), or both; "" for neither, and for
	// milestones.
	Lag string
	// OverYear (同比) and OverMonth (环比) say how the figure moved, in words:
	// 同比增长12.5%. They are "" unless both figures are known; see change.go.
	OverYear, OverMonth string
	Promised            plan.Date // the first planned day that passed without completion
	Postponed           int       // how often the unit moved its planned day to a later one
}

// Of assesses a subject. Unknown thresholds take their defaults.
func Of(s Subject, th Thresholds) Assessment {
	c := newCourse(s, th)
	a := &Assessment{
		Indicator: s.Indicator, Unit: s.Unit, Month: s.Month,
		Figure: c.now, Last: c.last, Target: s.Indicator.Target,
	}
	c.kind.due(c, a)
	c.complete(a)
	switch {
	case s.Unit == nil:
		c.pend(a, "未明确责任单位", "no_owner", c.about(a))
	case c.closed() && !a.Complete:
		v := c.about(a)
		v.Closed, v.Document = c.ind.Closed.Month.Chinese(), c.ind.Closed.Document
		c.pend(a, "已销号", "closed", v)
	default:
		c.promise(a)
		c.choose(a)
	}
	return *a
}

// choose finds the figure to judge, and judges it.
func (c *course) choose(a *Assessment) {
	a.Overdue = c.hasTarget(a) && !a.Complete && c.month > c.lastMonth()
	switch {
	case c.now == nil && !a.Complete && c.ind.Frequency.Due(c.month):
		a.Light, a.Sentence = Missing, c.words.say("missing", c.latest(a))
		return
	case c.now != nil && c.now.State == plan.NotYetOut && !a.Complete:
		c.pendNotYetOut(a)
		return
	}
	basis := c.basis(a.Complete)
	if basis == nil {
		reason := "尚无已知数据"
		if c.now == nil || c.now.State == plan.NotDue {
			reason = "本期不报，" + reason
		}
		c.pend(a, reason, "nothing_known", c.about(a))
		return
	}
	a.AsOf, a.Value = basis.Month, c.kind.value(c.ind, *basis)
	a.Lag = c.lag(a, basis)
	c.compare(a, basis)
	if !c.hasTarget(a) {
		reason := "目标待定"
		if !c.ind.External {
			reason = "方案未明确目标值"
		}
		c.pend(a, reason, "no_target", c.briefly(a, basis))
		return
	}
	c.kind.judge(c, a, basis)
}

func (c *course) pendNotYetOut(a *Assessment) {
	v, reason := c.latest(a), "数据未出"
	if c.now.Expected != 0 {
		v.Expected = c.now.Expected.Chinese()
		reason += "，预计" + v.Expected + "报送"
	}
	c.pend(a, reason, "not_yet_out", v)
}

func (c *course) pend(a *Assessment, reason, part string, v *view) {
	v.Reason = reason
	a.Light, a.Reason, a.Sentence = Pending, reason, c.words.say(part, v)
}

// ruled gives a light by a rule, and says the rule.
func (c *course) ruled(a *Assessment, by verdict, v *view) {
	a.Light = by.light
	if by.rule != "" {
		a.Rule = c.words.say(by.rule, v)
	}
}

// hasTarget reports whether there is something to judge against.
func (c *course) hasTarget(a *Assessment) bool {
	if c.ind.External && !c.ind.Target.Known() {
		return false
	}
	return !c.kind.needsTarget || a.Target.Known()
}

// complete says whether, and since which report, the target stands reached.
// What stands at a month's end only (standing) is complete from its last
// month on; everything else as soon as it is reached.
func (c *course) complete(a *Assessment) {
	if c.ind.External && !c.ind.Target.Known() {
		return
	}
	if c.standing() && c.month < c.lastMonth() {
		return
	}
	for _, f := range slices.Backward(c.figures) {
		if !c.says(f) {
			continue
		}
		if !c.kind.reached(c, f) || c.standing() && f.Month < c.lastMonth() {
			break
		}
		a.Complete, a.CompletedIn = true, f.Month
	}
}
