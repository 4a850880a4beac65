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
	text := fmt.Sprintf("《方案》共明确%s，分解为可核查指标%d项、无量化指标的工作任务%d项。",
		r.shape(), len(owned), len(r.Works))
	text += fmt.Sprintf("截至%s，%s。", r.monthEnd(), t.words())
	if n := t.judged(); n > 0 {
		text += fmt.Sprintf("可评判的%d项指标中，已完成或达到序时进度的%d项，占%s。",
			n, t.good(), share(t.good(), n))
	}
	if n := t[assess.Pending]; n > 0 {
		text += fmt.Sprintf("待定的%d项为目标另行下达、无基期数据或数据未出，本期不作评判。", n)
	}
	if n := len(r.Lines) - len(owned); n > 0 {
		text += fmt.Sprintf("另有%d项总体目标指标《方案》未明确责任单位，有对应任务指标的随任务指标统计。", n)
	}
	blocks := []Block{Paragraph{text}}
	if bars := r.fieldBars(); len(bars.Bars) > 0 {
		blocks = append(blocks, bars)
	}
	return blocks
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
