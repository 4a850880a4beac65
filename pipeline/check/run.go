package check

import "duban/pipeline/plan"

// Run judges a submission: first the file as a whole, then row by row. The
// same submission always gives the same result.
//
// Of several findings of one row at one cell, those behind a 退回 are left out:
// the first thing to mend is enough. A 存疑 beside which the row's 情况说明 says
// something, or said so before of the same value, counts as explained. What a
// finding costs is the rule's severity in the submission's month.
func Run(s *Submission) Result {
	s.rows = s.read()
	var res Result
	var refused, quarantined, open bool
	for _, c := range Catalogue {
		if c.File == nil || c.Quarantines && s.Released && s.Unit != nil || refused && !c.Refuses {
			continue
		}
		for _, f := range c.File(s) {
			f.WholeFile = c.Refuses
			if f.Cell != "" && s.opened() {
				f.Sheet = s.sheet()
			}
			f = s.stamp(c, f)
			res.Findings = append(res.Findings, f)
			refused = refused || c.Refuses
			quarantined = quarantined || c.Quarantines
			open = open || f.Severity == plan.Query
		}
		if refused && !s.opened() {
			break
		}
	}
	switch {
	case quarantined:
		res.State = plan.Quarantined
	case refused:
		res.State = plan.Returned
	default:
		s.judge(&res, open)
		return res
	}
	for _, r := range s.rows {
		if r.Item != nil && !r.copy && r.away == nil {
			res.Refused = append(res.Refused, r.Figure)
		}
	}
	return res
}

// sheet is the sheet the form's table stands in.
func (s *Submission) sheet() string {
	if s.Sheet == "" && len(s.Entries) > 0 {
		return s.Entries[0].Sheet
	}
	return s.Sheet
}

// opened reports whether there is a form to look into at all.
func (s *Submission) opened() bool { return s.Unreadable == nil && s.NotForm == "" }

// judge runs the row checks and draws the sum.
func (s *Submission) judge(res *Result, open bool) {
	for _, r := range s.rows {
		if r.copy {
			continue // the same words again
		}
		v := r.check()
		res.Findings = append(res.Findings, v.findings...)
		open = open || v.unexplained
		switch {
		case r.away != nil:
		case v.bad:
			res.Refused = append(res.Refused, r.Figure)
		default:
			res.Figures = append(res.Figures, r.Figure)
			res.Explanations = append(res.Explanations, v.said...)
		}
	}
	switch {
	case len(res.Figures) == 0 && (len(res.Refused) > 0 || len(s.missing()) > 0):
		res.State = plan.Returned
	case len(res.Refused) > 0 || len(s.missing()) > 0:
		res.State = plan.Partly
	case open:
		res.State = plan.Queried
	default:
		res.State = plan.Passed
	}
}

// verdict is what came of one row.
type verdict struct {
	findings    []plan.Finding
	bad         bool          // its figure is refused
	unexplained bool          // a 存疑 waits for words
	said        []Explanation // words to its 存疑
}

// check holds the row checks against the row.
func (r *Row) check() (v verdict) {
	rejected := map[string]bool{}
	for _, c := range Catalogue {
		if c.Row == nil {
			continue
		}
		found := c.Row(r)
		for _, f := range found {
			if rejected[f.Cell] && f.Cell != "" {
				continue
			}
			f.Sheet, f.Indicator = r.Entry.Sheet, r.Entry.ID
			if r.Opening && r.Unit != nil {
				f.Unit = r.Unit.Code
			}
			f = r.stamp(c, f)
			switch f.Severity {
			case plan.Reject:
				v.bad, rejected[f.Cell] = true, true
			case plan.Query:
				note, said, ok := r.explained(c)
				f.Message += plan.Mask(note)
				v.said = append(v.said, said...)
				v.unexplained = v.unexplained || !ok
			}
			v.findings = append(v.findings, f)
		}
		if c.Identity && len(found) > 0 {
			break
		}
	}
	unlessRefused(v.findings, rejected)
	return v
}

// stamp completes a finding of a check; what it quotes is masked.
func (s *Submission) stamp(c *Check, f plan.Finding) plan.Finding {
	f.Code, f.Severity = c.Code, s.severity(c)
	f.Message, f.Fix = plan.Mask(f.Message), plan.Mask(f.Fix)
	return s.waive(c, f)
}

// read makes a row of every entry that says something.
func (s *Submission) read() []*Row {
	if !s.opened() || s.Plan == nil {
		return nil
	}
	type key struct {
		id   string
		unit *plan.Unit
	}
	rows := make([]*Row, 0, len(s.Entries))
	seen := make(map[key]*Row, len(s.Entries))
	for _, e := range s.Entries {
		if !touched(e) {
			continue
		}
		r := &Row{Submission: s, Entry: e, Unit: s.Unit,
			Indicator: s.Plan.Indicator(e.ID), Item: s.Plan.Item(e.ID)}
		if r.Indicator != nil {
			r.Item = r.Indicator.Item
		}
		if s.Opening {
			r.Unit = s.Plan.Unit(squeeze(e.Unit))
		}
		r.away = s.Plan.Taken(e.ID, r.Unit)
		if r.Unit != nil && s.History != nil {
			r.History = s.History(e.ID, r.Unit.Code)
		}
		r.interpret()
		k := key{e.ID, r.Unit}
		if first := seen[k]; first == nil {
			seen[k] = r
		} else if same(first.Entry, e) {
			r.copy = true
		} else {
			r.twin = first
			if first.twin == nil {
				first.twin = r
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// same reports whether two entries say the same in every column.
func same(a, b plan.Entry) bool {
	for _, c := range fillColumns {
		if a.Cells[c].Blank() != b.Cells[c].Blank() || a.Cells[c].Raw != b.Cells[c].Raw {
			return false
		}
	}
	return true
}

// missing lists the ids that should have come with this form and were neither
// said in it nor accepted before; an opening form owes nothing.
func (s *Submission) missing() []string {
	if s.Opening || s.Unit == nil || s.Plan == nil {
		return nil
	}
	said := map[string]bool{}
	for _, r := range s.rows {
		said[r.Entry.ID] = true
	}
	due := s.Due
	if due == nil {
		for _, e := range s.Entries {
			due = append(due, e.ID)
		}
	}
	var out []string
	for _, id := range due {
		ind := s.Plan.Indicator(id)
		known := ind != nil || s.Plan.Item(id) != nil
		if !known || said[id] || ind != nil && !ind.Frequency.Due(s.Month) {
			continue
		}
		said[id] = true
		if s.Current != nil {
			if _, ok := s.Current(id, s.Unit.Code); ok {
				continue
			}
		}
		out = append(out, id)
	}
	return out
}
