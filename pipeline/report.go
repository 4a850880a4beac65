package pipeline

import (
	"context"
	"strings"
	"time"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// report judges every indicator of a month and gathers what the digest says, as
// things stand. Edition and number are the ledger's to give.
func (w *Workspace) report(ctx context.Context, s standing, m plan.Month, made time.Time) (
	*digest.Report, error) {
	h, err := w.historyOf(ctx, m)
	if err != nil {
		return nil, err
	}
	now := w.Plan.In(m)
	rep := &digest.Report{
		PlanTitle: now.Title, PlanVersion: now.Version,
		Month: m.String(), MadeAt: made.Format(time.RFC3339Nano),
		Deadline:     s.rulings.deadline.Format(time.RFC3339),
		NextDeadline: w.correctionDeadline(made).Format(time.RFC3339),
		Fields:       now.Fields, Program: Version,
	}
	rep.Conflicts = w.conflictsInDigest(s)
	rep.Rulings = w.inDigest(s.rulings)
	rep.Adjustments = w.adjustmentsInDigest(m)
	g := gathering{w: w, r: s.record, month: m, report: rep, findings: s.queries(),
		words: s.words}
	for _, it := range now.Items {
		g.item(it)
		switch it.Sort {
		case plan.Goal:
			rep.Goals++
		case plan.Task:
			rep.Tasks++
		case plan.Annex:
			rep.Annexes++
		}
	}
	for _, u := range w.statusOf(s, m) {
		rep.Units = append(rep.Units, u.line())
	}
	h.tell(w, rep)
	return rep, nil
}

// gathering fills a report item by item.
type gathering struct {
	w        *Workspace
	r        record
	month    plan.Month
	report   *digest.Report
	findings map[subject][]plan.Finding
	words    func(subject) (string, bool) // what a unit said to a 存疑
}

func (g *gathering) item(it *plan.Item) {
	for _, ind := range it.Indicators {
		if len(ind.Reporters) == 0 {
			g.indicator(it, ind, nil)
		}
		for _, u := range ind.Reporters {
			g.indicator(it, ind, u)
		}
	}
	if len(it.Indicators) > 0 {
		return
	}
	for _, u := range it.Leads {
		g.work(it, u)
	}
}

func (g *gathering) indicator(it *plan.Item, ind *plan.Indicator, u *plan.Unit) {
	s := assess.Subject{Plan: g.w.Plan.In(g.month), Indicator: ind, Unit: u, Month: g.month}
	var entry ledger.Entry
	var found bool
	if u != nil {
		for _, e := range g.r[subject{ind.ID, u.Code}] {
			s.Figures = append(s.Figures, e.Figure)
		}
		entry, found = g.r.at(ind.ID, u.Code, g.month)
	}
	a := assess.Of(s, g.w.thresholds())
	line := digest.Line{
		ID: ind.ID, Name: ind.Name, Item: it.ID, Sort: string(it.Sort), ItemTitle: it.Title,
		Field: it.Field, Measure: ind.Measure, Target: ind.TargetText(),
		TargetValue: ind.Target.String(), Due: ind.Due.String(), Strength: string(ind.Strength),
		Kind: string(ind.Kind), State: string(plan.Missing), Value: a.Value.String(),
		Expected: a.Due.String(), Done: a.Done.String(), DuePercent: a.DuePercent.String(),
		Gap: a.Gap.String(), Light: string(a.Light), LightWord: a.Light.Chinese(),
		Overdue: a.Overdue, Complete: a.Complete, Sentence: a.Sentence, Reason: a.Reason,
		Note: ind.Note, SameAs: ind.SameAs, Rule: a.Rule, Lag: a.Lag, OverYear: a.OverYear,
		OverMonth: a.OverMonth, Promised: a.Promised.String(), Postponed: a.Postponed,
	}
	if u == nil {
		line.State = ""
		g.report.Lines = append(g.report.Lines, line)
		return
	}
	line.UnitCode, line.Unit = u.Code, u.Name
	if found {
		line.State, line.Added = string(entry.State), entry.Added.String()
		line.Progress, line.Remark = string(entry.Progress), plan.Mask(entry.Remark)
	} else if a.Complete || !ind.Frequency.Due(g.month) {
		line.State = string(plan.NotDue)
	}
	if a.AsOf != 0 {
		line.AsOf, line.Shown = a.AsOf.String(), assess.Shown(&a)
	}
	// The source is the cell that brought the value, though it be of an older
	// month.
	if a.AsOf != 0 && a.AsOf != g.month {
		entry, found = g.r.at(ind.ID, u.Code, a.AsOf)
		if line.Progress == "" && found {
			line.Progress = string(entry.Progress)
		}
	}
	if found {
		line.Source = g.source(entry, line.Value)
	}
	if text, ok := g.words(subject{ind.ID, u.Code}); ok {
		line.Explained = plan.Mask(text)
	}
	for _, f := range g.findings[subject{ind.ID, u.Code}] {
		line.Findings = append(line.Findings, plan.Mask(f.Message))
	}
	g.report.Lines = append(g.report.Lines, line)
}

func (g *gathering) work(it *plan.Item, u *plan.Unit) {
	work := digest.Work{Item: it.ID, Sort: string(it.Sort), Title: it.Title, Field: it.Field,
		UnitCode: u.Code, Unit: u.Name, State: string(plan.Missing)}
	if e, ok := g.r.at(it.ID, u.Code, g.month); ok {
		work.State, work.Progress = string(e.State), string(e.Progress)
		work.Remark, work.Source = plan.Mask(e.Remark), g.source(e, "")
	}
	g.report.Works = append(g.report.Works, work)
}

// source adds where a figure came from and returns its row.
func (g *gathering) source(e ledger.Entry, value string) int {
	s := digest.Source{
		ID: e.ID, Month: e.Month.String(), Value: value,
		Progress: string(e.Progress), State: string(e.State),
		File: plan.Mask(e.FileName), SHA256: e.SHA256, Sheet: e.Sheet, Cell: e.Cell,
		Raw:    plan.Mask(e.Raw),
		Sender: g.w.senderName(e.Sender, e.HandedBy), Channel: e.Channel,
		ReceivedAt: e.ReceivedAt.Format(time.RFC3339),
	}
	if u := g.w.Plan.Unit(e.Unit); u != nil {
		s.Unit = u.Name
	}
	g.report.Sources = append(g.report.Sources, s)
	return len(g.report.Sources)
}

// senderName shows who the channel says sent a file, else who took it in.
func (w *Workspace) senderName(sender, handedBy string) string {
	switch u := w.Plan.Unit(sender); {
	case u != nil:
		return u.Name
	case sender != "":
		return sender
	case handedBy != "":
		return handedBy + "经手"
	}
	return "渠道未注明"
}

// shortSum is how a file is named where its whole hash is too long.
func shortSum(sha string) string { return strings.ToLower(sha[:min(len(sha), 12)]) }
