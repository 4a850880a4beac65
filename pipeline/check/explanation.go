package check

import (
	"slices"
	"strings"

	"duban/pipeline/plan"
)

// Explanation (说明) is what a unit says to a 存疑. It belongs to indicator, unit,
// month, rule and value: it holds while the value stands, in however many forms
// it comes again, and lapses when the value changes.
type Explanation struct {
	ID, Unit, Code string
	Value          plan.Value // see Row.explains
	Text           string
}

// noWords are remarks that explain nothing.
var noWords = []string{"无", "暂无", "没有", "同上", "略", "/", "\\", "-", "—", "——", "。", "."}

// remark is the row's 情况说明 where it says something.
func (r *Row) remark() string {
	said := strings.TrimSpace(r.Figure.Remark)
	if slices.Contains(noWords, strings.TrimRight(squeeze(said), "。.")) || squeeze(said) == "" {
		return ""
	}
	return said
}

// explains is the value that an explanation of this row belongs to: what is
// judged, or else what was added; of a status its place in 未启动…已验收, from 1.
func (r *Row) explains() plan.Value {
	if r.Indicator == nil || r.is(plan.Milestone) {
		if i := slices.Index(progressWords, r.Figure.Progress); i >= 0 {
			return plan.Int(int64(i) + 1)
		}
		return plan.Value{}
	}
	if v := r.value(r.Figure); v.Known() {
		return v
	}
	return r.Figure.Added
}

// explained looks for words to a 存疑: those of this form, or
// those given before to the same value; both are kept. note says so on the
// receipt.
func (r *Row) explained(c *Check) (note string, kept []Explanation, ok bool) {
	if c.OfRemark {
		return "", nil, false
	}
	unit := ""
	if r.Unit != nil {
		unit = r.Unit.Code
	}
	value := r.explains()
	if said := r.remark(); said != "" {
		return "本行已附情况说明，一并留存。",
			[]Explanation{{ID: r.Entry.ID, Unit: unit, Code: c.Code, Value: value, Text: said}}, true
	}
	if r.Explained == nil {
		return "", nil, false
	}
	text, ok := r.Explained(r.Entry.ID, unit, c.Code, value)
	if !ok {
		return "", nil, false
	}
	return "此前的情况说明“" + cut(text, 40) + "”仍然有效，数不变就不必再写。",
		[]Explanation{{ID: r.Entry.ID, Unit: unit, Code: c.Code, Value: value, Text: text}}, true
}

// cut shortens a text for a message; half a personal number would not be masked any more.
func cut(s string, most int) string {
	if runes := []rune(plan.Mask(s)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
