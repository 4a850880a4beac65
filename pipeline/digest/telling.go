package digest

import (
	"slices"
	"strings"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

type (
	tellingItems struct {
		Sentences         string
		Finished, Reached []string
		Pending           []pending
		Silent            []string
	}
	// pending is what cannot be judged for one reason.
	pending struct {
		Names  []string
		Reason string
	}
	namedItems struct {
		Name  string
		Units []string
		Value string
	}
	aboveItems struct {
		N    int
		Late string
	}
	lagItems   struct{ Lag string }
	grownItems struct {
		Flat  bool     // by the year and by the month
		Whole []string // how the figure itself grew
		Added string   // this month's own count
		Own   []string // how that grew
	}
	worksItems struct{ Works []work }
	// work is what some units say of a task without an indicator.
	work struct {
		Units            []string
		Progress, Remark string
	}
)

// told is the paragraph of one task: what was judged this month, what was
// judged by an older figure, what was finished before, what cannot be judged,
// and who is silent. late is what the reader was told of all overdue lines
// already; it is not said again.
func (c *composer) told(lines []Line, late string) string {
	if len(lines) == 0 {
		return ""
	}
	judged := choose(lines, is(assess.Done, assess.OnTime, assess.Behind, assess.FarBehind))
	var now, older, before []Line
	for _, l := range judged {
		switch {
		case l.AsOf == c.Month || l.AsOf == "":
			now = append(now, l)
		case l.Complete:
			before = append(before, l)
		default:
			older = append(older, l)
		}
	}
	return c.say("telling", tellingItems{
		Sentences: c.sentences(append(now, older...), late),
		Finished:  c.named(choose(before, Line.finite)),
		Reached:   c.named(choose(before, func(l Line) bool { return !l.finite() })),
		Pending:   c.pendings(lines),
		Silent:    c.silent(lines),
	})
}

// finite reports whether the indicator can be finished, as a count or a
// milestone can, and not only stand at its target.
func (l Line) finite() bool { return l.counts() || l.Kind == string(plan.Milestone) }

// sentences joins the lines' own sentences. Those that several units share
// word for word are said once, with the units named. Overdue lines that share
// their lateness come first, and it is said behind them once.
func (c *composer) sentences(lines []Line, late string) string {
	own := ""
	if late == "" {
		own = commonLateness(lines)
	}
	last := len(overdue(lines)) - 1
	if own != "" {
		lines = append(overdue(lines), choose(lines, func(l Line) bool { return !l.Overdue })...)
	}
	var b strings.Builder
	for i, l := range lines {
		if own != "" && i == last+1 {
			b.WriteString(c.say("telling.above", aboveItems{last + 1, own}))
		}
		if i > 0 && same(lines[:i], l) {
			continue
		}
		s := strings.TrimPrefix(c.marked(l), "截至"+c.monthEnd()+"，")
		if reporters(c.Report, l.ID) > 1 {
			s = c.withUnits(s, l.Name, sharing(lines, l))
		}
		for _, x := range []string{late, own} {
			if x != "" {
				s = strings.Replace(s, "，"+x+"。", "。", 1)
			}
		}
		b.WriteString(strings.TrimSuffix(s, "。") + c.grown(l) + "。")
	}
	if own != "" && len(lines) == last+1 {
		b.WriteString(c.say("telling.above", aboveItems{last + 1, own}))
	}
	return b.String()
}

// says is everything that is told of a line.
func (l Line) says() [4]string {
	return [4]string{l.Sentence, l.Lag, l.OverYear, l.OverMonth}
}

// grown is how a line's figure grew, set at the end of its sentence. Of a
// running total it is the month's own count that is compared (of a year's total
// with last year: the total).
func (c *composer) grown(l Line) string {
	var items grownItems
	add := func(s string, own bool) {
		switch {
		case own && l.State == string(plan.ZeroReport): // nothing happened, it is said
		case s != "" && own:
			items.Own = append(items.Own, s)
		case s != "":
			items.Whole = append(items.Whole, s)
		}
	}
	add(l.OverYear, l.Kind == string(plan.Cumulative))
	add(l.OverMonth, l.counts())
	if len(items.Whole)+len(items.Own) == 0 {
		return ""
	}
	items.Flat = slices.Equal(items.Whole, []string{"同比" + flat, "环比" + flat})
	if len(items.Own) > 0 && l.Added != "" {
		items.Added = figure(l.Added, l.Measure)
	}
	return c.say("telling.grown", items)
}

// flat is how assess words a figure that has not changed.
const flat = "持平"

// marked sets what kind of figure it is behind the figure of a line's sentence,
// or at its end where the sentence does not print the figure. A sentence that
// names the figure's month already does not say it twice.
func (c *composer) marked(l Line) string {
	if l.Lag == "" || l.AsOf != c.Month && strings.HasSuffix(l.Lag, "月数") {
		return l.Sentence
	}
	at := len(strings.TrimSuffix(l.Sentence, "。"))
	from := strings.Index(l.Sentence, l.Name) + len(l.Name)
	if i := strings.Index(l.Sentence[max(from, 0):], l.Shown); l.Shown != "" && i >= 0 {
		at = max(from, 0) + i + len(l.Shown)
		if rest := l.Sentence[at:]; strings.HasPrefix(rest, "（") {
			at += strings.Index(rest, "）") + len("）")
		}
	}
	return l.Sentence[:at] + c.say("telling.lag", lagItems{l.Lag}) + l.Sentence[at:]
}

// same reports whether one of the earlier lines says what l says.
func same(earlier []Line, l Line) bool {
	for _, e := range earlier {
		if e.ID == l.ID && e.says() == l.says() {
			return true
		}
	}
	return false
}

// sharing names the units whose lines say what l says.
func sharing(lines []Line, l Line) []string {
	return unitsOf(choose(lines, func(x Line) bool {
		return x.ID == l.ID && x.says() == l.says()
	}))
}

// withUnits sets the units behind the indicator's name; before a sentence that
// does not name it.
func (c *composer) withUnits(s, name string, units []string) string {
	before, after, found := strings.Cut(s, name)
	if !found {
		before, after, name = "", s, ""
	}
	if rest, is := strings.CutPrefix(after, "事项"); is {
		name, after = name+"事项", rest
	}
	return before + c.say("telling.named", namedItems{Name: name, Units: units}) + after
}

// reporters counts the units that report an indicator.
func reporters(r *Report, id string) int {
	return len(choose(r.Lines, func(l Line) bool { return l.ID == id }))
}

// named lists indicators, each once, with the units where several report it.
func (c *composer) named(lines []Line) []string {
	var out []string
	for i, l := range lines {
		if i > 0 && lines[i-1].ID == l.ID {
			continue
		}
		items := namedItems{Name: l.Name}
		if reporters(c.Report, l.ID) > 1 {
			items.Units = unitsOf(choose(lines, func(x Line) bool { return x.ID == l.ID }))
		}
		out = append(out, c.say("telling.named", items))
	}
	return out
}

// silent lists indicators without a report, each with the units.
func (c *composer) silent(lines []Line) []string {
	var out []string
	missing := choose(lines, is(assess.Missing))
	for i, l := range missing {
		if i > 0 && missing[i-1].ID == l.ID {
			continue
		}
		units := unitsOf(choose(missing, func(x Line) bool { return x.ID == l.ID }))
		out = append(out, c.say("telling.named", namedItems{Name: l.Name, Units: units}))
	}
	return out
}

// pendings lists what cannot be judged, by reason: A88.0%、B（目标待定）；….
func (c *composer) pendings(lines []Line) []pending {
	var all []pending
	for _, l := range choose(lines, is(assess.Pending)) {
		items := namedItems{Name: l.Name}
		if reporters(c.Report, l.ID) > 1 {
			items.Units = []string{l.Unit}
		}
		if l.Value != "" {
			items.Value = value(l)
		}
		i := slices.IndexFunc(all, func(p pending) bool { return p.Reason == l.Reason })
		if i < 0 {
			i, all = len(all), append(all, pending{Reason: l.Reason})
		}
		all[i].Names = append(all[i].Names, c.say("telling.named", items))
	}
	return all
}

// narratives quotes what units say of a task without an indicator; units that
// say the same are quoted once.
func (c *composer) narratives(works []Work) string {
	var all []work
	for _, w := range works {
		words := trimmed(w.Remark, 90)
		i := slices.IndexFunc(all, func(x work) bool {
			return x.Progress == w.Progress && x.Remark == words
		})
		if i < 0 {
			i, all = len(all), append(all, work{Progress: w.Progress, Remark: words})
		}
		all[i].Units = append(all[i].Units, w.Unit)
	}
	if len(all) == 0 {
		return ""
	}
	return c.say("telling.works", worksItems{all})
}
