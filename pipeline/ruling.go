package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// rulings are what the office has decided for one month: who has more time,
// and what is waived.
type rulings struct {
	month    plan.Month
	deadline time.Time // of all; zero where the calendar does not reach
	extended map[string]ledger.Extension
	waivers  []ledger.Waiver
}

func (w *Workspace) rulingsOf(ctx context.Context, m plan.Month) (rulings, error) {
	r := rulings{month: m, extended: map[string]ledger.Extension{}}
	r.deadline, _ = w.Deadline(m) // whoever cannot do without asks for it himself
	extensions, err := w.Ledger.Extensions(ctx, m)
	if err != nil {
		return r, err
	}
	for _, e := range extensions {
		r.extended[e.Unit] = e
	}
	r.waivers, err = w.Ledger.Waivers(ctx, m)
	return r, err
}

// due is the unit's own deadline.
func (r rulings) due(unit string) time.Time {
	if e, ok := r.extended[unit]; ok && e.Until.After(r.deadline) {
		return e.Until
	}
	return r.deadline
}

// late reports whether a file of the unit came after its deadline. Where there
// is no telling it is not; the receipt then says so.
func (r rulings) late(unit string, received time.Time) bool {
	due := r.due(unit)
	return !due.IsZero() && received.After(due)
}

// exempt reports whether the unit owes nothing for an indicator (免报), and by
// which waiver.
func (r rulings) exempt(id, unit string) (ledger.Waiver, bool) {
	return r.find(func(v ledger.Waiver) bool { return v.Rule == "" && v.Covers(r.month, id, unit) })
}

// waived gives the waiver under which a finding of a rule is only told.
func (r rulings) waived(code, id, unit string) (ledger.Waiver, bool) {
	return r.find(func(v ledger.Waiver) bool {
		return (v.Rule == "" || v.Rule == code) && v.Covers(r.month, id, unit)
	})
}

func (r rulings) find(holds func(ledger.Waiver) bool) (ledger.Waiver, bool) {
	for _, v := range slices.Backward(r.waivers) {
		if holds(v) {
			return v, true
		}
	}
	return ledger.Waiver{}, false
}

// remarks are the rulings that concern a unit, a sentence each.
func (w *Workspace) rulingRemarks(r rulings, u *plan.Unit) []string {
	var all []string
	if e, ok := r.extended[u.Code]; ok {
		all = append(all, fmt.Sprintf("已同意延期至%s（%s）。", clockTime(e.Until), e.Document))
	}
	for _, v := range r.waivers {
		if v.Unit == u.Code || v.Unit == "" && w.concerns(v, u, r.month) {
			all = append(all, w.waiverWords(v)+"。")
		}
	}
	return all
}

// concerns reports whether a waiver for every unit touches this one in a month.
func (w *Workspace) concerns(v ledger.Waiver, u *plan.Unit, m plan.Month) bool {
	if v.Item == "" {
		return true
	}
	ind, it := w.Plan.In(m).Indicator(v.Item), w.Plan.In(m).Item(v.Item)
	if ind != nil {
		return ind.ReportedBy(u)
	}
	return it != nil && slices.Contains(it.Leads, u)
}

// waiverWords is a waiver in words: 2025年3月至5月，区教育局的T01-1 城镇新增就业，
// 审核规则“累计数下降”只作提示（振政督〔2025〕9号）.
func (w *Workspace) waiverWords(v ledger.Waiver) string {
	what := w.unitName(v.Unit)
	if v.Item != "" {
		if what != "" {
			what += "的"
		}
		what += v.Item + w.subjectName(v.Item)
	}
	if what != "" {
		what += "，"
	}
	if v.Rule == "" {
		what += "免予报送，审核发现只作提示"
	} else {
		what += "审核规则“" + ruleTitle(v.Rule) + "”只作提示"
	}
	return span(v.From, v.To) + "，" + what + "（" + v.Document + "）"
}

func (w *Workspace) unitName(code string) string {
	if u := w.Plan.Unit(code); u != nil {
		return u.Name
	}
	return code
}

// subjectName is the name of an indicator or the title of an item.
func (w *Workspace) subjectName(id string) string {
	switch ind, it := w.Plan.Ever(id); {
	case ind != nil:
		return ind.Name
	case it != nil:
		return it.Title
	}
	return ""
}

func ruleTitle(code string) string {
	if r, err := RuleNamed(code); err == nil {
		return r.Title
	}
	return code
}

// span is a run of months in words.
func span(from, to plan.Month) string {
	switch {
	case from == to:
		return from.Chinese()
	case from.Year() == to.Year():
		return fmt.Sprintf("%s至%d月", from.Chinese(), to.Number())
	}
	return from.Chinese() + "至" + to.Chinese()
}

// clockTime is a moment as offices write it.
func clockTime(t time.Time) string { return plan.DateOf(t).Chinese() + t.Format("15:04") }

// stamp is a moment for programs.
func stamp(t time.Time) string { return t.Format(time.RFC3339) }

// inDigest lists the rulings of a month as the digest prints them.
func (w *Workspace) inDigest(r rulings) []digest.Ruling {
	var all []digest.Ruling
	for _, u := range w.Plan.Units {
		if e, ok := r.extended[u.Code]; ok {
			all = append(all, digest.Ruling{What: "延期", Subject: u.Name, Units: []string{u.Code},
				Content: "报送截止延至" + clockTime(e.Until), Why: e.Why, Document: e.Document})
		}
	}
	for _, v := range r.waivers {
		subject := w.unitName(v.Unit)
		if subject == "" {
			subject = "各报送单位"
		}
		var units []string
		for _, u := range w.Plan.Units {
			if v.Unit == u.Code || v.Unit == "" && w.concerns(v, u, r.month) {
				units = append(units, u.Code)
			}
		}
		content := span(v.From, v.To)
		if v.Item != "" {
			content += "，" + v.Item + w.subjectName(v.Item)
		}
		if v.Rule == "" {
			content += "，免予报送"
		} else {
			content += "，“" + ruleTitle(v.Rule) + "”只作提示"
		}
		all = append(all, digest.Ruling{What: "豁免", Subject: subject, Units: units,
			Content: content, Why: v.Why, Document: v.Document})
	}
	return all
}

// inputs names the rulings an edition was made under.
func (r rulings) inputs() []string {
	var all []string
	for _, e := range r.extended {
		all = append(all, extensionPin(e.ID))
	}
	slices.Sort(all)
	for _, v := range r.waivers {
		all = append(all, waiverPin(v.ID))
	}
	return all
}
