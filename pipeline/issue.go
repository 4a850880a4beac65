package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"duban/pipeline/form"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/post"
	"duban/pipeline/schedule"
)

// IssuedForm is one form that was issued.
type IssuedForm struct {
	Unit  string `json:"unit"`
	Name  string `json:"name"`
	Rows  int    `json:"rows"`
	Issue int    `json:"issue"`
	File  string `json:"file"`
}

// issued is the body of an outgoing form.
type issued struct {
	File  string
	Bytes []byte
}

// IssueForms issues the month's form to every unit that has something to
// report, or to one. Issuing again what has not changed is the same issue.
func (w *Workspace) IssueForms(ctx context.Context, m plan.Month, only *plan.Unit) (
	[]IssuedForm, error) {
	if err := w.inPlan(m); err != nil {
		return nil, err
	}
	r, err := w.recordUpTo(ctx, m-1)
	if err != nil {
		return nil, err
	}
	if _, err := w.Deadline(m); err != nil {
		return nil, err
	}
	ruled, err := w.rulingsOf(ctx, m)
	if err != nil {
		return nil, err
	}
	forms := []IssuedForm{}
	for _, u := range w.Plan.Units {
		rows := w.rows(r, u, m)
		if only != nil && u != only || len(rows) == 0 {
			continue
		}
		for i := range rows {
			if _, free := ruled.exempt(rows[i].ID(), u.Code); free {
				rows[i].NotDue = true
			}
		}
		f, err := w.issue(ctx, &form.Form{Plan: w.Plan.In(m), Unit: u, Month: m,
			Deadline: ruled.due(u.Code), Office: w.Config.Office, Rows: rows,
			Adjusted: w.adjustedFor(u, m)})
		if err != nil {
			return forms, fmt.Errorf("%s: %w", u.Name, err)
		}
		forms = append(forms, f)
	}
	if only != nil && len(forms) == 0 {
		return nil, &UserError{What: fmt.Sprintf("%s%s没有要报送的指标或任务", only.Name, m.Chinese()),
			Fix: "它的事项都已完成或销号，不需要填报表。"}
	}
	return forms, w.sendOut(ctx)
}

// IssueOpening issues the form for opening figures (期初数), for all units.
func (w *Workspace) IssueOpening(ctx context.Context, m plan.Month) (IssuedForm, error) {
	if err := w.inPlan(m); err != nil {
		return IssuedForm{}, err
	}
	if m > plan.MonthAt(w.Now()) {
		return IssuedForm{}, &UserError{What: m.Chinese() + "还没有到，说不出到月底的数",
			Fix: "期初数是启用前一个月的月底数；用 --month 写明那个月。"}
	}
	rows, err := w.OpeningRows(ctx, m)
	if err != nil {
		return IssuedForm{}, err
	}
	f, err := w.issue(ctx, &form.Form{Plan: w.Plan.In(m), Month: m, Opening: true,
		Office: w.Config.Office, Rows: rows})
	if err != nil {
		return IssuedForm{}, err
	}
	if err := w.audit(ctx, "期初", "生成"+m.Chinese()+"期初填报表"); err != nil {
		return IssuedForm{}, err
	}
	return f, w.sendOut(ctx)
}

// inPlan refuses a month before the plan, and one that is a year away: a slip, of
// which the calendar of its year would be asked for.
func (w *Workspace) inPlan(m plan.Month) error {
	now := plan.MonthAt(w.Now())
	switch {
	case m < w.Plan.From:
		return &UserError{What: fmt.Sprintf("%s早于方案的起始月份%s", m.Chinese(), w.Plan.From.Chinese()),
			Fix: "核对 --month；方案的起止月份在 plan/plan.yaml。"}
	case m > now+12:
		return &UserError{What: m.Chinese() + "还早", Fix: "核对 --month；现在是" + now.Chinese() + "。"}
	}
	return nil
}

