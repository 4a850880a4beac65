package plan

import "strings"

// draft is an adjustment as its file gives it: its row, and the new values,
// whether of an indicator that is there or of a new one.
type draft struct {
	*Adjustment
	fresh *Indicator
}

// adjustmentKind is what a row of a kind must and may bring beside its month,
// indicator, document and reasons: keys, apart by a space.
type adjustmentKind struct {
	kind         AdjustmentKind
	needs, takes string
}

var adjustmentKinds = []adjustmentKind{
	{ChangeTarget, "target", "target_as_written phases baseline"},
	{SetTarget, "target", "target_as_written phases baseline measure"},
	{ChangeDue, "due", "phases"},
	{ChangeReporters, "reporters", ""},
	{AddIndicator, "new", ""},
	{Drop, "", ""},
}

// newValues are the keys by which rows bring new values.
var newValues = strings.Fields(
	"target target_as_written phases baseline measure due reporters new")

// adjustmentsFile reads the adjustments.
func (l *loader) adjustmentsFile(from, name string, line int) {
	r, root := l.file(from, l.beside(name), line)
	if root == nil {
		return
	}
	r.mapping(root, "计划调整文件", &l.plan.Adjustments, map[string]take{
		"adjustments": r.list("计划调整（adjustments）", r.adjustment),
	})
}

func (r *reader) adjustment(n *node) {
	d := &draft{&Adjustment{}, &Indicator{}}
	known := map[string]take{
		"from":      r.month(&d.From),
		"document":  r.text(&d.Document),
		"kind":      r.text((*string)(&d.Kind)),
		"indicator": r.text(&d.ID),
		"why":       r.text(&d.Why),
		"by":        r.text(&d.By),
		"reporters": r.list("报送单位（reporters）", r.unit(&d.fresh.Reporters)),
	}
	promise := r.promise(d.fresh)
	for _, key := range newValues {
		if t, ok := promise[key]; ok {
			known[key] = t
		}
	}
	var born *node
	known["new"] = func(n *node) { born = n }
	r.mapping(n, "计划调整", d.Adjustment, known)
	if born != nil { // after the month, which is its default
		r.newborn(born, d)
	}
	r.drafts = append(r.drafts, d)
}

// newborn reads a new indicator; what it leaves out has its default.
func (r *reader) newborn(n *node, d *draft) {
	ind := d.fresh
	*ind = Indicator{From: d.From, Due: r.plan.To, Strength: Committed, Frequency: Monthly}
	known := r.promise(ind)
	known["reporters"] = r.list("报送单位（reporters）", r.unit(&ind.Reporters))
	r.mapping(n, "新增的指标（new）", ind, known)
	ind.compareByDefault()
	if ind.ID == "" {
		ind.ID = d.ID
	}
	if d.ID == "" {
		d.ID = ind.ID
	}
}
