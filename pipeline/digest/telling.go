package digest

import (
	"fmt"
	"strings"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

// told is the paragraph of one task: what was judged this month, what was
// judged by an older figure, what was finished before, what cannot be judged,
// and who is silent. late is what the reader was told of all overdue lines
// already; it is not said again.
func told(r *Report, lines []Line, late string) string {
	judged := choose(lines, is(assess.Done, assess.OnTime, assess.Behind, assess.FarBehind))
	var now, older, before []Line
	for _, l := range judged {
		switch {
		case l.AsOf == r.Month || l.AsOf == "":
			now = append(now, l)
		case l.Complete:
			before = append(before, l)
		default:
			older = append(older, l)
		}
	}
	var s strings.Builder
	s.WriteString(sentences(r, append(now, older...), late))
	for _, x := range []struct {
		words string
		keep  func(Line) bool
	}{
		{"此前已完成。", Line.finite},
		{"此前已达到目标。", func(l Line) bool { return !l.finite() }},
	} {
		if names := named(r, choose(before, x.keep)); len(names) > 0 {
			s.WriteString(strings.Join(names, "、") + x.words)
		}
	}
	if len(choose(lines, is(assess.Pending))) > 0 {
		s.WriteString("暂不评判：" + pendings(r, lines) + "。")
	}
	if names := silent(lines); len(names) > 0 {
		s.WriteString("未报：" + strings.Join(names, "、") + "。")
	}
	return s.String()
}

// finite reports whether the indicator can be finished, as a count or a
// milestone can, and not only stand at its target.
func (l Line) finite() bool { return l.counts() || l.Kind == string(plan.Milestone) }

// sentences joins the lines' own sentences. Those that several units share
// word for word are said once, with the units named. Overdue lines that share
// their lateness come first, and it is said behind them once.
func sentences(r *Report, lines []Line, late string) string {
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
			b.WriteString(above(last+1, own))
		}
		if i > 0 && same(lines[:i], l) {
			continue
		}
		s := strings.TrimPrefix(l.Sentence, "截至"+r.monthEnd()+"，")
		if reporters(r, l.ID) > 1 {
			s = withUnits(s, l.Name, sharing(lines, l))
		}
		for _, x := range []string{late, own} {
			if x != "" {
				s = strings.Replace(s, "，"+x+"。", "。", 1)
			}
		}
		b.WriteString(s)
	}
	if own != "" && len(lines) == last+1 {
		b.WriteString(above(last+1, own))
	}
	return b.String()
}

func above(n int, late string) string { return fmt.Sprintf("以上%d项%s。", n, late) }

// same reports whether one of the earlier lines says what l says.
func same(earlier []Line, l Line) bool {
	for _, e := range earlier {
		if e.ID == l.ID && e.Sentence == l.Sentence {
			return true
		}
	}
	return false
}

// sharing names the units whose lines say what l says.
func sharing(lines []Line, l Line) string {
	var names []string
	for _, x := range lines {
		if x.ID == l.ID && x.Sentence == l.Sentence {
			names = append(names, x.Unit)
		}
	}
	return unitNames(names)
}

// withUnits sets the units behind the indicator's name.
func withUnits(s, name, units string) string {
	if i := strings.Index(s, name); i >= 0 {
		i += len(name)
		if strings.HasPrefix(s[i:], "事项") {
			i += len("事项")
		}
		return s[:i] + "（" + units + "）" + s[i:]
	}
	return units + "：" + s
}

// reporters counts the units that report an indicator.
func reporters(r *Report, id string) int {
	return len(choose(r.Lines, func(l Line) bool { return l.ID == id }))
}

// named lists indicators, each once, with the units where several report it.
func named(r *Report, lines []Line) []string {
	var out []string
	for i, l := range lines {
		group := choose(lines, func(x Line) bool { return x.ID == l.ID })
		switch {
		case i > 0 && lines[i-1].ID == l.ID:
		case reporters(r, l.ID) > 1:
			out = append(out, l.Name+"（"+owners(group)+"）")
		default:
			out = append(out, l.Name)
		}
	}
	return out
}

// silent lists indicators without a report, each with the units.
func silent(lines []Line) []string {
	var out []string
	missing := choose(lines, is(assess.Missing))
	for i, l := range missing {
		if i > 0 && missing[i-1].ID == l.ID {
			continue
		}
		group := choose(missing, func(x Line) bool { return x.ID == l.ID })
		out = append(out, l.Name+"（"+owners(group)+"）")
	}
	return out
}

// pendings lists what cannot be judged, by reason: A88.0%、B（目标待定）；….
func pendings(r *Report, lines []Line) string {
	var reasons []string
	by := map[string][]string{}
	for _, l := range choose(lines, is(assess.Pending)) {
		if by[l.Reason] == nil {
			reasons = append(reasons, l.Reason)
		}
		s := l.Name
		if reporters(r, l.ID) > 1 {
			s += "（" + l.Unit + "）"
		}
		if l.Value != "" {
			s += value(l)
		}
		by[l.Reason] = append(by[l.Reason], s)
	}
	var parts []string
	for _, x := range reasons {
		s := unitNames(by[x])
		if x != "" {
			s += "（" + x + "）"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "；")
}

// lateness is what an overdue line's sentence ends with: 完成时限为2023年12月，
// 已逾期14个月.
func lateness(l Line) string {
	if !l.Overdue {
		return ""
	}
	_, tail, found := strings.Cut(l.Sentence, "，完成时限为")
	if !found {
		return ""
	}
	return "完成时限为" + strings.TrimSuffix(tail, "。")
}

// commonLateness is the lateness that two or more lines share, when no other
// line is late in another way.
func commonLateness(lines []Line) string {
	all, word := overdue(lines), ""
	for _, l := range all {
		s := lateness(l)
		if s == "" || word != "" && s != word {
			return ""
		}
		word = s
	}
	if len(all) < 2 {
		return ""
	}
	return word
}

func overdue(lines []Line) []Line {
	return choose(lines, func(l Line) bool {
		return l.Overdue && l.Light != string(assess.Missing) && l.Light != string(assess.Pending)
	})
}
