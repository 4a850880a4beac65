package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// Edition is one edition of a month's digest for one audience, and its files.
type Edition struct {
	Audience string   `json:"audience"`
	Unit     string   `json:"unit,omitempty"` // code, of an edition for one unit
	Month    string   `json:"month"`
	Edition  int      `json:"edition"`
	Number   string   `json:"number"`
	Files    []string `json:"files"`
}

// Digest makes the month's digest, an edition for each audience; or, when there
// is one, puts the files of the latest editions back as they were: a number is
// taken once.
func (w *Workspace) Digest(ctx context.Context, m plan.Month) ([]Edition, error) {
	if err := w.inPlan(m); err != nil {
		return nil, err
	}
	if plan.MonthAt(w.Now()) <= m {
		return nil, &UserError{What: m.Chinese() + "还没有过完，不能出通报",
			Fix: "请到" + (m + 1).Chinese() + "再出；要看进展，用 duban status --month " + m.String() + "。"}
	}
	if err := w.CanPrint(); err != nil { // before a number is taken
		return nil, &UserError{What: "通报没有出", Err: err}
	}
	last, err := w.latestEditions(ctx, m)
	if err != nil {
		return nil, err
	}
	if len(last) > 0 {
		return w.restore(ctx, last)
	}
	editions, err := w.firstEditions(ctx, m)
	if err != nil {
		return nil, err
	}
	made, err := w.Ledger.MakeEditions(ctx, editions)
	if err != nil {
		return nil, err
	}
	if err := w.sendOut(ctx); err != nil {
		return nil, err
	}
	return w.allShown(made), nil
}

// firstEditions computes the first edition of a month for everyone.
func (w *Workspace) firstEditions(ctx context.Context, m plan.Month) ([]ledger.Edition, error) {
	s, err := w.standing(ctx, m)
	if err != nil {
		return nil, err
	}
	rep, err := w.report(ctx, s, m, w.Now())
	if err != nil {
		return nil, err
	}
	from, err := w.madeFrom(s, m)
	if err != nil {
		return nil, err
	}
	var editions []ledger.Edition
	for _, c := range w.copies() {
		own := w.cut(rep, c)
		if c.unit != nil && !own.Holds() {
			continue
		}
		e, err := w.edition(from, own, c, 1)
		if err != nil {
			return nil, err
		}
		editions = append(editions, e)
	}
	return editions, nil
}

// restore writes the files of editions again where they are gone.
func (w *Workspace) restore(ctx context.Context, editions []ledger.Edition) ([]Edition, error) {
	shown := w.allShown(editions)
	for i, e := range shown {
		for _, f := range e.Files {
			if _, err := os.Stat(f); !errors.Is(err, os.ErrNotExist) {
				continue
			}
			if err := w.send(ctx, ledger.Outgoing{Kind: kindDigest, Edition: editions[i].ID}); err != nil {
				return nil, err
			}
			break
		}
	}
	return shown, nil
}

// latestEditions are the month's last editions, one an audience, in the order
// in which their first ones were made.
func (w *Workspace) latestEditions(ctx context.Context, m plan.Month) ([]ledger.Edition, error) {
	all, err := w.Ledger.Editions(ctx, m)
	var last []ledger.Edition
	for _, e := range all {
		i := slices.IndexFunc(last, func(l ledger.Edition) bool { return l.Audience == e.Audience })
		if i < 0 {
			last = append(last, e)
		} else if e.N > last[i].N {
			last[i] = e
		}
	}
	return last, err
}

// making is what all editions of a month that are made at once are made from.
type making struct {
	standing
	month  plan.Month
	inputs ledger.Inputs
}

func (w *Workspace) madeFrom(s standing, m plan.Month) (making, error) {
	in, err := w.inputs(s, m)
	return making{s, m, in}, err
}

// edition is what the ledger keeps of the n-th edition of a month for one
// audience: everything it says, and what it was made from.
func (w *Workspace) edition(from making, rep *digest.Report, c copyFor, n int) (
	ledger.Edition, error) {
	m := from.month
	key := fmt.Sprintf("digest/%s/%s/%d", m, c.name(), n)
	issuer, number := w.issuerOf(c.audience)
	e := ledger.Edition{
		Key: key, Month: m, Audience: c.name(), MadeAt: rep.Made(),
		Issuer: issuer, NumberFrom: number,
		Inputs:   from.inputs,
		Wording:  w.wording.text,
		Outgoing: []ledger.Outgoing{{Key: key, Kind: kindDigest}},
	}
	mails, err := w.mailDigest(c, m, n)
	if err != nil {
		return e, err
	}
	e.Outgoing = append(e.Outgoing, mails...)
	for _, l := range rep.Lines {
		f, err := judged(from.standing, l, m)
		if err != nil {
			return e, err
		}
		e.Figures = append(e.Figures, f)
	}
	for _, u := range rep.Units {
		e.Units = append(e.Units, ledger.EditionUnit{Unit: u.Code, Due: u.Due, OnTime: u.OnTime,
			State: plan.State(u.State)})
	}
	e.Report, err = json.Marshal(rep)
	return e, err
}

// judged is a line as the ledger keeps it beside the edition.
func judged(s standing, l digest.Line, m plan.Month) (ledger.EditionFigure, error) {
	f := ledger.EditionFigure{Item: l.ID, Unit: l.UnitCode, Light: l.Light, Sentence: l.Sentence}
	for _, x := range []struct {
		to   *plan.Value
		from string
	}{{&f.Value, l.Value}, {&f.Done, l.Done}, {&f.Due, l.DuePercent}, {&f.Target, l.TargetValue}} {
		v, err := plan.ParseValue(x.from)
		if err != nil {
			return f, err
		}
		*x.to = v
	}
	if e, ok := s.record.at(l.ID, l.UnitCode, m); ok {
		f.Figure = e.FigureID
	}
	return f, nil
}

// reportOf is what an edition says, with the number the ledger gave it.
func (w *Workspace) reportOf(ctx context.Context, e ledger.Edition) (*digest.Report, error) {
	var rep digest.Report
	if err := json.Unmarshal(e.Report, &rep); err != nil {
		return nil, fmt.Errorf("edition %d: %w", e.ID, err)
	}
	if rep.Audience.Name == "" { // from before there were any
		rep.Audience = w.audiences[0]
	}
	rep.Edition, rep.Number = e.N, numberOf(rep.Audience, e)
	if e.Supersedes != 0 {
		before, err := w.Ledger.Edition(ctx, e.Supersedes)
		if err != nil {
			return nil, err
		}
		rep.Previous = numberOf(rep.Audience, before)
	}
	return &rep, nil
}

// numberOf is an edition's number as its paper prints it.
func numberOf(a plan.Audience, e ledger.Edition) string {
	return a.NumberText(e.Issuer, e.Year, e.Number)
}

// allShown are editions as commands print them.
func (w *Workspace) allShown(editions []ledger.Edition) []Edition {
	shown := make([]Edition, len(editions))
	for i, e := range editions {
		c := w.copyNamed(e.Audience)
		shown[i] = Edition{Audience: c.audience.Name, Month: e.Month.String(), Edition: e.N,
			Number: numberOf(c.audience, e), Files: w.files(c, e.Month, e.N)}
		if c.unit != nil {
			shown[i].Unit = c.unit.Code
		}
	}
	return shown
}
