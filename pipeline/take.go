package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// Handing is what is known of files beside their bytes.
type Handing struct {
	DryRun   bool       // 预检: a receipt, and nothing is taken
	Unit     *plan.Unit // who the channel says sends them; nil: it does not say
	Month    plan.Month // the month they must be for; zero: any
	Opening  bool       // opening figures
	Received time.Time  // when they were really handed over; zero: now
	By       string     // who took them in
	Released bool       // an administrator says they are Unit's
}

// Outcome is what became of one file.
type Outcome struct {
	File     string         `json:"file"`
	SHA256   string         `json:"sha256"`
	Unit     string         `json:"unit"` // code; "" when it could not be told
	Month    string         `json:"month"`
	State    plan.State     `json:"state"`
	Findings []plan.Finding `json:"findings"`
	Receipt  string         `json:"receipt"` // path of the annotated workbook
	Verdict  string         `json:"-"`
	// Transcript is the path of the fresh form filled from a mangled one (代转抄).
	Transcript string `json:"transcript,omitempty"`
}

// Submit takes files in at the counter: the same way as the inbox.
func (w *Workspace) Submit(ctx context.Context, files []string, h Handing) ([]Outcome, error) {
	counter := &intake.Counter{Folder: w.folder}
	handed := intake.Handed{By: h.By, ReceivedAt: h.Received}
	if h.Unit != nil {
		handed.Unit = h.Unit.Code
	}
	outcomes := []Outcome{}
	var fault error
	if err := w.canBe(h.Received); err != nil {
		return outcomes, err
	}
	if !h.DryRun {
		if fault = w.onOwnDisk(); fault == nil && w.hand == nil {
			w.hand, fault = newHand(w.path("state/in-hand-counter.json"), w.Log)
		}
		if fault != nil {
			return outcomes, fault
		}
	}
	for _, file := range files {
		bring := counter.Hand
		if h.DryRun {
			bring = counter.Read
		}
		c, err := bring(file, handed)
		if err != nil {
			fault = &UserError{What: err.Error()}
			break
		}
		o, err := w.handOver(ctx, c, h)
		if err != nil {
			fault = fmt.Errorf("%s: %w", file, err)
			break
		}
		o.File = file
		outcomes = append(outcomes, o)
	}
	w.hand.lay(inTake)
	return outcomes, errors.Join(fault, w.sendOut(ctx))
}

// canBe refuses a time at which no form can have been handed over; zero is now.
func (w *Workspace) canBe(received time.Time) error {
	switch {
	case received.IsZero():
	case received.After(w.Now()):
		return &UserError{What: "收到的时间 " + clockTime(received) + " 还没有到",
			Fix: "核对 --received；现在是 " + clockTime(w.Now()) + "。"}
	case plan.MonthAt(received) < w.Plan.From:
		return &UserError{What: "收到的时间 " + clockTime(received) + " 早于方案的起始月份" +
			w.Plan.From.Chinese(), Fix: "核对 --received。"}
	}
	return nil
}

// handOver takes one file, or only answers it.
func (w *Workspace) handOver(ctx context.Context, c intake.Claim, h Handing) (Outcome, error) {
	if h.DryRun {
		return w.rehearse(ctx, c, h)
	}
	t := w.take(ctx, []intake.Claim{c}, h)[0]
	return t.Outcome, t.err
}

// takeAll takes claims of the inbox; a fault of one keeps it in work, to be
// tried again later, and does not stop the rest. Messages are taken one by one,
// files that follow each other together.
func (w *Workspace) takeAll(ctx context.Context, claims []intake.Claim) []Outcome {
	outcomes := []Outcome{}
	for len(claims) > 0 {
		if isMail(claims[0]) {
			all, err := w.takeMail(ctx, claims[0])
			outcomes = append(outcomes, all...)
			if err != nil {
				w.Log.Error("邮件没有处理成，稍后再试", "claim", claims[0].ID, "err", err)
				w.folder.Later(claims[0])
			}
			claims = claims[1:]
			continue
		}
		n := 1
		for !w.hand.careful() && n < len(claims) && !isMail(claims[n]) {
			n++
		}
		for i, t := range w.take(ctx, claims[:n], Handing{}) {
			if t.err == nil {
				outcomes = append(outcomes, t.Outcome)
				continue
			}
			c := claims[i]
			if errors.Is(t.err, errNotWhole) {
				w.Log.Info("文件可能还没有传完，过一会儿再读", "file", c.Name, "claim", c.ID)
				w.folder.Later(c)
				continue
			}
			w.Log.Error("文件没有处理成，稍后再试", "file", c.Name, "claim", c.ID, "err", t.err)
			w.folder.Later(c)
		}
		claims = claims[n:]
	}
	w.hand.lay(inTake)
	if err := w.sendOut(ctx); err != nil {
		w.Log.Error("回执没有写成，下一分钟再试", "err", err)
	}
	return outcomes
}

