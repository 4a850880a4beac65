package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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
	if w.hand == nil && !h.DryRun {
		if w.hand, fault = newHand(w.path("state/in-hand-counter.json"), w.Log); fault != nil {
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
		o, err := w.take(ctx, c, h)
		if err != nil {
			fault = fmt.Errorf("%s: %w", file, err)
			break
		}
		o.File = file
		outcomes = append(outcomes, o)
		if h.Opening && !h.DryRun {
			if err := w.audit(ctx, "期初", fmt.Sprintf("收%s期初数 %s（%s）", h.Month.Chinese(),
				c.Name, o.State)); err != nil {
				return outcomes, err
			}
		}
	}
	w.hand.lay(inTake)
	return outcomes, errors.Join(fault, w.sendOut(ctx))
}

// takeAll takes claims of the inbox one after the other; a fault of one keeps
// it in work, to be tried again later, and does not stop the rest.
func (w *Workspace) takeAll(ctx context.Context, claims []intake.Claim) []Outcome {
	outcomes := []Outcome{}
	for _, c := range claims {
		if isMail(c) {
			all, err := w.takeMail(ctx, c)
			outcomes = append(outcomes, all...)
			if err != nil {
				w.Log.Error("邮件没有处理成，稍后再试", "claim", c.ID, "err", err)
				w.folder.Later(c)
			}
			continue
		}
		h := Handing{Unit: w.Plan.Unit(c.Unit), Received: c.ReceivedAt, By: c.By}
		o, err := w.take(ctx, c, h)
		if err != nil {
			w.Log.Error("文件没有处理成，稍后再试", "file", c.Name, "claim", c.ID, "err", err)
			w.folder.Later(c)
			continue
		}
		outcomes = append(outcomes, o)
	}
	w.hand.lay(inTake)
	if err := w.sendOut(ctx); err != nil {
		w.Log.Error("回执没有写成，下一分钟再试", "err", err)
	}
	return outcomes
}

// take is the way of one file: read, check, one transaction, then settle. Its
// receipt is a row of that transaction, written by sendOut.
func (w *Workspace) take(ctx context.Context, c intake.Claim, h Handing) (Outcome, error) {
	w.hand.take(inTake, "file/"+c.SHA256)
	d := w.deliveryOf(c)
	w.stage(ctx, stageClaimed, "claim", c.ID, "file", c.Name, "channel", c.Channel, "unit", c.Unit,
		"size", c.Size)
	if c.TooBig {
		return w.refuseTooBig(ctx, c)
	}
	j, err := w.judgeSafely(ctx, c.Bytes, d, h)
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{File: plan.Mask(c.Name), SHA256: c.SHA256, Unit: j.unitCode(), Month: j.month.String(),
		State: j.State, Findings: j.Findings}
	if o.Findings == nil {
		o.Findings = []plan.Finding{}
	}
	w.stage(ctx, stageJudged, "claim", c.ID, "sha256", c.SHA256, "unit", o.Unit, "month", o.Month,
		"state", o.State, "figures", len(j.Figures), "refused", len(j.Refused),
		"findings", len(j.Findings))
	t := w.transcribeSafely(ctx, c.Bytes, j)
	if h.DryRun {
		return w.rehearse(c, d, j, t, o)
	}
	out, err := answerOf(c.ID, j, t)
	if err != nil {
		return Outcome{}, err
	}
	taken, err := w.Ledger.Take(ctx, ledger.Taking{
		Claim: c.ID, Delivery: d, Size: c.Size, Reading: w.readingOf(j, d),
		Outgoing: out, Again: out,
	})
	if err != nil {
		return Outcome{}, err
	}
	w.stage(ctx, stageTaken, "claim", c.ID, "sha256", c.SHA256, "delivery", taken.Delivery,
		"submission", taken.Submission, "again", taken.Again)
	settle := w.folder.Settle
	if j.State == plan.Quarantined && !taken.Again {
		settle = w.folder.SetAside
	}
	if err := settle(c); err != nil {
		return Outcome{}, err
	}
	w.stage(ctx, stageSettled, "claim", c.ID, "sha256", c.SHA256, "state", o.State)
	files, verdict, err := w.receiptOf(ctx, taken.Delivery)
	if err != nil {
		return Outcome{}, err
	}
	o.Receipt, o.Verdict = files.xlsx, verdict
	if t != nil {
		o.Transcript = files.transcript
	}
	return o, nil
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
