package pipeline

import (
	"slices"

	"duban/pipeline/digest"
)

// The rules this file keeps:
//
//   - Two editions differ in what they say of a figure: the value, the target
//     and term, the light, how far it is, what it is held against, what is
//     open about it; and in how units reported, and what was decided. Other
//     words for the same are no difference.
//   - What only follows from another difference of the same row is not told.

// What of a row differs.
const (
	asNew      = "新列入"
	asGone     = "不再列入"
	asValue    = "数据"
	asProgress = "进展"
	asTarget   = "目标"
	asDue      = "完成时限"
	asLight    = "研判"
	asFindings = "审核问题"
	asRemark   = "情况说明"
	asReported = "报送情况"
	asConflict = "同日数据"
)

// aspect is one thing an edition says of a row.
type aspect struct {
	what    string
	of      func(digest.Line) string
	follows []string // what it follows from: not told when one of these differs
	numbers bool     // only the numbers in it count: an office may word the rest
}

// lineAspects is every aspect of an indicator's row, in the order they are told.
var lineAspects = []aspect{
	{asValue, inWords, nil, false},
	{asTarget, func(l digest.Line) string { return l.Target }, nil, false},
	{asDue, func(l digest.Line) string { return l.Due }, nil, false},
	{asLight, func(l digest.Line) string { return l.LightWord }, nil, false},
	{"完成率", func(l digest.Line) string { return percentWords(l.Done) },
		[]string{asValue, asTarget}, false},
	{"序时进度", func(l digest.Line) string { return percentWords(l.DuePercent) },
		[]string{asTarget, asDue}, false},
	{"同比", func(l digest.Line) string { return l.OverYear }, []string{asValue}, true},
	{"环比", func(l digest.Line) string { return l.OverMonth }, []string{asValue}, true},
	{"连续严重滞后", longRed, []string{asLight}, false},
	{asFindings, openFindings, []string{asValue}, false},
	{asRemark, func(l digest.Line) string { return shortened(l.Remark) }, nil, false},
}

// changes lists what differs between two reports of one month, both of the
// whole plan.
func changes(before, after *digest.Report, e *evidence) []digest.Change {
	out := lineChanges(before, after, e)
	out = append(out, workChanges(before, after, e)...)
	out = append(out, unitChanges(before, after, e, out)...)
	return append(out, rulingChanges(before, after)...)
}

func lineChanges(before, after *digest.Report, e *evidence) []digest.Change {
	old := map[subject]digest.Line{}
	for _, l := range before.Lines {
		old[subject{l.ID, l.UnitCode}] = l
	}
	var out []digest.Change
	for _, l := range after.Lines {
		k := subject{l.ID, l.UnitCode}
		was, ok := old[k]
		delete(old, k)
		if !ok {
			out = append(out, digest.Change{ID: l.ID, Name: l.Name, Unit: l.Unit,
				UnitCode: l.UnitCode, What: asNew, After: inWords(l),
				Cause: e.cause(difference{subject: k, what: asNew, listed: true})})
			continue
		}
		out = append(out, lineChange(k, was, l, e)...)
		out = append(out, conflictChange(k, l, before, after, e)...)
	}
	for _, l := range before.Lines {
		k := subject{l.ID, l.UnitCode}
		if _, gone := old[k]; gone {
			out = append(out, digest.Change{ID: l.ID, Name: l.Name, Unit: l.Unit,
				UnitCode: l.UnitCode, What: asGone, Before: inWords(l),
				Cause: e.cause(difference{subject: k, what: asGone, listed: true})})
		}
	}
	return out
}

// lineChange compares a row aspect by aspect.
func lineChange(k subject, was, now digest.Line, e *evidence) []digest.Change {
	var out []digest.Change
	differ := map[string]bool{}
	for _, a := range lineAspects {
		x, y := a.of(was), a.of(now)
		if x == y || a.numbers && numbersIn(x) == numbersIn(y) ||
			slices.ContainsFunc(a.follows, func(f string) bool { return differ[f] }) {
			continue
		}
		differ[a.what] = true
		out = append(out, digest.Change{ID: now.ID, Name: now.Name, Unit: now.Unit,
			UnitCode: now.UnitCode, What: a.what, Before: x, After: y, Cause: e.cause(difference{
				subject: k, what: a.what, value: differ[asValue], absent: silent(was.State),
				terms: termsDiffer(was, now)})})
	}
	return out
}

