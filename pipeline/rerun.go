package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// The rules this file keeps:
//
//   - A month is computed again beside what stands; nothing is stored until the
//     difference was seen and somebody said yes.
//   - What was seen is what is made: where anything came in between, it is
//     computed again, and carried out only if the difference is the same.
//   - New readings and editions become current in one transaction; nothing is
//     deleted. No number is taken for nothing.
//   - Another edition goes to those who had an earlier one, where it says
//     something else.

// Proposal is a month computed again, and what it would change.
type Proposal struct {
	Month   plan.Month
	Edition int // the number the supervision office's edition would have
	Changes []Change

	evenIfSame bool
	seen       string // the ledger's stamp it was computed at
	readings   []ledger.Reading
	editions   []ledger.Edition
}

// Makes is how many editions it would make.
func (p *Proposal) Makes() int { return len(p.editions) }

// Propose reads a month again from the kept originals, under today's plan,
// rules and program, and compares it with the latest editions. It stores
// nothing. evenIfSame asks for another edition also where nothing changed.
func (w *Workspace) Propose(ctx context.Context, m plan.Month, evenIfSame bool) (*Proposal, error) {
	p := &Proposal{Month: m, evenIfSame: evenIfSame}
	var err error
	if p.seen, err = w.Ledger.Stamp(ctx, m); err != nil {
		return nil, err
	}
	last, err := w.latestEditions(ctx, m)
	if err != nil {
		return nil, err
	}
	main := w.editionOf(last, w.copies()[0])
	if main == nil {
		return nil, &UserError{What: m.Chinese() + "还没有出过通报，无从重跑",
			Fix: "先用 duban digest --month " + m.String() + " 出第1版。"}
	}
	p.Edition = main.N + 1
	s, err := w.readAgain(ctx, m)
	if err != nil {
		return nil, err
	}
	p.readings = s.readings
	rep, err := w.report(ctx, s, m, w.Now())
	if err != nil {
		return nil, err
	}
	if rep.Changes, err = w.since(ctx, *main, s, rep); err != nil {
		return nil, err
	}
	p.Changes = shownChanges(rep.Changes)
	return p, w.editionsAfter(ctx, p, s, rep, last)
}

