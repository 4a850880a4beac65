package digest

import (
	"fmt"
	"strconv"
	"strings"

	"duban/pipeline/assess"
)

// overall gives the totals first: how many indicators, how they stand, and how
// the fields compare.
func overall(r *Report) []Block {
	owned := choose(r.Lines, func(l Line) bool { return l.Unit != "" })
	t := count(owned)
	text := fmt.Sprintf("《方案》共明确%s，其中有牵头单位的可核查指标%d项", r.shape(), distinct(owned))
	if n := distinct(owned); n != len(owned) {
		text += fmt.Sprintf("（几家单位分别报送的分别计数，计%d项，以下按此统计）", len(owned))
	}
	text += fmt.Sprintf("，无量化指标的工作任务%d项。", workItems(r.Works))
	words := t.words()
	if n := len(overdue(owned)); n > 0 {
		red := fmt.Sprintf("严重滞后%d项", t[assess.FarBehind])
		words = strings.Replace(words, red, red+fmt.Sprintf("（其中逾期%d项）", n), 1)
	}
	text += fmt.Sprintf("截至%s，%s。", r.monthEnd(), words)
	if n := t.judged(); n > 0 {
		text += fmt.Sprintf("可评判的%d项指标中，已完成或达到序时进度的%d项，占%s。",
			n, t.good(), share(t.good(), n))
	}
	if n := t[assess.Pending]; n > 0 {
		text += fmt.Sprintf("待定的%d项本期不作评判，其中%s。", n, reasons(owned))
	}
	if n := len(r.Lines) - len(owned); n > 0 {
		text += fmt.Sprintf("另有%d项指标《方案》未明确责任单位，不列入统计。", n)
	}
	blocks := []Block{Paragraph{text}}
	if bars := r.fieldBars(); len(bars.Bars) > 0 {
		blocks = append(blocks, bars)
	}
	return blocks
}

// distinct counts indicators, each once however many units report it.
func distinct(lines []Line) int {
	ids := map[string]bool{}
	for _, l := range lines {
		ids[l.ID] = true
	}
	return len(ids)
}

// reasons counts what is pending by its reason: 目标待定4项，数据未出2项.
func reasons(lines []Line) string {
	var order, parts []string
	n := map[string]int{}
	for _, l := range choose(lines, is(assess.Pending)) {
		why, _, _ := strings.Cut(l.Reason, "，预计")
		if n[why] == 0 {
			order = append(order, why)
		}
		n[why]++
	}
	for _, why := range order {
		parts = append(parts, fmt.Sprintf("%s的%d项", why, n[why]))
	}
	return strings.Join(parts, "，")
}

// shape counts the items of the plan: 11个方面总体目标、31项重点任务、17件实事.
func (r *Report) shape() string {
	var parts []string
	for _, x := range []struct {
		n     int
		words string
	}{
		{r.Goals, "%d个方面总体目标"}, {r.Tasks, "%d项重点任务"}, {r.Annexes, "%d件实事"},
	} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf(x.words, x.n))
		}
	}
	return strings.Join(parts, "、")
}

// fieldBars shows for each field which share of its judged indicators is done
// or on time; a field with none judged says so.
func (r *Report) fieldBars() Bars {
	b := Bars{Caption: "各领域已完成和达到序时进度的指标占比（%）"}
	for _, f := range r.Fields {
		lines := choose(r.Lines, func(l Line) bool { return l.Field == f && l.Unit != "" })
		if len(lines) == 0 {
			continue
		}
		t := count(lines)
		bar := Bar{Label: f, Display: "无可评判指标"}
		if n := t.judged(); n > 0 {
			bar.Known = true
			bar.Value = float64(t.good()) * 100 / float64(n)
			bar.Display = fmt.Sprintf("%s（%d/%d）", share(t.good(), n), t.good(), n)
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}

// share is a of b in percent with one place.
func share(a, b int) string {
	return strconv.FormatFloat(float64(a)*100/float64(b), 'f', 1, 64) + "%"
}