// patience is how often the daemon puts off a file that breaks off in the
// middle: it may still be copied, though it has rested. Then it is refused.
const patience = 2

var errNotWhole = errors.New("the file is not whole yet")

// taken is what became of one claim.
type taken struct {
	Outcome
	err error // the claim is still in work
}

// take is the way of files: read, check, one transaction, then settle. Their
// receipts are rows of that transaction, written by sendOut. h is what is known
// of them beside what their claims say.
func (w *Workspace) take(ctx context.Context, claims []intake.Claim, h Handing) []taken {
	all := make([]taken, len(claims))
	hands := make([]*inHand, len(claims)) // nil: too big to read
	for i, c := range claims {
		w.stage(ctx, stageClaimed, "claim", c.ID, "file", c.Name, "channel", c.Channel,
			"unit", c.Unit, "size", c.Size)
		if c.TooBig {
			all[i].Outcome, all[i].err = w.refuseTooBig(ctx, c)
			continue
		}
		w.hand.take(inTake, "file/"+c.SHA256)
		own := h
		if own.Unit == nil {
			own.Unit = w.Plan.Unit(c.Unit)
		}
		hands[i] = &inHand{claim: c, delivery: w.deliveryOf(c), handing: own,
			patient: w.patient && c.Channel == intake.ByFolder && c.Attempts < patience}
	}
	files := slices.DeleteFunc(slices.Clone(hands), func(f *inHand) bool { return f == nil })
	w.storeAll(ctx, files)
	w.settleAll(ctx, files)
	for i, f := range hands {
		if f == nil {
			continue
		}
		if f.err == nil && f.taken.Again && !f.known { // what was found before is answered
			f.reading, f.err = w.Ledger.Reading(ctx, f.taken.Reading)
		}
		if all[i].err = f.err; f.err == nil {
			all[i].Outcome = w.outcomeOf(f)
		}
	}
	return all
}

// settleAll moves what was stored out of work: what a person must look at aside,
// all else into the archive.
func (w *Workspace) settleAll(ctx context.Context, files []*inHand) {
	for _, to := range []struct {
		aside bool
		move  func(...intake.Claim) error
	}{{false, w.folder.Settle}, {true, w.folder.SetAside}} {
		var moving []*inHand
		var claims []intake.Claim
		for _, f := range files {
			if f.err == nil && to.aside == (f.reading.State == plan.Quarantined) {
				moving, claims = append(moving, f), append(claims, f.claim)
			}
		}
		err := to.move(claims...)
		for _, f := range moving {
			if f.err = err; err == nil {
				w.stage(ctx, stageSettled, "claim", f.claim.ID, "sha256", f.delivery.SHA256,
					"state", f.reading.State)
			}
		}
	}
}

// outcomeOf tells what became of a file that was stored.
func (w *Workspace) outcomeOf(f *inHand) Outcome {
	c, rd := f.claim, f.reading
	files := w.namesOf(ledger.Arrival{ID: f.taken.Delivery, Delivery: f.delivery}, rd)
	o := Outcome{File: plan.Mask(c.Name), SHA256: c.SHA256, Unit: rd.Unit, Month: rd.Month.String(),
		State: rd.State, Findings: rd.Findings, Receipt: files.xlsx,
		Verdict: w.verdict(rd, f.taken.Again)}
	if o.Findings == nil {
		o.Findings = []plan.Finding{}
	}
	if f.copied != nil {
		o.Transcript = files.transcript
	}
	return o
}

// readingOf is what the ledger keeps of a judgement.
func (w *Workspace) readingOf(j *judgement, d plan.Delivery) ledger.Reading {
	return ledger.Reading{
		Program: Version, PlanVersion: w.Plan.In(j.month).Version, Unit: j.unitCode(), Month: j.month,
		State: j.State, Opening: j.opening, Filler: j.filler, Reviewer: j.reviewer,
		Late:    !j.opening && j.month != 0 && j.past.rulings.late(j.unitCode(), d.ReceivedAt),
		Figures: j.Figures, Refused: j.Refused, Findings: j.Findings,
		Explanations: j.explanations(),
	}
}

// deliveryOf says how a claim came. Its sender is the unit's code where the
// channel says whose it is, so that a re-run knows it too.
func (w *Workspace) deliveryOf(c intake.Claim) plan.Delivery {
	d := plan.Delivery{SHA256: c.SHA256, Name: c.Name, Channel: c.Channel,
		Sender:     cmp.Or(c.Unit, c.Sender),
		ReceivedAt: c.ReceivedAt, HandedBy: c.By}
	if d.ReceivedAt.IsZero() {
		d.ReceivedAt = c.SeenAt
	}
	if d.ReceivedAt.IsZero() {
		d.ReceivedAt = w.Now()
	}
	d.ReceivedAt = d.ReceivedAt.In(w.Now().Location()).Truncate(time.Second)
	return d
}
