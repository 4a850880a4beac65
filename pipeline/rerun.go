package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// Rerun reads a month again from the kept originals, under today's plan, rules
// and program, and makes the next edition. The new readings and the edition
// are computed beside what stands and become current in one transaction;
// nothing is deleted. It says what changed.
func (w *Workspace) Rerun(ctx context.Context, m plan.Month) ([]Edition, []digest.Change, error) {
	last, err := w.latestEditions(ctx, m)
	if err != nil {
		return nil, nil, err
	}
	if len(last) == 0 {
		return nil, nil, &UserError{What: m.Chinese() + "还没有出过通报，无从重跑",
			Fix: "先用 duban digest --month " + m.String() + " 出第1版。"}
	}
	if err := w.CanPrint(); err != nil {
		return nil, nil, &UserError{What: "没有重跑", Err: err}
	}
	s, err := w.readAgain(ctx, m)
	if err != nil {
		return nil, nil, err
	}
	rep, err := w.report(ctx, s, m, w.Now())
	if err != nil {
		return nil, nil, err
	}
	editions, err := w.editionsAfter(ctx, s, rep, m, last)
	if err != nil {
		return nil, nil, err
	}
	done, err := w.Ledger.Rerun(ctx, ledger.Rerun{
		Month: m, Who: w.operator, Why: cmp.Or(w.reason, "未写明理由"),
		Program: Version, PlanVersion: w.Plan.Version,
		Readings: s.readings, Editions: editions,
	})
	if err != nil {
		return nil, nil, err
	}
	if err := w.sendOut(ctx); err != nil {
		return nil, nil, err
	}
	return w.allShown(done.Editions), rep.Changes, nil
}

// editionsAfter are the editions that follow the last ones: that of the
// supervision office always, the others where they say something else now. The
// report gets what changed.
func (w *Workspace) editionsAfter(ctx context.Context, s standing, rep *digest.Report,
	m plan.Month, last []ledger.Edition) ([]ledger.Edition, error) {
	var editions []ledger.Edition
	for i, c := range w.copies() {
		n := 1
		own := w.cut(rep, c)
		at := slices.IndexFunc(last, func(e ledger.Edition) bool { return e.Audience == c.name() })
		if at >= 0 {
			before, err := w.Ledger.Edition(ctx, last[at].ID)
			if err != nil {
				return nil, err
			}
			old, err := w.reportOf(ctx, before)
			if err != nil {
				return nil, err
			}
			if i == 0 {
				rep.Changes = changes(old, rep)
				own = w.cut(rep, c)
			} else if own.Says(old) {
				continue
			}
			n = before.N + 1
		}
		if c.unit != nil && !own.Holds() {
			continue
		}
		e, err := w.edition(s, own, c, m, n)
		if err != nil {
			return nil, err
		}
		editions = append(editions, e)
	}
	return editions, nil
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
		j, err := w.judge(ctx, b, sub.Delivery, h, &s)
		if err != nil {
			return s, err
		}
		rd := w.readingOf(j, sub.Delivery)
		rd.Submission, rd.Delivery = sub.ID, sub.Delivery
		s.readings = append(s.readings, rd)
		for _, f := range rd.Figures {
			r.accept(f, rd)
		}
	}
	return s, nil
}

// accept puts a figure of a new reading in the place of an earlier one of the
// same subject and month.
func (r record) accept(f plan.Figure, rd ledger.Reading) {
	if rd.State == plan.Returned || rd.State == plan.Quarantined {
		return
	}
	e := ledger.Entry{Figure: f, Submission: rd.Submission, SHA256: rd.Delivery.SHA256,
		FileName: rd.Delivery.Name, Channel: rd.Delivery.Channel, Sender: rd.Delivery.Sender,
		ReceivedAt: rd.Delivery.ReceivedAt, HandedBy: rd.Delivery.HandedBy}
	k := subject{f.ID, f.Unit}
	i := slices.IndexFunc(r[k], func(old ledger.Entry) bool { return old.Month == f.Month })
	switch {
	case f.State == plan.Withdrawn && i >= 0:
		r[k] = slices.Delete(r[k], i, i+1)
	case f.State == plan.Withdrawn:
	case i >= 0 && sameWords(r[k][i].Figure, f): // the one that said it first stands
	case i >= 0:
		r[k][i] = e
	default:
		r[k] = append(r[k], e)
	}
}
