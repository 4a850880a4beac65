package pipeline

import (
	"context"
	"slices"
	"time"

	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// UnitStatus is how far a unit's month of reporting has come.
type UnitStatus struct {
	Unit     string     `json:"unit"`
	Name     string     `json:"name"`
	State    plan.State `json:"state"`
	OnTime   *bool      `json:"on_time"` // null: nothing came
	Due      int        `json:"due"`
	Taken    int        `json:"taken"`
	Returned int        `json:"returned"`
	Queries  int        `json:"queries"`
	Versions int        `json:"versions"`
	Marks    []string   `json:"marks"` // 迟报 or 补报, 更正
	// Deadline is the unit's own: that of all, or what it was extended to.
	Deadline string   `json:"deadline"`
	Extended bool     `json:"extended"`
	Remarks  []string `json:"remarks"` // extension and waivers, a sentence each
	Wanting

	first     time.Time
	firstFile string // its SHA-256
	held      bool
	last      plan.State
	after     bool // first came after the digest
	corrected bool
	// of the first file: the figures it brought, and those taken without a question
	brought, passed int
}

// The marks of a unit's month.
const (
	markLate      = "迟报" // after the deadline
	markAfter     = "补报" // after the month's first digest
	markCorrected = "更正" // a later file replaced an accepted figure by another value
)

// Timeliness is 按时, 迟报, 补报 or, where nothing came, "".
func (u UnitStatus) Timeliness() string {
	switch {
	case u.OnTime == nil:
		return ""
	case *u.OnTime:
		return "按时"
	case u.after:
		return markAfter
	}
	return markLate
}

// marks lists what is to be known of how the unit reported.
func (u UnitStatus) marks() []string {
	marks := []string{}
	if u.OnTime != nil && !*u.OnTime {
		marks = append(marks, u.Timeliness())
	}
	if u.corrected {
		marks = append(marks, markCorrected)
	}
	return marks
}

// Status says for each unit of the plan how far its month has come.
func (w *Workspace) Status(ctx context.Context, m plan.Month) ([]UnitStatus, error) {
	if err := w.inPlan(m); err != nil {
		return nil, err
	}
	s, err := w.standing(ctx, m)
	if err != nil {
		return nil, err
	}
	return w.statusOf(s, m), nil
}

// standing is what counts for a month: the figures accepted so far and the
// readings they come from.
type standing struct {
	record   record
	readings []ledger.Reading // current ones of the month, oldest first
	rulings  rulings
	digested firstDigest
}

// firstDigest is when a month's first digest was made, and from which files; zero:
// not yet.
type firstDigest struct {
	at    time.Time
	files []string // SHA-256
}

// missed reports whether a file came after it. Of one that came in its very
// second only its own list can tell.
func (d firstDigest) missed(received time.Time, sha string) bool {
	at := d.at.Truncate(time.Second)
	if received.Equal(at) {
		return !slices.Contains(d.files, sha)
	}
	return !d.at.IsZero() && received.After(at)
}

func (w *Workspace) standing(ctx context.Context, m plan.Month) (standing, error) {
	if _, err := w.Deadline(m); err != nil {
		return standing{}, err
	}
	ruled, err := w.rulingsOf(ctx, m)
	if err != nil {
		return standing{}, err
	}
	r, err := w.recordUpTo(ctx, m)
	if err != nil {
		return standing{}, err
	}
	digested, err := w.digestedAt(ctx, m)
	if err != nil {
		return standing{}, err
	}
	readings, err := w.Ledger.Readings(ctx, m)
	return standing{r, readings, ruled, digested}, err
}

func (w *Workspace) statusOf(s standing, m plan.Month) []UnitStatus {
	all := make([]UnitStatus, len(w.Plan.Units))
	byCode := map[string]*UnitStatus{}
	for i, u := range w.Plan.Units {
		all[i] = UnitStatus{Unit: u.Code, Name: u.Name,
			Deadline: stamp(s.rulings.due(u.Code)), Remarks: w.rulingRemarks(s.rulings, u)}
		if all[i].Remarks == nil {
			all[i].Remarks = []string{}
		}
		_, all[i].Extended = s.rulings.extended[u.Code]
		byCode[u.Code] = &all[i]
	}
	refused := map[subject]bool{}
	accepted := map[subject]plan.Figure{}
	for _, rd := range s.readings {
		u := byCode[rd.Unit]
		if u == nil || rd.Opening {
			continue
		}
		u.receive(rd, s.rulings)
		u.after = s.digested.missed(u.first, u.firstFile)
		for _, f := range rd.Figures {
			k := subject{f.ID, f.Unit}
			delete(refused, k)
			old, known := accepted[k]
			u.corrected = u.corrected || known && !sameFigure(old, f)
			accepted[k] = f
		}
		for _, f := range sentBack(rd) {
			refused[subject{f.ID, f.Unit}] = true
		}
	}
	for k, findings := range s.queries() {
		u := byCode[k.unit]
		if u != nil && slices.ContainsFunc(findings, isQuery) {
			u.Queries++
		}
	}
	for i, u := range w.Plan.Units {
		for _, row := range w.rows(s.record, u, m) {
			k := subject{row.ID(), u.Code}
			_, taken := s.record.at(k.id, k.unit, m)
			if _, free := s.rulings.exempt(k.id, k.unit); !row.NotDue && !free {
				all[i].Due++
				if taken {
					all[i].Taken++
				}
			}
			if refused[k] {
				all[i].Returned++
			}
		}
		all[i].State = all[i].state()
		all[i].Marks = all[i].marks()
		all[i].Wanting = w.wanting(s, u, m)
	}
	return all
}

// sameFigure reports whether two figures say the same of a subject.
func sameFigure(a, b plan.Figure) bool {
	return a.State == b.State && a.Added.Equal(b.Added) && a.Total.Equal(b.Total) &&
		a.A.Equal(b.A) && a.B.Equal(b.B) && a.Progress == b.Progress
}

// digestedAt finds the first edition of a month.
func (w *Workspace) digestedAt(ctx context.Context, m plan.Month) (firstDigest, error) {
	editions, err := w.Ledger.Editions(ctx, m)
	var first firstDigest
	for _, e := range editions {
		if first.at.IsZero() || e.MadeAt.Before(first.at) {
			first = firstDigest{e.MadeAt, e.Inputs.Files}
		}
	}
	return first, err
}

// receive notes one more reading of the unit.
func (u *UnitStatus) receive(rd ledger.Reading, ruled rulings) {
	if rd.State == plan.Quarantined {
		u.held = true
		return
	}
	at := rd.Delivery.ReceivedAt
	if u.first.IsZero() || at.Before(u.first) {
		onTime := !ruled.late(rd.Unit, at)
		u.first, u.firstFile, u.OnTime = at, rd.Delivery.SHA256, &onTime
	}
	if u.Versions == 0 {
		u.brought, u.passed = atFirst(rd)
	}
	u.Versions++
	u.last = rd.State
}

// atFirst counts the figures of a reading, and those no finding but a 提示
// stands against.
func atFirst(rd ledger.Reading) (brought, passed int) {
	for _, f := range rd.Figures {
		if firstMessage(rd, f.ID, plan.Reject)+firstMessage(rd, f.ID, plan.Query) == "" {
			passed++
		}
	}
	return len(rd.Figures) + len(rd.Refused), passed
}

// state draws the unit's submissions together.
func (u *UnitStatus) state() plan.State {
	switch {
	case u.Versions == 0 && u.held:
		return plan.Quarantined
	case u.Versions == 0 && u.Due == 0:
		return plan.State(plan.NotDue)
	case u.Versions == 0:
		return plan.NotReceived
	case u.Taken == 0 && (u.Due > 0 || u.last == plan.Returned):
		return plan.Returned
	case u.Taken < u.Due || u.Returned > 0:
		return plan.Partly
	case u.last == plan.Queried:
		return plan.Queried
	}
	return plan.Passed
}

func isQuery(f plan.Finding) bool { return f.Severity == plan.Query }

func (u UnitStatus) line() digest.UnitLine {
	l := digest.UnitLine{Code: u.Unit, Name: u.Name, State: string(u.State),
		OnTime: u.Timeliness(), Due: u.Due, Taken: u.Taken, Returned: u.Returned,
		Queries: u.Queries, Versions: u.Versions, First: u.brought, FirstPass: u.passed}
	if u.Versions > 0 && u.brought == 0 { // the whole file was returned
		l.First = u.Due
	}
	if !u.first.IsZero() {
		l.ReceivedAt = u.first.Format(time.RFC3339)
	}
	return l
}

// queries are the findings that stand against figures of the month: those of
// the latest reading that spoke of a figure.
func (s standing) queries() map[subject][]plan.Finding {
	open := map[subject][]plan.Finding{}
	for _, rd := range s.readings {
		for _, f := range append(append([]plan.Figure{}, rd.Figures...), rd.Refused...) {
			delete(open, subject{f.ID, f.Unit})
		}
		for _, f := range rd.Findings {
			if f.Indicator == "" || f.Severity == plan.Note {
				continue
			}
			k := subject{f.Indicator, f.Unit}
			if k.unit == "" {
				k.unit = rd.Unit
			}
			open[k] = append(open[k], f)
		}
	}
	return open
}
