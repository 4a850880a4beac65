package plan

import (
	"iter"
	"slices"
)

// Plan (实施方案) is what the office supervises: read from the workspace's
// plan files, proven, and from then on never changed in memory.
type Plan struct {
	Version  string   // as the plan file gives it, +N under N adjustments; signed into every form
	Title    string   // 标题
	Issued   Date     // 印发日期
	From, To Month    // the period the plan runs over, both inclusive
	Fields   []string // 领域, in the notice's order
	Units    []*Unit  // in the office's order
	Items    []*Item  // goals, tasks, annex, in the notice's order
	Notice   string   // the notice's own text; "" when the plan brings none
	Excluded []Excluded
	Rules    []Rule // what a check costs, from a month on; see rule.go

	// Adjustments (计划调整) are all of them, in the order in which they take
	// effect, also those that do not yet; In gives the plan of a month.
	Adjustments []*Adjustment
	InForce     int // so many of them have made this version
	versions    []version
}

// Excluded is a number of the notice that is not a target, with its reason.
// At is a substring of the notice that holds the number.
type Excluded struct {
	At     string
	Reason string
}

// Unit (单位) is a lead unit: 牵头单位 of a task, 责任单位 of an annex item.
type Unit struct {
	Code    string   // stable, ASCII, e.g. "rsj"
	Name    string   // 规范全称
	Aliases []string // every other way the notice writes it
	Mail    []string // addresses it may send from
	Domains []string // mail domains it may send from
}

// Sort says which of the notice's three lists an item stands in.
type Sort string

// The sorts of item.
const (
	Goal  Sort = "goal"  // 总体目标
	Task  Sort = "task"  // 重点任务
	Annex Sort = "annex" // 实事
)

// Item is a goal, a task or an annex item of the plan.
type Item struct {
	ID         string  // G01, T01, A01
	Sort       Sort    //
	Field      string  // 领域; for goals and annex items "" is allowed
	Title      string  // 标题
	Leads      []*Unit // in the notice's order, which does not rank them
	Text       string  // the full text as the notice prints it
	Indicators []*Indicator
}

// Kind says how an indicator is reported and judged; see assess/kinds.go.
type Kind string

// The kinds of indicator.
const (
	Cumulative Kind = "cumulative" // 累计型: this month and running total
	Annual     Kind = "annual"     // 年度型: as above, starts again each year
	Level      Kind = "level"      // 时点型、比率型: the value at month's end
	Growth     Kind = "growth"     // 增速型: growth in percent
	Ratio      Kind = "ratio"      // 比值型: two values, the program divides
	Comparison Kind = "comparison" // 比较型: value A against value B
	Milestone  Kind = "milestone"  // 事项型: status and dates
)

// Strength tells a promise from an aim.
type Strength string

// The strengths of a commitment.
const (
	Committed Strength = "committed" // 约束
	Strive    Strength = "strive"    // 力争
)

// Frequency (报送频次) is how often a figure is due.
type Frequency string

// The frequencies; all but Monthly are due in the last month of their span.
const (
	Monthly    Frequency = "monthly"
	Quarterly  Frequency = "quarterly"
	HalfYearly Frequency = "half-yearly"
	Yearly     Frequency = "yearly"
)

// Due reports whether a figure of this frequency is due for the month.
func (f Frequency) Due(m Month) bool {
	switch f {
	case Quarterly:
		return m.Number()%3 == 0
	case HalfYearly:
		return m.Number()%6 == 0
	case Yearly:
		return m.Number() == 12
	}
	return true
}

// Comparator is how a value is held against its target: ">=", "<=", "=" or
// ">" (the last for comparisons: A must exceed B).
type Comparator string

// The comparators.
const (
	AtLeast Comparator = ">="
	AtMost  Comparator = "<="
	Exactly Comparator = "="
	Above   Comparator = ">"
)

// Met reports whether a value stands as the comparator asks, given how it
// compares with the target: -1 below it, 0 at it, 1 above it.
func (c Comparator) Met(n int) bool {
	switch c {
	case AtMost:
		return n <= 0
	case Exactly:
		return n == 0
	case Above:
		return n > 0
	}
	return n >= 0
}

// Indicator (指标) is one checkable commitment of an item.
type Indicator struct {
	ID         string // inside its item: T01-1
	Item       *Item
	Name       string // 指标名称
	Quote      string // an exact substring of the item's text
	Kind       Kind
	Measure    string // 计量单位: 人, 个, %, 万元 … in which Target is given
	Comparator Comparator
	Target     Value     // in base units (1.2万人 is 12000; % stays points)
	AsWritten  string    // target_as_written: 1.2万人以上
	From       Month     // counting begins here (cumulative); plan.From if not set
	Due        Month     // 完成时限
	Strength   Strength  //
	Reporters  []*Unit   // who reports it; empty: the notice names no owner
	Frequency  Frequency //
	Baseline   Value     // 基期值
	Phases     []Phase   // 分阶段目标
	External   bool      // 目标另行下达: no target until an administrator sets it
	Holds      bool      // 保持型: must hold every month, never complete early
	Quarterly  bool      // annual kind only: starts again each quarter
	Objects    []string  // several named objects under one verb
	ValueNames [2]string // what values A and B are, for ratio, comparison, growth
	SameAs     []string  // ids of indicators that measure the same thing
	PartOf     string    // id of the indicator that this one is a part of
	Shared     bool      // all reporters report one and the same figure
	Scale      string    // "万" where the notice writes the number so, else ""
	Closed     *Closure  // 销号: closed by the office with a document number
	Note       string    // where the notice is unclear (原文如此)
}

// Phase (分阶段目标) is a target on the way.
type Phase struct {
	Month  Month
	Target Value
}

// Closure is the office's decision that an indicator is no longer followed.
type Closure struct {
	Month    Month
	Document string
}

// Unit finds a unit by canonical name, alias or code; nil when none is it.
func (p *Plan) Unit(name string) *Unit {
	for _, u := range p.Units {
		if u.Is(name) {
			return u
		}
	}
	return nil
}

// Is reports whether name is the unit's code, canonical name or an alias.
func (u *Unit) Is(name string) bool {
	if name == u.Code || name == u.Name {
		return true
	}
	return slices.Contains(u.Aliases, name)
}

// Item finds an item by id; nil when there is none.
func (p *Plan) Item(id string) *Item {
	for _, it := range p.Items {
		if it.ID == id {
			return it
		}
	}
	return nil
}

// Indicator finds an indicator by id; nil when there is none.
func (p *Plan) Indicator(id string) *Indicator {
	for _, it := range p.Items {
		for _, ind := range it.Indicators {
			if ind.ID == id {
				return ind
			}
		}
	}
	return nil
}

// Indicators goes through every indicator in the notice's order.
func (p *Plan) Indicators() iter.Seq2[int, *Indicator] {
	return func(yield func(int, *Indicator) bool) {
		n := 0
		for _, it := range p.Items {
			for _, ind := range it.Indicators {
				if !yield(n, ind) {
					return
				}
				n++
			}
		}
	}
}

// ReportedBy reports whether the unit is one of the indicator's reporters.
func (ind *Indicator) ReportedBy(u *Unit) bool {
	return slices.Contains(ind.Reporters, u)
}

// Recurs reports whether the indicator can never be complete before the
// plan's end: it starts again each year, or must hold every month.
func (ind *Indicator) Recurs() bool { return ind.Kind == Annual || ind.Holds }

// Percent reports whether the measure is percentage points.
func (ind *Indicator) Percent() bool { return ind.Measure == "%" }