// issue writes the form under the number it was issued by before, and under a
// new one when it has become another form.
func (w *Workspace) issue(ctx context.Context, f *form.Form) (IssuedForm, error) {
	f.Words = w.wording.form
	unit, name := "", "各单位"
	if f.Unit != nil {
		unit, name = f.Unit.Code, f.Unit.Name
	}
	last, err := w.Ledger.IssueOf(ctx, unit, f.Month)
	if err != nil {
		return IssuedForm{}, err
	}
	var b []byte
	if last.Number > 0 {
		f.Issue, f.IssuedAt, f.Version = last.Number, dayOf(last.At), w.issuedUnder(last)
		if b, err = form.Write(f, w.key); err != nil {
			return IssuedForm{}, err
		}
	}
	if last.Number == 0 || sum(b) != last.SHA256 {
		f.Issue, f.IssuedAt, f.Version = last.Number+1, dayOf(w.Now()), f.Plan.Version
		if b, err = form.Write(f, w.key); err != nil {
			return IssuedForm{}, err
		}
	}
	file := w.formFile(f.Month, f.Unit)
	mails, err := w.mailForm(f, post.File{Name: filepath.Base(file), Bytes: b})
	if err != nil {
		return IssuedForm{}, err
	}
	body, err := json.Marshal(issued{File: file, Bytes: b})
	if err != nil {
		return IssuedForm{}, err
	}
	err = w.Ledger.RecordIssue(ctx, ledger.Issue{Unit: unit, Month: f.Month, Number: f.Issue,
		PlanVersion: f.Version, SHA256: sum(b)},
		append(mails, ledger.Outgoing{Key: fmt.Sprintf("form/%s/%s/%d", f.Month, unit, f.Issue),
			Kind: kindForm, Body: body})...)
	if err != nil {
		return IssuedForm{}, err
	}
	// The row writes the file once; asked for again, it is put back as it was.
	if f.Issue == last.Number {
		if err := put(outFile(w.path(file), b)); err != nil {
			return IssuedForm{}, err
		}
	}
	if f.Issue > max(last.Number, 1) {
		if err := w.audit(ctx, "重新下发", fmt.Sprintf("%s%s填报表第%d次下发", name,
			f.Month.Chinese(), f.Issue)); err != nil {
			return IssuedForm{}, err
		}
	}
	return IssuedForm{Unit: unit, Name: name, Rows: len(f.Rows), Issue: f.Issue,
		File: w.path(file)}, nil
}

// formFile is where a unit's form goes, relative to the workspace.
func (w *Workspace) formFile(m plan.Month, u *plan.Unit) string {
	if u == nil {
		return fmt.Sprintf("outbox/forms/%s/期初填报表-%s.xlsx", m, m)
	}
	for i, x := range w.Plan.Units {
		if x == u {
			return fmt.Sprintf("outbox/forms/%s/%02d-%s-%s填报表.xlsx", m, i+1, u.Name, m.Chinese())
		}
	}
	panic("pipeline: a form for a unit that is not in the plan")
}

// FormFile is where a unit's form of a month is.
func (w *Workspace) FormFile(m plan.Month, u *plan.Unit) string { return w.path(w.formFile(m, u)) }

// Rows are the rows of a unit's form of a month.
func (w *Workspace) Rows(ctx context.Context, m plan.Month, u *plan.Unit) ([]form.Row, error) {
	r, err := w.recordUpTo(ctx, m-1)
	if err != nil {
		return nil, err
	}
	return w.rows(r, u, m), nil
}

// OpeningRows are the rows of the opening form: every unit's, item by item.
func (w *Workspace) OpeningRows(ctx context.Context, m plan.Month) ([]form.Row, error) {
	r, err := w.recordUpTo(ctx, m-1)
	if err != nil {
		return nil, err
	}
	var rows []form.Row
	for _, u := range w.Plan.Units {
		for _, row := range w.rows(r, u, m) {
			row.NotDue = false
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// UnitsDue are the units with something to report for a month.
func (w *Workspace) UnitsDue(ctx context.Context, m plan.Month) ([]*plan.Unit, error) {
	r, err := w.recordUpTo(ctx, m-1)
	if err != nil {
		return nil, err
	}
	var units []*plan.Unit
	for _, u := range w.Plan.Units {
		if len(w.rows(r, u, m)) > 0 {
			units = append(units, u)
		}
	}
	return units, nil
}

func dayOf(t time.Time) time.Time {
	t = t.In(schedule.Zone)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, schedule.Zone)
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
