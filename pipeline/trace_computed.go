package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
	"duban/pipeline/plan"
)

// Computed is a figure that stands in no cell: how it was worked out, and of
// what.
type Computed struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	Formula string `json:"formula"`
	Parts   []Part `json:"parts"`
}

// Part is one of the things a figure was worked out of.
type Part struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"` // a cell of a file, or a place in the plan
}

func jsonNumber(s string) json.Number { return json.Number(s) }

// computed lists what a line says that no cell does.
func computed(l digest.Line, f plan.Figure, t *Trace) []Computed {
	cell := "没有报送"
	if t.Cell != "" {
		cell = fmt.Sprintf("%s 的%s!%s", t.File, t.Sheet, t.Cell)
	}
	all := []Computed{}
	add := func(name, value, unit, formula string, parts ...Part) {
		if value != "" {
			all = append(all, Computed{name, value + unit, formula, parts})
		}
	}
	a, b := Part{"数值A", f.A.String(), "同一行的数值A"}, Part{"数值B", f.B.String(), "同一行的数值B"}
	switch plan.Kind(l.Kind) {
	case plan.Ratio:
		add("完成情况", l.Value, "", "数值A ÷ 数值B", a, b)
	case plan.Comparison:
		add("完成情况", l.Value, "", "数值A − 数值B", a, b)
	}
	value := Part{"完成情况", l.Value, cell}
	target := Part{"目标值", l.TargetValue, "实施方案：" + l.Target}
	due := Part{"应完成", l.Expected, "到本期末应完成的数，按整月匀速或方案的分阶段目标推算"}
	done := Part{"完成率", l.Done, "见上"}
	inTime := Part{"序时进度", l.DuePercent, "见上"}
	count := l.Done != ""
	add("完成率", l.Done, "%", "完成情况 ÷ 目标值 × 100%", value, target)
	switch k := plan.Kind(l.Kind); {
	case k == plan.Cumulative || k == plan.Annual:
		add("序时进度", l.DuePercent, "%", "应完成 ÷ 目标值 × 100%", due, target)
	default:
		add("序时进度", l.DuePercent, "%", "已过月数 ÷ 全部月数 × 100%",
			Part{"完成时限", l.Due, "实施方案"})
	}
	if count {
		add("差距", l.Gap, "个百分点", "完成率 − 序时进度（不足为负）", done, inTime)
	} else {
		add("差距", l.Gap, l.Measure, "完成情况与目标值之差（不足为负）", value, target)
	}
	add("同比", l.OverYear, "", "本期数与上年同月数相比", value)
	add("环比", l.OverMonth, "", "本期数与上月数相比", value)
	return all
}

// Tally (计数) is a count of an edition led back to the lines that it counts.
type Tally struct {
	Name    string        `json:"name"`
	Month   string        `json:"month"`
	Edition *TraceEdition `json:"edition"`
	Counts  []TallyCount  `json:"counts"` // by light
	Share   Computed      `json:"share"`
}

// TallyCount is the lines of one light.
type TallyCount struct {
	Light string   `json:"light"`
	Count int      `json:"count"`
	Lines []string `json:"lines"`
}

// Counts reports whether digests count under that name: a field, or one of the
// names for more.
func (w *Workspace) Counts(name string) bool {
	return slices.Contains(w.Plan.Fields, name) || name == "办实事清单" || name == "合计"
}

// TraceTally leads the counts of a field, of 办实事清单, or of 合计 back to what is
// counted.
func (w *Workspace) TraceTally(ctx context.Context, a Asked, name string) (*Tally, error) {
	e, rep, err := w.asked(ctx, a)
	if err != nil {
		return nil, err
	}
	t := &Tally{Name: name, Month: rep.Month,
		Edition: &TraceEdition{rep.Audience.Name, e.N, rep.Number, stamp(e.MadeAt)}}
	lines := map[assess.Light][]string{}
	for _, l := range rep.Lines {
		if l.Unit != "" && counted(l, name) {
			light := assess.Light(l.Light)
			lines[light] = append(lines[light], lineName(l))
		}
	}
	for _, light := range assess.Lights {
		t.Counts = append(t.Counts, TallyCount{light.Chinese(), len(lines[light]), lines[light]})
	}
	good := len(lines[assess.Done]) + len(lines[assess.OnTime])
	all := good + len(lines[assess.Behind]) + len(lines[assess.FarBehind])
	t.Share = Computed{Name: "占比", Value: "无可评判的指标", Formula: "（已完成 + 达到序时）÷ 可评判指标 × 100%",
		Parts: []Part{{"已完成、达到序时", fmt.Sprint(good), "见上"}, {"可评判指标", fmt.Sprint(all),
			"不含未报、待定"}}}
	if all > 0 {
		share := plan.Int(int64(good)).Decimal().Mul(plan.Int(100).Decimal()).
			DivRound(plan.Int(int64(all)).Decimal(), 1)
		t.Share.Value = share.StringFixed(1) + "%"
	}
	return t, nil
}

// counted reports whether a tally of that name counts a line.
func counted(l digest.Line, name string) bool {
	switch name {
	case "合计":
		return true
	case "办实事清单":
		return l.Sort == "annex"
	}
	return l.Sort == "task" && l.Field == name
}
