package pipeline

import (
	"context"
	"slices"

	"duban/pipeline/ledger"
)

// A file of a batch in its turn: what came before it, also in the same batch, is
// known by then.

// same finds the submission of the same bytes by the same sender that counts:
// beside it these can change nothing, whatever they would be found to be.
func (b *batch) same(f *inHand) *ledger.Submission {
	h := f.handing
	if h.Month != 0 || h.Opening || h.Released {
		return nil // somebody says more of it than its sender
	}
	seen := b.seen[f.delivery.SHA256]
	i := slices.IndexFunc(seen, func(s ledger.Submission) bool {
		return s.Counts() && s.Delivery.Channel == f.delivery.Channel &&
			s.Delivery.Sender == f.delivery.Sender
	})
	if i < 0 {
		return nil
	}
	return &seen[i]
}

// judge judges a file in its turn; next opens it.
func (b *batch) judge(ctx context.Context, f *inHand, next func() opened) error {
	f.fresh = len(b.seen[f.delivery.SHA256]) == 0
	j, err := b.verdict(ctx, f, next)
	if err != nil {
		return err
	}
	w := b.w
	w.stage(ctx, stageJudged, "claim", f.claim.ID, "sha256", f.delivery.SHA256, "unit", j.unitCode(),
		"month", j.month.String(), "state", j.State, "figures", len(j.Figures),
		"refused", len(j.Refused), "findings", len(j.Findings))
	f.reading = w.readingOf(j, f.delivery)
	if f.outgoing, err = answerOf(f.claim.ID, j, f.copied); err != nil || b.again(f) {
		return err
	}
	rd := f.reading
	rd.Delivery = f.delivery
	b.known.bring(rd)
	b.seen[f.delivery.SHA256] = append(b.seen[f.delivery.SHA256], ledger.Submission{
		Unit: rd.Unit, Month: rd.Month, State: rd.State, Opening: rd.Opening, Delivery: f.delivery})
	return nil
}

func (b *batch) verdict(ctx context.Context, f *inHand, next func() opened) (*judgement, error) {
	f.copied = nil
	if f.known {
		return b.repeated(ctx, f, b.same(f))
	}
	o := next()
	switch {
	case o.err != nil:
		return nil, o.err
	case f.patient && o.notWhole:
		return nil, errNotWhole
	case b.same(f) != nil: // one of the batch has the same bytes
		return b.repeated(ctx, f, b.same(f))
	}
	return b.judged(ctx, f, o.judgement)
}

// judged is the verdict on a file that was opened.
func (b *batch) judged(ctx context.Context, f *inHand, j *judgement) (*judgement, error) {
	p, err := b.known.past(ctx, j.unitCode(), j.month)
	if err != nil {
		return nil, err
	}
	j = b.w.checkSafely(j, p)
	f.copied = b.transcribeSafely(ctx, f.claim.Bytes, j)
	return j, nil
}

// repeated is the verdict on bytes that are known.
func (b *batch) repeated(ctx context.Context, f *inHand, old *ledger.Submission) (*judgement, error) {
	j := &judgement{unit: b.w.Plan.Unit(old.Unit), month: old.Month, opening: old.Opening,
		readable: true, delivery: f.delivery, channel: f.handing.Unit}
	j.State = old.State
	var err error
	j.past, err = b.known.past(ctx, old.Unit, old.Month)
	if err == nil && j.unit != nil && !j.opening {
		j.missing = b.w.missing(j.past, j.unit, j.month)
	}
	j.remarks = b.w.judgedRemarks(j)
	return j, err
}

// again reports whether the ledger will find that a file changes nothing.
func (b *batch) again(f *inHand) bool {
	return slices.ContainsFunc(b.seen[f.delivery.SHA256], func(s ledger.Submission) bool {
		return s.Unit == f.reading.Unit && s.Month == f.reading.Month &&
			(s.Counts() || s.State == f.reading.State)
	})
}
