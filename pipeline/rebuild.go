package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// The rules this file keeps:
//
//   - What came from outside is repeated as it was: the bytes in the archive,
//     each delivery's envelope, the forms issued, and what people decided, in
//     the order and at the moments the ledger gives.
//   - What follows from it is computed again by today's plan, rules and program:
//     readings, figures, findings, what stands, re-runs, editions, numbers,
//     receipts. Then both ledgers are compared row by row.
//   - The second ledger stands in a folder of its own; the one in use is only
//     read.

// Rebuilt is what came of rebuilding the ledger.
type Rebuilt struct {
	Events int          `json:"events"`
	Equal  bool         `json:"equal"`
	Tables []TableEqual `json:"tables"`
	// Since is what of plan, rules and program is not as it was when the ledger
	// in use was written, a sentence each: differences may follow from it.
	Since []string `json:"since"`
}

// TableEqual is how one table compares.
type TableEqual struct {
	Table  string   `json:"table"`
	Rows   int      `json:"rows"`
	Given  string   `json:"not_compared,omitempty"` // why
	Differ int      `json:"differ"`
	Lines  []string `json:"differences"` // the first ones
}

// shownDifferences is how many differences of a table are named.
const shownDifferences = 10

// Rebuild builds the ledger a second time from the archive and compares it with
// the one in use. tell hears how far it has come.
func (w *Workspace) Rebuild(ctx context.Context, tell func(done, of int)) (*Rebuilt, error) {
	dir, err := os.MkdirTemp("", "duban-rebuild-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	events, err := w.Ledger.Events(ctx)
	if err != nil {
		return nil, err
	}
	second, err := w.second(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer second.Ledger.Close()
	for i, e := range events {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := second.repeat(ctx, w, e); err != nil {
			return nil, fmt.Errorf("第%d件事（%s）：%w", i+1, clockTime(e.At), err)
		}
		tell(i+1, len(events))
	}
	compared, err := ledger.Compare(ctx, w.Ledger, second.Ledger)
	if err != nil {
		return nil, err
	}
	out := &Rebuilt{Events: len(events), Equal: true, Tables: []TableEqual{}, Since: []string{}}
	for _, c := range compared {
		out.add(c)
	}
	if !out.Equal {
		out.Since, err = w.movedOn(ctx)
	}
	return out, err
}

func (r *Rebuilt) add(c ledger.TableComparison) {
	t := TableEqual{Table: c.Name, Rows: c.Rows, Given: c.Given, Differ: len(c.Differ),
		Lines: []string{}}
	for _, d := range c.Differ[:min(len(c.Differ), shownDifferences)] {
		t.Lines = append(t.Lines, fmt.Sprintf("%s %s：在用 %s，重建 %s", d.Key, d.Column, d.First,
			d.Second))
	}
	r.Equal = r.Equal && t.Differ == 0
	r.Tables = append(r.Tables, t)
}

// rebuilding is a workspace whose ledger is a second one, and whose clock stands
// at the event that is repeated.
type rebuilding struct {
	*Workspace
	stored time.Time // the moment of the transaction
}

func (w *Workspace) second(ctx context.Context, dir string) (*rebuilding, error) {
	copied := *w
	r := &rebuilding{Workspace: &copied}
	r.taking, r.known = &sync.Mutex{}, nil                             // they are the other ledger's
	r.Log, r.Config.Mail = slog.New(slog.DiscardHandler), MailConfig{} // nobody hears of it
	var err error
	r.Ledger, err = ledger.Open(ctx, filepath.Join(dir, "duban.db"),
		ledger.Options{Now: func() time.Time { return r.stored }})
	return r, err
}

// repeat does one event again. w is the workspace in use.
func (r *rebuilding) repeat(ctx context.Context, w *Workspace, e ledger.Event) error {
	r.stored = e.At
	r.Now = func() time.Time { return e.At }
	var err error
	switch {
	case e.Issue != nil:
		err = r.Ledger.RecordIssue(ctx, *e.Issue)
	case e.Waiver != nil:
		_, err = r.Ledger.Waive(ctx, *e.Waiver, "")
	case e.Extension != nil:
		_, err = r.Ledger.Extend(ctx, *e.Extension, "")
	case e.Arrival != nil:
		err = r.arriveAgain(ctx, w, *e.Arrival)
	case e.Decision != nil:
		err = r.decideAgain(ctx, w, *e.Decision)
	case e.Run != nil:
		r.Now = func() time.Time { return e.Run.MadeAt }
		err = r.runAgain(ctx, *e.Run)
	case e.Digest != nil:
		r.Now = func() time.Time { return e.Digest.MadeAt }
		err = r.digestAgain(ctx, e.Digest.Month)
	}
	return err
}

// arriveAgain takes a delivery from the archived bytes.
func (r *rebuilding) arriveAgain(ctx context.Context, w *Workspace, a ledger.Arrival) error {
	b, err := w.folder.Original(a.SHA256, a.Claim)
	if err != nil {
		return fmt.Errorf("存档里的原件 %s（%s）读不出：%w", a.Name, shortSum(a.SHA256), err)
	}
	rd, err := w.Ledger.Reading(ctx, a.Reading)
	if err != nil {
		return err
	}
	h := Handing{Unit: r.Plan.Unit(a.Sender)}
	if rd.Opening { // only then somebody names the month
		h.Opening, h.Month = true, rd.Month
	}
	return r.storeTogether(ctx, []*inHand{
		{claim: intake.Claim{ID: a.Claim, Bytes: b}, delivery: a.Delivery, handing: h}})
}

// decideAgain repeats a decision on a held file; what it comes to is computed.
func (r *rebuilding) decideAgain(ctx context.Context, w *Workspace, d ledger.Decision) error {
	held, err := r.Ledger.Held(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(held, func(rd ledger.Reading) bool {
		return rd.Submission == d.Submission
	})
	if i < 0 {
		return fmt.Errorf("第%d件报送件在重建的台账里不是待核实", d.Submission)
	}
	a := Act{By: d.Who, Why: d.Why}
	if d.Verdict == ledger.Refuse {
		d, rd, say := r.refusing(held[i], a)
		_, err = r.storeDecision(ctx, held[i], d, rd, say)
		return err
	}
	came, err := w.Ledger.Reading(ctx, d.Reading)
	if err != nil {
		return err
	}
	d, rd, say, err := r.releasing(ctx, held[i], r.Plan.Unit(d.Unit), came.Month, a)
	if err != nil {
		return err
	}
	_, err = r.storeDecision(ctx, held[i], d, rd, say)
	return err
}

// runAgain repeats a re-run. One that changes nothing was asked for all the same.
func (r *rebuilding) runAgain(ctx context.Context, run ledger.RunEvent) error {
	p, err := r.Propose(ctx, run.Month, false)
	if err == nil && p.Makes() == 0 {
		p, err = r.Propose(ctx, run.Month, true)
	}
	if err != nil {
		return err
	}
	asked := *r.Workspace
	asked.operator, asked.reason = run.Who, run.Why
	_, err = asked.store(ctx, p)
	return err
}

func (r *rebuilding) digestAgain(ctx context.Context, m plan.Month) error {
	editions, err := r.firstEditions(ctx, m)
	if err != nil {
		return err
	}
	_, err = r.Ledger.MakeEditions(ctx, editions)
	return err
}

// movedOn names what of plan, rules, settings and program is not what the
// editions in use were made under.
func (w *Workspace) movedOn(ctx context.Context) ([]string, error) {
	editions, err := w.Ledger.Editions(ctx, 0)
	if err != nil {
		return nil, err
	}
	all := []string{}
	for _, e := range editions {
		s := standing{}
		if s.rulings, err = w.rulingsOf(ctx, e.Month); err != nil {
			return nil, err
		}
		now, err := w.inputs(s, e.Month)
		if err != nil {
			return nil, err
		}
		for _, words := range inputsMoved(e.Inputs, now) {
			if !slices.Contains(all, words) {
				all = append(all, words)
			}
		}
	}
	return all, nil
}

func inputsMoved(was, now ledger.Inputs) []string {
	var all []string
	say := func(cause, what, x, y string) {
		if x != y && x != "" {
			all = append(all, fmt.Sprintf("%s：%s当时为%s，现为%s", cause, what, x, y))
		}
	}
	say(causePlan, "实施方案", was.PlanVersion, now.PlanVersion)
	say(causePlan, "方案内容", was.Plan, now.Plan)
	say(causeRules, "审核规则", was.Rules, now.Rules)
	say(causeRules, "滞后界线", was.Settings[pinLights], now.Settings[pinLights])
	say(causeRules, "报送截止", was.Settings[pinDeadline], now.Settings[pinDeadline])
	say("文字调整", "通报文字", was.Settings[pinWording], now.Settings[pinWording])
	say(causeProgram, "程序", was.Program, now.Program)
	return all
}