// conflictChange tells of two values in one day that were not known before, or
// are none any more.
func conflictChange(k subject, l digest.Line, before, after *digest.Report, e *evidence,
) []digest.Change {
	has := func(r *digest.Report) string {
		if slices.ContainsFunc(r.Conflicts, func(c digest.Conflict) bool {
			return c.ID == k.id && c.UnitCode == k.unit
		}) {
			return "不一致"
		}
		return ""
	}
	x, y := has(before), has(after)
	if x == y {
		return nil
	}
	return []digest.Change{{ID: l.ID, Name: l.Name, Unit: l.Unit, UnitCode: l.UnitCode,
		What: asConflict, Before: x, After: y,
		Cause: e.cause(difference{subject: k, what: asConflict, value: true})}}
}

// workChanges compares the tasks that have no indicator.
func workChanges(before, after *digest.Report, e *evidence) []digest.Change {
	old := map[subject]digest.Work{}
	for _, x := range before.Works {
		old[subject{x.Item, x.UnitCode}] = x
	}
	var out []digest.Change
	add := func(x digest.Work, d difference, was, now string) {
		d.subject = subject{x.Item, x.UnitCode}
		out = append(out, digest.Change{ID: x.Item, Name: x.Title, Unit: x.Unit,
			UnitCode: x.UnitCode, What: d.what, Before: was, After: now, Cause: e.cause(d)})
	}
	for _, x := range after.Works {
		was, ok := old[subject{x.Item, x.UnitCode}]
		delete(old, subject{x.Item, x.UnitCode})
		said, now := progressWords(was), progressWords(x)
		absent := silent(was.State)
		switch {
		case !ok:
			add(x, difference{what: asNew, listed: true}, "", now)
		case said != now:
			add(x, difference{what: asProgress, value: true, absent: absent}, said, now)
		case was.Remark != x.Remark:
			add(x, difference{what: asRemark, absent: absent}, shortened(was.Remark),
				shortened(x.Remark))
		}
	}
	for _, x := range before.Works {
		if _, gone := old[subject{x.Item, x.UnitCode}]; gone {
			add(x, difference{what: asGone, listed: true}, progressWords(x), "")
		}
	}
	return out
}

// unitChanges compares how the units reported. Where a unit's rows tell already
// what became different, only its punctuality is told.
func unitChanges(before, after *digest.Report, e *evidence, told []digest.Change) []digest.Change {
	old := map[string]digest.UnitLine{}
	for _, u := range before.Units {
		old[u.Code] = u
	}
	var out []digest.Change
	for _, u := range after.Units {
		was, ok := old[u.Code]
		rows := slices.ContainsFunc(told, func(c digest.Change) bool {
			return c.UnitCode == u.Code
		})
		timely := was.OnTime != u.OnTime
		if !ok || !timely && (rows || was.State == u.State) {
			continue
		}
		out = append(out, digest.Change{Name: "填报表", Unit: u.Name, UnitCode: u.Code,
			What: asReported, Before: reportedWords(was), After: reportedWords(u),
			Cause: e.causeOfUnit(u.Code, was.OnTime == "", timely)})
	}
	return out
}

// rulingChanges tells of extensions and waivers that only one edition lists.
func rulingChanges(before, after *digest.Report) []digest.Change {
	var out []digest.Change
	for _, x := range after.Rulings {
		if !holdsRuling(before, x) {
			out = append(out, digest.Change{Name: x.Content, Unit: x.Subject, What: x.What,
				After: x.Document, Cause: x.What})
		}
	}
	for _, x := range before.Rulings {
		if !holdsRuling(after, x) {
			out = append(out, digest.Change{Name: x.Content, Unit: x.Subject, What: x.What,
				Before: x.Document, Cause: x.What})
		}
	}
	return out
}

func holdsRuling(r *digest.Report, x digest.Ruling) bool {
	return slices.ContainsFunc(r.Rulings, func(o digest.Ruling) bool {
		return o.What == x.What && o.Subject == x.Subject && o.Content == x.Content &&
			o.Document == x.Document
	})
}

// concerning keeps the changes of rows that one of two cuts holds: what leaves
// a cut is told to those who had it.
func concerning(all []digest.Change, was, now *digest.Report) []digest.Change {
	held := map[subject]bool{}
	for _, r := range []*digest.Report{was, now} {
		for _, l := range r.Lines {
			held[subject{l.ID, l.UnitCode}] = true
		}
		for _, x := range r.Works {
			held[subject{x.Item, x.UnitCode}] = true
		}
		for _, u := range r.Units {
			held[subject{"", u.Code}] = true
		}
		for _, x := range r.Rulings {
			held[subject{x.Content, x.Subject}] = true
		}
	}
	var out []digest.Change
	for _, c := range all {
		ruling := c.ID == "" && c.UnitCode == ""
		if held[subject{c.ID, c.UnitCode}] && !ruling || ruling && held[subject{c.Name, c.Unit}] {
			out = append(out, c)
		}
	}
	return out
}
