package pipeline

import (
	"time"

	"duban/pipeline/check"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// past is what a file is judged against.
type past struct {
	record  record
	rulings rulings
	// last is the last reading that brought a figure of the subject which counts;
	// nil when none did.
	last func(id, unit string) *ledger.Reading
	due  func(*plan.Unit) []string // what a unit owes; nil: it is worked out
}

// nobodySpoke is past.last where nothing was said before.
func nobodySpoke(string, string) *ledger.Reading { return nil }

// recall hands the checks what was said and decided before: waivers, and the
// explanations that still hold.
func (j *judgement) recall(s *check.Submission) {
	past := j.past
	s.Waived = func(code, id, unit string) (string, bool) {
		v, ok := past.rulings.waived(code, id, unit)
		return v.Document, ok
	}
	s.SameDay = func(id, unit string) (check.Rival, bool) {
		return past.sameDay(id, unit, j.delivery.ReceivedAt)
	}
	s.Explained = func(id, unit, code string, value plan.Value) (string, bool) {
		x, ok := past.explained(id, unit, code, value)
		return x.Text, ok
	}
}

// sameDay finds what another file of the same day says of a subject, as the last
// word before this one. Where that one was queried it is a correction that was
// asked for, and no rival.
func (p past) sameDay(id, unit string, day time.Time) (check.Rival, bool) {
	rd := p.last(id, unit)
	if rd == nil || dayOf(rd.Delivery.ReceivedAt) != dayOf(day) ||
		firstMessage(*rd, id, plan.Query) != "" {
		return check.Rival{}, false
	}
	for _, f := range rd.Figures {
		if f.ID == id && f.Unit == unit && !rd.Opening {
			return check.Rival{Figure: f, File: rd.Delivery.Name,
				At: clockTime(rd.Delivery.ReceivedAt)}, true
		}
	}
	return check.Rival{}, false
}

// explained finds the words given to a rule about a value. Those of the last
// reading that spoke of the subject count: once the value has changed they have
// lapsed, also when it changes back.
func (p past) explained(id, unit, code string, value plan.Value) (ledger.Explanation, bool) {
	rd := p.last(id, unit)
	if rd == nil {
		return ledger.Explanation{}, false
	}
	for _, x := range rd.Explanations {
		if x.Item == id && x.Unit == unit && x.Rule == code && x.Value.Equal(value) {
			return x, true
		}
	}
	return ledger.Explanation{}, false
}

// lastOf is the last reading that brought a figure of the subject which counts;
// nil when none did.
func (s standing) lastOf(id, unit string) *ledger.Reading {
	for i := len(s.readings) - 1; i >= 0; i-- {
		for _, f := range s.readings[i].Figures {
			if f.ID == id && f.Unit == unit {
				return &s.readings[i]
			}
		}
	}
	return nil
}

// explanations are the words of this form, and those from before that were
// found to hold.
func (j *judgement) explanations() []ledger.Explanation {
	var all []ledger.Explanation
	for _, x := range j.Explanations {
		all = append(all, ledger.Explanation{Item: x.ID, Unit: x.Unit, Rule: x.Code, Month: j.month,
			Value: x.Value, Text: x.Text})
	}
	return all
}

// judgedRemarks are the sentences of a receipt that follow from what is known
// when the file is judged.
func (w *Workspace) judgedRemarks(j *judgement) []string {
	if j.unit == nil || j.opening || j.month == 0 {
		return nil
	}
	all := w.rulingRemarks(j.past.rulings, j.unit)
	if j.repeats() {
		all = append(all, "本次报来的数据与已采用的完全相同，没有改变任何数据。")
	}
	return all
}

// repeats reports whether every figure says what already stands.
func (j *judgement) repeats() bool {
	if len(j.Figures) == 0 || len(j.Refused) > 0 {
		return false
	}
	for _, f := range j.Figures {
		e, ok := j.past.record.at(f.ID, f.Unit, f.Month)
		if !ok || !sameWords(e.Figure, f) {
			return false
		}
	}
	return true
}

// sameWords reports whether two figures say the same, wherever they stand.
func sameWords(a, b plan.Figure) bool {
	return sameFigure(a, b) && a.Planned == b.Planned && a.Actual == b.Actual &&
		a.Expected == b.Expected && a.Remark == b.Remark
}
