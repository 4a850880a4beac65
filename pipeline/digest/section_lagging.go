package digest

import (
	"fmt"
	"strings"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

// lagging lists what is behind, the worst first, each with its rule and the
// unit's own explanation.
func lagging(r *Report) []Block {
	red, yellow := laggards(r)
	if len(red)+len(yellow) == 0 {
		return []Block{Paragraph{fmt.Sprintf("截至%s，已报指标均达到序时进度。", r.monthEnd())}}
	}
	text := ""
	if len(red) > 0 {
		text += fmt.Sprintf("严重滞后%d项", len(red))
		if n := len(overdue(red)); n > 0 {
			text += fmt.Sprintf("（其中逾期%d项）", n)
		}
		text += fmt.Sprintf("，涉及%s。", owners(red))
	}
	if len(yellow) > 0 {
		text += fmt.Sprintf("滞后%d项，涉及%s。", len(yellow), owners(yellow))
	}
	t := Table{
		Caption: "滞后事项一览（差距未注明单位的为百分点）",
		Columns: []Column{
			{"序号", 0.06, Centre}, {"指标", 0.25, Left}, {"责任单位", 0.17, Left},
			{"目标", 0.14, Left}, {"完成情况", 0.14, Right}, {"差距", 0.10, Right},
			{"进度灯", 0.14, Left},
		},
	}
	for i, l := range append(red, yellow...) {
		t.Rows = append(t.Rows, []Cell{
			{Text: fmt.Sprint(i + 1)}, {Text: l.Name}, {Text: l.Unit}, {Text: l.Target},
			{Text: value(l)}, {Text: l.gap()}, {Text: l.word(), Light: l.Light},
		})
	}
	blocks := []Block{Paragraph{text}, t}
	if s := explained(append(red, yellow...)); s != "" {
		blocks = append(blocks, Paragraph{s})
	}
	return blocks
}

func laggards(r *Report) (red, yellow []Line) {
	return choose(r.Lines, is(assess.FarBehind)), choose(r.Lines, is(assess.Behind))
}

func owners(lines []Line) string {
	var names []string
	for _, l := range lines {
		names = append(names, l.Unit)
	}
	return unitNames(names)
}

// word is the light's word, with 逾期 where the date has passed.
func (l Line) word() string {
	if l.Overdue {
		return "逾期"
	}
	return l.LightWord
}

// value is the judged figure with its measure; a milestone shows its status.
func value(l Line) string {
	if l.Progress != "" {
		return l.Progress
	}
	if l.Shown != "" {
		return l.Shown
	}
	return figure(l.Value, l.Measure)
}

// inPoints reports whether the gap is one of percentages.
func (l Line) inPoints() bool { return l.counts() || l.Measure == "%" }

// counts reports whether the indicator is counted up to its target.
func (l Line) counts() bool {
	return l.Kind == string(plan.Cumulative) || l.Kind == string(plan.Annual)
}

// gap is the distance to what is due, with its measure where that is not
// points: -32.5, -7.9元.
func (l Line) gap() string {
	if l.Gap == "" || l.inPoints() {
		return points(l.Gap)
	}
	return figure(l.Gap, l.Measure)
}

// inTime is the 序时进度, which only what is counted has.
func (l Line) inTime() string {
	if !l.counts() || l.Unit == "" {
		return ""
	}
	return l.DuePercent
}

// explained quotes the units' own reasons, each trimmed at a sentence; what a
// unit says of several indicators in the same words is quoted once.
func explained(lines []Line) string {
	var parts []string
	said := map[[2]string]bool{}
	for _, l := range lines {
		key := [2]string{l.Unit, l.Remark}
		if l.Remark == "" || said[key] {
			continue
		}
		said[key] = true
		var names strings.Builder
		for _, x := range lines {
			if x.Unit == l.Unit && x.Remark == l.Remark {
				names.WriteString("“" + strings.NewReplacer("“", "‘", "”", "’").Replace(x.Name) + "”")
			}
		}
		parts = append(parts, l.Unit+"就"+names.String()+"说明："+trimmed(l.Remark, 60))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "；") + "。"
}

// trimmed cuts a unit's words at the end of a sentence or clause, at most n
// characters, without an end mark.
func trimmed(s string, n int) string {
	s = strings.TrimRight(strings.TrimSpace(s), "。；，,.;")
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	cut := n
	for i := n; i > n/2; i-- {
		if strings.ContainsRune("。；，", runes[i]) {
			cut = i
			break
		}
	}
	return string(runes[:cut]) + "……"
}
