package digest

import (
	"strings"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

type (
	orderItems struct {
		Unit, Plan, MonthEnd string
		Lines, Works         int
		Lights               []Count
		Judged, Good         int
		Share                string
		Received             string // the day the form came, "" when it did not
		Late                 bool
		Asked                bool
		Annex                string
	}
	orderItem struct {
		Sentence, Rule, AsOf, Promised string
		RedMonths                      int
		Accepted, Words                string
	}
	settleItems struct {
		Missing           []string
		Returned, Queries int
		Found             []finding
		Conflicts         []string
		NoForm            bool // a form was due and none came
		By                string
	}
	finding   struct{ Name, Text string }
	goodItems struct {
		Finished, OnTime []string
		NFinished        int
		NOnTime          int
	}
	closingItems struct {
		Behind, Settle, Late bool
		By, Office           string
	}
)

// order (督办单) is a unit's own paper: how it stands, what is behind and by
// which rule, what it must settle, and what it does well. A unit with nothing
// behind and nothing to settle is thanked.
func order(c *composer) []Block {
	blocks := []Block{Paragraph{c.say("order", c.ownStanding())}}
	add := func(code string, more ...Block) {
		blocks = append(append(blocks, c.heading(code)), more...)
	}
	if changed := adjustments(c); changed != nil {
		add("adjustments", changed...)
	}
	red, yellow := laggards(c.Report)
	behind := append(worst(red), yellow...)
	if len(behind) > 0 {
		add("order.behind", c.orderBehind(behind)...)
	}
	settle := c.toSettle()
	if settle.any() {
		add("order.settle", Paragraph{c.say("order.settle", settle)})
	}
	if good := c.doneWell(); good.NFinished+good.NOnTime > 0 {
		add("order.good", Paragraph{c.say("order.good", good)})
	}
	return append(blocks, Paragraph{c.say("order.closing", closingItems{
		Behind: len(behind) > 0, Settle: settle.any(), Late: c.ownStanding().Late,
		By: c.by(), Office: c.Office.Name,
	})})
}

// any reports whether there is something to settle.
func (x settleItems) any() bool {
	return x.NoForm || len(x.Missing)+len(x.Conflicts)+x.Returned+x.Queries > 0
}

// ownStanding is the unit's totals.
func (c *composer) ownStanding() orderItems {
	t := count(c.Lines)
	items := orderItems{Unit: c.For, Plan: c.PlanTitle, MonthEnd: c.monthEnd(),
		Lines: len(c.Lines), Works: workItems(c.Works), Lights: lightsOf(c.Lines),
		Judged: t.judged(), Good: t.good(), Share: share(t.good(), t.judged()),
		Annex: c.annexNumber("own")}
	if u, found := c.own(); found {
		items.Asked = u.Due > 0
		if u.ReceivedAt != "" {
			items.Received = plan.DateOf(moment(u.ReceivedAt)).Chinese()
		}
		items.Late = u.OnTime == "迟报" || u.OnTime == "补报"
	}
	return items
}

// own is the month of the unit the paper is for.
func (c *composer) own() (UnitLine, bool) {
	for _, u := range c.Units {
		if u.Code == c.ForCode {
			return u, true
		}
	}
	return UnitLine{}, false
}

func (c *composer) orderBehind(lines []Line) []Block {
	var blocks []Block
	for i, l := range lines {
		items := orderItem{Sentence: unnamed(c.sentences([]Line{l}, ""), l.Name),
			Rule: l.Rule, AsOf: monthEndOf(l.AsOf),
			Promised: dateOf(l.Promised), RedMonths: l.RedMonths,
			Accepted: trimmed(l.Explained, 80), Words: trimmed(l.Remark, 80)}
		blocks = append(blocks, Heading{
			Level: 3,
			Text:  c.say("heading.3", headingItems{i + 1, l.Name}),
			Run:   c.say("order.item", items),
		})
	}
	return blocks
}

// unnamed leaves the name out of a sentence that stands behind it.
func unnamed(s, name string) string {
	before, after, found := strings.Cut(s, name)
	if !found || before != "" && !strings.HasSuffix(before, "，") {
		return s
	}
	return before + strings.TrimPrefix(after, "事项")
}

// monthEndOf is the day a figure of a month stands for: 2025年3月底; "" stays.
func monthEndOf(s string) string {
	if s == "" {
		return ""
	}
	return monthOf(s).Chinese() + "底"
}

// toSettle is what the unit did not report and what came back to it.
func (c *composer) toSettle() settleItems {
	items := settleItems{By: c.by()}
	for _, l := range c.Lines {
		if l.Light == string(assess.Missing) {
			items.Missing = append(items.Missing, l.Name)
			continue
		}
		for _, f := range l.Findings {
			name := l.Name
			if strings.HasPrefix(f, quoted(name)) {
				name = "" // it says so itself
			}
			items.Found = append(items.Found, finding{name, strings.TrimRight(f, "。")})
		}
	}
	for _, x := range c.Conflicts {
		items.Conflicts = append(items.Conflicts, x.Name)
	}
	if u, found := c.own(); found {
		items.Returned, items.Queries = u.Returned, u.Queries
		items.NoForm = u.Due > 0 && u.ReceivedAt == ""
	}
	return items
}

// doneWell names what is finished or on time.
func (c *composer) doneWell() goodItems {
	var items goodItems
	for _, l := range choose(c.Lines, is(assess.Done)) {
		items.Finished = append(items.Finished, l.Name)
	}
	for _, l := range choose(c.Lines, is(assess.OnTime)) {
		items.OnTime = append(items.OnTime, l.Name)
	}
	items.NFinished, items.NOnTime = len(items.Finished), len(items.OnTime)
	return items
}
