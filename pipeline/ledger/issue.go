package ledger

import (
	"context"
	"errors"
	"time"

	"duban/pipeline/plan"
)

// Issue is one form that was issued (下发).
type Issue struct {
	Unit        string // code; "" is the opening form of all units
	Month       plan.Month
	Number      int // 1 for the first of a unit and month
	PlanVersion string
	SHA256      string
	At          time.Time // filled in by the ledger
}

const (
	insertIssue = `INSERT INTO issues (unit, month, issue, plan_version, sha256, at)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	selectIssues = `SELECT unit, month, issue, plan_version, sha256, at FROM issues`
)

// RecordIssue notes a form that is issued, with what must go out for it. The
// same form again changes nothing; another form under a number that was given
// is ErrIssueTaken.
func (l *Ledger) RecordIssue(ctx context.Context, i Issue, out ...Outgoing) error {
	return l.write(ctx, func(t *tx) error {
		if _, err := t.exec(insertIssue, i.Unit, i.Month.String(), i.Number, i.PlanVersion,
			i.SHA256, t.at(t.now)); err != nil {
			return err
		}
		var sha, version string
		if _, err := t.one(`SELECT sha256, plan_version FROM issues
			WHERE unit = ? AND month = ? AND issue = ?`,
			[]any{i.Unit, i.Month.String(), i.Number}, &sha, &version); err != nil {
			return err
		}
		if sha != i.SHA256 || version != i.PlanVersion {
			return ErrIssueTaken
		}
		return t.queue(out, 0, 0)
	})
}

// IssueOf is the latest issue of a unit's form for a month; Number 0 when
// there is none.
func (l *Ledger) IssueOf(ctx context.Context, unit string, m plan.Month) (Issue, error) {
	i, err := first(ctx, l, (*tx).scanIssue,
		selectIssues+` WHERE unit = ? AND month = ? ORDER BY issue DESC LIMIT 1`, unit, m.String())
	if errors.Is(err, ErrNoRow) {
		return Issue{Unit: unit, Month: m}, nil
	}
	return i, err
}

// Issues lists every form issued for a month, by unit and number.
func (l *Ledger) Issues(ctx context.Context, m plan.Month) ([]Issue, error) {
	return list(ctx, l, (*tx).scanIssue,
		selectIssues+` WHERE month = ? ORDER BY unit, issue`, m.String())
}

func (t *tx) scanIssue(scan row) (Issue, error) {
	var i Issue
	err := scan(&i.Unit, toMonth(&i.Month), &i.Number, &i.PlanVersion, &i.SHA256, t.toTime(&i.At))
	return i, err
}
