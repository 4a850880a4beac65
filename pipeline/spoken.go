package pipeline

import (
	"context"

	"duban/pipeline/check"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// spoken is what units have said to a 存疑, by what the words belong to: they hold
// while the value stands.
type spoken map[belongs]string

type belongs struct {
	subject
	month       plan.Month
	code, value string
}

// spokenIn gathers the words of the readings that count for a month; of two to
// the same value, the later.
func spokenIn(readings []ledger.Reading) spoken {
	all := spoken{}
	for _, rd := range readings {
		all.hear(rd)
	}
	return all
}

func (s spoken) hear(rd ledger.Reading) {
	for _, x := range rd.Explanations {
		s[belongs{subject{x.Item, x.Unit}, x.Month, x.Rule, x.Value.String()}] = x.Text
	}
}

// explanations are what a judgement's forms said, as the ledger keeps it.
func (j *judgement) explanations() []ledger.Explanation {
	var all []ledger.Explanation
	for _, x := range j.Explanations {
		all = append(all, ledger.Explanation{Item: x.ID, Unit: x.Unit, Rule: x.Code,
			Month: j.month, Value: x.Value, Text: x.Text})
	}
	return all
}

// inform hands the checks what others say of the same things, what was said
// before to the same findings, and what a finding costs in that month.
func (w *Workspace) inform(ctx context.Context, r record, heard spoken, s *check.Submission) error {
	if heard == nil {
		readings, err := w.Ledger.Readings(ctx, s.Month)
		if err != nil {
			return err
		}
		heard = spokenIn(readings)
	}
	s.Severity = w.Plan.RuleSeverity
	s.Explained = func(id, unit, code string, value plan.Value) (string, bool) {
		text, ok := heard[belongs{subject{id, unit}, s.Month, code, value.String()}]
		return text, ok
	}
	s.Elsewhere = func(id string, m plan.Month) []plan.Figure {
		var all []plan.Figure
		for _, u := range w.Plan.Units {
			if e, ok := r.at(id, u.Code, m); ok {
				all = append(all, e.Figure)
			}
		}
		return all
	}
	return nil
}
