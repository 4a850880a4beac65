package pipeline

import (
	"slices"

	"duban/pipeline/check"
	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// Subject is an indicator (or an item without one) with what is the matter.
type Subject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Why  string `json:"why,omitempty"`
}

// Wanting is what a unit's month lacks, subject by subject.
type Wanting struct {
	Missing   []Subject `json:"missing"`        // due, and nothing was said
	Returned  []Subject `json:"returned_items"` // sent back, and not mended since
	Queried   []Subject `json:"queried_items"`  // taken, and waiting for a word
	Awaited   []Subject `json:"awaited"`        // 数据未出 whose month has come
	Conflicts []Subject `json:"conflicts"`      // two values in one day
}

// None reports whether nothing is lacking.
func (w Wanting) None() bool {
	return len(w.Missing)+len(w.Returned)+len(w.Queried)+len(w.Awaited)+len(w.Conflicts) == 0
}

func newWanting() Wanting {
	return Wanting{[]Subject{}, []Subject{}, []Subject{}, []Subject{}, []Subject{}}
}

func (w *Workspace) subject(id, why string) Subject {
	return Subject{ID: id, Name: w.subjectName(id), Why: why}
}

// wanting finds what a unit's month lacks.
func (w *Workspace) wanting(s standing, u *plan.Unit, m plan.Month) Wanting {
	out := newWanting()
	refused, queries, conflicts := s.refusals(), s.queries(), s.conflicts()
	for _, row := range w.rows(s.record, u, m) {
		k := subject{row.ID(), u.Code}
		_, taken := s.record.at(k.id, k.unit, m)
		_, free := s.rulings.exempt(k.id, k.unit)
		why, back := refused[k]
		switch {
		case back:
			out.Returned = append(out.Returned, w.subject(k.id, why))
		case !taken && !row.NotDue && !free:
			out.Missing = append(out.Missing, w.subject(k.id, ""))
		}
		i := slices.IndexFunc(queries[k], isQuery)
		if _, explained := s.words(k); taken && i >= 0 && !explained {
			out.Queried = append(out.Queried, w.subject(k.id, queries[k][i].Message))
		}
		if message, ok := conflicts[k]; ok {
			out.Conflicts = append(out.Conflicts, w.subject(k.id, message))
		}
		if f, waits := check.Awaited(s.record.upTo(k, m), m); waits && row.Indicator != nil && !free {
			out.Awaited = append(out.Awaited, w.subject(k.id, f.Month.Chinese()+"未出，预计"+
				f.Expected.Chinese()))
		}
	}
	return out
}

// words reports whether a subject's 存疑 was explained by its last reading.
func (s standing) words(k subject) (string, bool) {
	if rd := s.lastOf(k.id, k.unit); rd != nil {
		for _, x := range rd.Explanations {
			if x.Item == k.id && x.Unit == k.unit {
				return x.Text, true
			}
		}
	}
	return "", false
}

// upTo are the figures of a subject of months until m, oldest first.
func (r record) upTo(k subject, m plan.Month) []plan.Figure {
	return r.before(k.id, k.unit, m+1)
}

// refusals are the subjects whose last word was sent back, with why.
func (s standing) refusals() map[subject]string {
	refused := map[subject]string{}
	for _, rd := range s.readings {
		if rd.State == plan.Quarantined || rd.Opening {
			continue
		}
		for _, f := range rd.Figures {
			delete(refused, subject{f.ID, f.Unit})
		}
		for _, f := range sentBack(rd) {
			refused[subject{f.ID, f.Unit}] = firstMessage(rd, f.ID, plan.Reject)
		}
	}
	return refused
}

// sentBack are the figures that were refused, but those that say 本期不报 and are
// so only because their whole file was.
func sentBack(rd ledger.Reading) []plan.Figure {
	return slices.DeleteFunc(slices.Clone(rd.Refused), func(f plan.Figure) bool {
		return f.State == plan.NotDue && !slices.ContainsFunc(rd.Findings,
			func(x plan.Finding) bool { return x.Severity == plan.Reject && x.Indicator == f.ID })
	})
}

func firstMessage(rd ledger.Reading, id string, severity plan.Severity) string {
	for _, f := range rd.Findings {
		if f.Severity == severity && (f.Indicator == id || f.WholeFile) {
			return f.Message
		}
	}
	return ""
}

// conflicts are the subjects of which two files of one day said different
// things, as long as nothing was said since.
func (s standing) conflicts() map[subject]string {
	open := map[subject]string{}
	for _, rd := range s.readings {
		for _, f := range rd.Figures {
			delete(open, subject{f.ID, f.Unit})
		}
		for _, f := range rd.Findings {
			if f.Code == conflictCode {
				open[subject{f.Indicator, rd.Unit}] = f.Message
			}
		}
	}
	return open
}

const conflictCode = "conflicting-values"

// conflictsInDigest lists them as the digest prints them.
func (w *Workspace) conflictsInDigest(s standing) []digest.Conflict {
	conflicts := s.conflicts()
	var all []digest.Conflict
	for _, ind := range w.Plan.In(s.rulings.month).Indicators() {
		for _, u := range ind.Reporters {
			if message, ok := conflicts[subject{ind.ID, u.Code}]; ok {
				all = append(all, digest.Conflict{ID: ind.ID, Name: ind.Name, Unit: u.Name,
					UnitCode: u.Code, Message: message})
			}
		}
	}
	return all
}
