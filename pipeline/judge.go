package pipeline

import (
	"context"
	"errors"

	"duban/pipeline/check"
	"duban/pipeline/form"
	"duban/pipeline/intake"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
	"duban/pipeline/sheet"
)

// judgement is what came of reading and checking one file: everything that the
// ledger keeps of it and the receipt says of it, before anything is stored.
type judgement struct {
	check.Result
	unit             *plan.Unit // nil: not recognised, or an opening form of all
	month            plan.Month
	opening          bool
	readable         bool
	notWhole         bool // it looks like a file that is still being copied
	big              bool // many of its size must not be open at once
	filler, reviewer string
	missing          int      // figures due that are neither here nor already taken
	remarks          []string // for the receipt, a sentence each

	past past // what was known when it was judged

	delivery  plan.Delivery
	submitted *check.Submission
	filled    *form.Filled // nil: not a form
	token     check.Token
	channel   *plan.Unit // who the channel says sent it; nil: it does not say
}

// unitCode is "" where nobody was recognised.
func (j *judgement) unitCode() string {
	if j.unit == nil {
		return ""
	}
	return j.unit.Code
}

// bigForm is many times what the largest form holds when it is opened, in bytes.
const bigForm = 256 << 10

// openForm reads the bytes strictly and takes the form apart. It follows from
// bytes, plan and channel alone, so that files may be opened side by side.
func (w *Workspace) openForm(ctx context.Context, b []byte, d plan.Delivery, h Handing) (
	*judgement, error) {
	s := &check.Submission{
		Plan: w.Plan, ChannelUnit: h.Unit, ByMail: d.Channel == intake.ByMail,
		WantMonth: h.Month, Opening: h.Opening,
		Today: plan.DateOf(d.ReceivedAt.In(schedule.Zone)),
	}
	j := &judgement{channel: h.Unit, delivery: d, submitted: s}
	wb, err := w.read(b, sheet.DefaultLimits)
	var fault *sheet.Error
	switch {
	case errors.As(err, &fault):
		s.Unreadable = &check.Fault{Code: fault.Code, Message: fault.Message, Fix: fault.Fix,
			Cell: fault.Cell, Part: fault.Part}
		j.notWhole = fault.Retry
	case err != nil:
		return nil, err
	default:
		j.readable, j.big = true, wb.Size() > bigForm
		w.takeApart(wb, s, j)
	}
	code := ""
	if s.Unreadable != nil {
		code = s.Unreadable.Code
	}
	w.stage(ctx, stageRead, "sha256", d.SHA256, "readable", j.readable, "code", code)
	if h.Released {
		s.Unit, s.Released = h.Unit, true
	}
	if s.Unit == nil && !s.Opening {
		s.Unit = h.Unit // a file that cannot be read is still somebody's
	}
	if s.Month == 0 {
		s.Month = h.Month
	}
	s.Plan = w.Plan.In(s.Month)
	j.unit, j.month, j.opening = s.Unit, s.Month, s.Opening
	return j, nil
}

// against checks what was opened against plan and past, of which nothing is
// asked where no month can be told. It stores nothing.
func (j *judgement) against(w *Workspace, p past) {
	s := j.submitted
	if s.Month != 0 {
		j.past = p
		w.remember(p, s)
		j.recall(s)
		w.inform(p.record, s)
	}
	j.Result = check.Run(s)
	j.unit, j.month, j.opening = s.Unit, s.Month, s.Opening
	j.count(s)
	j.remarks = w.judgedRemarks(j)
}

// takeApart finds out what the form says, and whose it is: the signed token
// goes before what the sheet shows.
func (w *Workspace) takeApart(wb *sheet.Workbook, s *check.Submission, j *judgement) {
	filled, err := form.Read(wb)
	if err != nil {
		var not *form.NotFormError
		if errors.As(err, &not) {
			s.NotForm, s.Several = not.Reason, not.Several
		} else {
			s.NotForm = err.Error()
		}
		return
	}
	w.whose(filled, s)
	s.Plan = w.Plan.In(s.Month)
	filled.Identify(s.Plan, s.Unit)
	j.filled, j.token = filled, s.Token
	s.PassedOver = passedOver(wb)
	s.Sheet, s.Entries, s.Loose = filled.Sheet, filled.Entries, filled.Loose
	s.Outside, s.Guessed = filled.Outside, filled.Guessed
	s.UnitShown, s.MonthShown = filled.UnitShown, filled.MonthShown
	s.Filler, s.Reviewer = filled.Filler, filled.Reviewer
	j.filler, j.reviewer = filled.Filler.Text, filled.Reviewer.Text
}

// whose settles whose form it is and for which month.
func (w *Workspace) whose(filled *form.Filled, s *check.Submission) {
	s.Token = w.tokenOf(filled.TokenText, s)
	if s.Token.State == check.TokenGood {
		s.Month = s.Token.Month
		if !s.Opening {
			s.Unit = w.Plan.Unit(s.Token.Unit)
		}
		return
	}
	s.Unit, s.Month = s.ChannelUnit, filled.MonthShown.Month
	if s.Unit == nil {
		s.Unit = w.Plan.Unit(filled.UnitShown.Text)
	}
}

// tokenOf reads the signed token; a good one also says whether the form is the
// opening form.
func (w *Workspace) tokenOf(text string, s *check.Submission) check.Token {
	if text == "" {
		return check.Token{State: check.TokenMissing}
	}
	t, err := form.Verify(text, w.key)
	if err != nil {
		return check.Token{State: check.TokenAltered}
	}
	m, err := plan.ParseMonth(t.Month)
	if err != nil {
		return check.Token{State: check.TokenAltered}
	}
	s.Opening = t.Opening
	return check.Token{State: check.TokenGood, Unit: t.Unit, Month: m,
		PlanVersion: t.PlanVersion, Issue: t.Issue}
}

// remember hands the checks what is known of the months so far.
func (w *Workspace) remember(p past, s *check.Submission) {
	r, m := p.record, s.Month
	s.History = func(id, unit string) []plan.Figure { return r.before(id, unit, m) }
	s.Current = func(id, unit string) (plan.Figure, bool) {
		e, ok := r.at(id, unit, m)
		return e.Figure, ok
	}
	if s.Unit != nil && !s.Opening {
		s.Due = w.owes(p, s.Unit, m)
	}
}

// due lists what a unit owes in a month.
func (w *Workspace) due(r record, ruled rulings, u *plan.Unit, m plan.Month) []string {
	all := []string{}
	for _, row := range w.rows(r, u, m) {
		if _, free := ruled.exempt(row.ID(), u.Code); !row.NotDue && !free {
			all = append(all, row.ID())
		}
	}
	return all
}

// owes is due, as far as it is not known.
func (w *Workspace) owes(p past, u *plan.Unit, m plan.Month) []string {
	if p.due != nil {
		return p.due(u)
	}
	return w.due(p.record, p.rulings, u, m)
}

// missing is how many of the figures a unit owes nobody has said.
func (w *Workspace) missing(p past, u *plan.Unit, m plan.Month) int {
	n := 0
	for _, id := range w.owes(p, u, m) {
		if _, said := p.record.at(id, u.Code, m); !said {
			n++
		}
	}
	return n
}

// count finds how many of the figures due are neither here nor already taken.
func (j *judgement) count(s *check.Submission) {
	said := map[string]bool{}
	for _, f := range append(append([]plan.Figure{}, j.Figures...), j.Refused...) {
		said[f.ID] = true
	}
	for _, id := range s.Due {
		if _, ok := s.Current(id, s.Unit.Code); !ok && !said[id] {
			j.missing++
		}
	}
}