// since lists what a report says differently from an earlier edition.
func (w *Workspace) since(ctx context.Context, e ledger.Edition, s standing, rep *digest.Report) (
	[]digest.Change, error) {
	old, before, err := w.basisOf(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	now := basis{readings: s.readings, made: rep.Made()}
	if now.inputs, err = w.inputs(s, e.Month); err != nil {
		return nil, err
	}
	ev, err := w.evidenceOf(ctx, e.Month, before, now)
	if err != nil {
		return nil, err
	}
	return changes(old, rep, ev), nil
}

// editionOf finds a copy's edition among those of a month; nil for none.
func (w *Workspace) editionOf(all []ledger.Edition, c copyFor) *ledger.Edition {
	i := slices.IndexFunc(all, func(e ledger.Edition) bool { return e.Audience == c.name() })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// editionsAfter are the editions to be made: for each audience that had one,
// where its own rows say something else now.
func (w *Workspace) editionsAfter(ctx context.Context, p *Proposal, s standing, rep *digest.Report,
	last []ledger.Edition) error {
	from, err := w.madeFrom(s, p.Month)
	if err != nil {
		return err
	}
	for _, c := range w.copies() {
		had := w.editionOf(last, c)
		if had == nil {
			continue
		}
		e, err := w.Ledger.Edition(ctx, had.ID)
		if err != nil {
			return err
		}
		old, err := w.reportOf(ctx, e)
		if err != nil {
			return err
		}
		own := w.cut(rep, c)
		own.Changes = concerning(rep.Changes, old, own)
		if len(own.Changes) == 0 && !p.evenIfSame {
			continue
		}
		next, err := w.edition(from, own, c, had.N+1)
		if err != nil {
			return err
		}
		p.editions = append(p.editions, next)
	}
	return nil
}

// CarryOut makes the editions of a proposal. One that changes nothing makes
// none. The files are written afterwards; a kill in between leaves them to the
// next start.
func (w *Workspace) CarryOut(ctx context.Context, p *Proposal) ([]Edition, error) {
	if p.Makes() == 0 {
		return []Edition{}, nil
	}
	if err := w.CanPrint(); err != nil { // before a number is taken
		return nil, &UserError{What: "没有重跑", Err: err}
	}
	done, err := w.store(ctx, p)
	for try := 0; errors.Is(err, ledger.ErrMoved) && try < 3; try++ {
		var again *Proposal
		if again, err = w.Propose(ctx, p.Month, p.evenIfSame); err != nil {
			return nil, err
		}
		if !slices.Equal(again.Changes, p.Changes) {
			return nil, &UserError{
				What: "看过" + p.Month.Chinese() + "的变化以后，台账又有变动，变化与刚才列出的不同，没有另出版",
				Fix:  "再运行一次 duban rerun，看过新的变化后再确认。"}
		}
		done, err = w.store(ctx, again)
	}
	if err != nil {
		return nil, err
	}
	if err := w.sendOut(context.WithoutCancel(ctx)); err != nil {
		return nil, err
	}
	return w.allShown(done.Editions), nil
}

func (w *Workspace) store(ctx context.Context, p *Proposal) (ledger.Rerun, error) {
	return w.Ledger.Rerun(ctx, ledger.Rerun{
		Month: p.Month, Who: w.operator, Why: cmp.Or(w.reason, "未写明理由"),
		Program: Version, PlanVersion: w.Plan.In(p.Month).Version,
		Readings: p.readings, Editions: p.editions, Seen: p.seen,
	})
}

// LatestEdition is the number of a month's latest edition for the supervision
// office; 0 for none.
func (w *Workspace) LatestEdition(ctx context.Context, m plan.Month) (int, error) {
	last, err := w.latestEditions(ctx, m)
	if e := w.editionOf(last, w.copies()[0]); err == nil && e != nil {
		return e.N, nil
	}
	return 0, err
}

// readAgain judges every original of a month once more, in the order in which
// they count, as if none of them had been read before.
func (w *Workspace) readAgain(ctx context.Context, m plan.Month) (standing, error) {
	ruled, err := w.rulingsOf(ctx, m)
	if err != nil {
		return standing{}, err
	}
	r, err := w.recordUpTo(ctx, m-1)
	if err != nil {
		return standing{}, err
	}
	digested, err := w.digestedAt(ctx, m)
	if err != nil {
		return standing{}, err
	}
	s := standing{record: r, rulings: ruled, digested: digested}
	submissions, err := w.Ledger.Submissions(ctx, m)
	if err != nil {
		return s, err
	}
	decided, err := w.Ledger.Decisions(ctx)
	if err != nil {
		return s, err
	}
	for _, sub := range submissions {
		d := decided[sub.ID]
		if d.Verdict == ledger.Refuse { // it stays refused
			rd, err := w.Ledger.Reading(ctx, sub.Reading)
			if err != nil {
				return s, err
			}
			s.readings = append(s.readings, rd)
			continue
		}
		b, err := w.folder.Kept(sub.Delivery.SHA256)
		if err != nil {
			return s, fmt.Errorf("存档里的原件 %s（%s）读不出：%w", sub.Delivery.Name,
				shortSum(sub.Delivery.SHA256), err)
		}
		h := Handing{Unit: w.Plan.Unit(sub.Delivery.Sender), Month: m, Opening: sub.Opening}
		if d.Verdict == ledger.Release {
			h.Unit, h.Released = w.Plan.Unit(d.Unit), true
		}
		j, err := w.judge(ctx, b, sub.Delivery, h, past{record: s.record,
			rulings: s.rulings, last: s.lastOf})
		if err != nil {
			return s, err
		}
		rd := w.readingOf(j, sub.Delivery)
		rd.Submission, rd.Delivery = sub.ID, sub.Delivery
		s.readings = append(s.readings, rd)
		r.accept(rd, successions(w.Plan.Adjustments))
	}
	return s, nil
}

// accept puts what a new reading brought in the place of what was said of the
// same subjects and months before.
func (r record) accept(rd ledger.Reading, heirs []succession) {
	if !rd.Counts() {
		return
	}
	for _, f := range rd.Figures {
		if f.State.Silent() {
			continue // it says nothing
		}
		e := ledger.Entry{Figure: f, Submission: rd.Submission, SHA256: rd.Delivery.SHA256,
			FileName: rd.Delivery.Name, Channel: rd.Delivery.Channel, Sender: rd.Delivery.Sender,
			ReceivedAt: rd.Delivery.ReceivedAt, HandedBy: rd.Delivery.HandedBy}
		own := subject{f.ID, f.Unit}
		r.say(own, e)
		for _, h := range heirs {
			if h.from == own && h.inherits(r, f.Month) {
				r.say(h.to, e)
			}
		}
	}
}

// say is put for the last word: a withdrawal leaves nothing, and where it says
// the same as the one before, that one stands.
func (r record) say(k subject, e ledger.Entry) {
	i, found := r.place(k, e.Month)
	switch {
	case e.State == plan.Withdrawn && found:
		r[k] = slices.Delete(r[k], i, i+1)
	case e.State == plan.Withdrawn, found && sameWords(r[k][i].Figure, e.Figure):
	default:
		r.put(k, e)
	}
}
