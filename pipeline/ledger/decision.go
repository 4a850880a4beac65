package ledger

import (
	"context"
	"time"

	"duban/pipeline/plan"
)

// Waiver (豁免): from one month to another a rule is only told, or an indicator
// or a unit owes nothing. "" in Rule, Item or Unit means any.
type Waiver struct {
	Rule, Item, Unit   string
	From, To           plan.Month // both inclusive
	Who, Why, Document string

	// Filled in by the ledger.
	ID int64
	At time.Time
}

// Covers reports whether the waiver holds for a month, item and unit.
func (v Waiver) Covers(m plan.Month, item, unit string) bool {
	return m >= v.From && m <= v.To && (v.Item == "" || v.Item == item) &&
		(v.Unit == "" || v.Unit == unit)
}

// Extension (延期): one unit's forms of one month are due later.
type Extension struct {
	Unit               string
	Month              plan.Month
	Until              time.Time
	Who, Why, Document string

	// Filled in by the ledger.
	ID int64
	At time.Time
}

const (
	selectWaivers = `SELECT id, rule, item, unit, from_month, to_month, who, why, document, at
		FROM waivers`
	selectExtensions = `SELECT id, unit, month, until, who, why, document, at FROM extensions`
	selectDecisions  = `SELECT id, submission, reading, verdict, unit, who, why, at FROM decisions`
)

// Waive stores a waiver and notes the act, with words for the audit log.
func (l *Ledger) Waive(ctx context.Context, v Waiver, detail string) (Waiver, error) {
	err := l.write(ctx, func(t *tx) (err error) {
		v.At = t.now
		v.ID, err = t.record("waivers", `INSERT INTO waivers (rule, item, unit, from_month,
			to_month, who, why, document, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, v.Rule, v.Item, v.Unit,
			v.From.String(), v.To.String(), v.Who, v.Why, v.Document, t.at(t.now))
		if err != nil {
			return err
		}
		return t.audit(v.Who, "豁免", detail)
	})
	return v, err
}

// Waivers lists the waivers that hold in a month (zero: all), the oldest first.
func (l *Ledger) Waivers(ctx context.Context, m plan.Month) ([]Waiver, error) {
	return list(ctx, l, (*tx).scanWaiver,
		selectWaivers+` WHERE ?1 = '' OR ?1 BETWEEN from_month AND to_month ORDER BY id`, m.String())
}

func (t *tx) scanWaiver(scan row) (v Waiver, err error) {
	err = scan(&v.ID, &v.Rule, &v.Item, &v.Unit, toMonth(&v.From), toMonth(&v.To), &v.Who,
		&v.Why, &v.Document, t.toTime(&v.At))
	return v, err
}

// Extend stores an extension and notes the act, with words for the audit log.
// Of several for one unit and month the last one counts.
func (l *Ledger) Extend(ctx context.Context, e Extension, detail string) (Extension, error) {
	err := l.write(ctx, func(t *tx) (err error) {
		e.At = t.now
		e.ID, err = t.record("extensions", `INSERT INTO extensions (unit, month, until, who, why,
			document, at) VALUES (?, ?, ?, ?, ?, ?, ?)`, e.Unit, e.Month.String(),
			t.at(e.Until), e.Who, e.Why, e.Document, t.at(t.now))
		if err != nil {
			return err
		}
		return t.audit(e.Who, "延期", detail)
	})
	return e, err
}

// Extensions lists the extensions of a month (zero: of all), the oldest first.
func (l *Ledger) Extensions(ctx context.Context, m plan.Month) ([]Extension, error) {
	return list(ctx, l, (*tx).scanExtension,
		selectExtensions+` WHERE ?1 = '' OR month = ?1 ORDER BY id`, m.String())
}

func (t *tx) scanExtension(scan row) (e Extension, err error) {
	err = scan(&e.ID, &e.Unit, toMonth(&e.Month), t.toTime(&e.Until), &e.Who, &e.Why,
		&e.Document, t.toTime(&e.At))
	return e, err
}

// The verdicts on a file that was held.
const (
	Release = "放行"
	Refuse  = "不予接收"
)

// Decision is what an administrator decided of a file that was held (待核实).
type Decision struct {
	Submission int64
	Verdict    string // Release, Refuse
	Unit       string // whose it is; "" of a refused one
	Who, Why   string

	// Filled in when read from the ledger.
	ID, Reading int64
	At          time.Time
}

// Decide stores a decision with the reading that comes of it, which becomes
// the current one of its submission, and what answer makes of its id must go
// out: in one transaction. Nothing is deleted.
func (l *Ledger) Decide(ctx context.Context, d Decision, r Reading, detail string,
	answer func(reading int64) []Outgoing) (Decision, error) {
	err := l.write(ctx, func(t *tx) (err error) {
		run, err := t.record("runs", insertRun, r.Month.String(), t.at(t.now), d.Who,
			d.Verdict+"："+d.Why, r.Program, r.PlanVersion)
		if err != nil {
			return err
		}
		r.Submission = d.Submission
		if d.Reading, err = t.replace(&r, run); err != nil {
			return err
		}
		if err := t.restand(run); err != nil {
			return err
		}
		d.At = t.now
		d.ID, err = t.record("decisions", `INSERT INTO decisions (submission, reading, verdict,
			unit, who, why, at) VALUES (?, ?, ?, ?, ?, ?, ?)`, d.Submission, d.Reading,
			d.Verdict, d.Unit, d.Who, d.Why, t.at(t.now))
		if err != nil {
			return err
		}
		if err := t.audit(d.Who, d.Verdict, detail); err != nil {
			return err
		}
		return t.queue(answer(d.Reading), 0, 0)
	})
	return d, err
}

// Decisions gives the last decision on each submission that was decided on.
func (l *Ledger) Decisions(ctx context.Context) (map[int64]Decision, error) {
	all, err := list(ctx, l, (*tx).scanDecision, selectDecisions+` ORDER BY id`)
	if err != nil {
		return nil, err
	}
	of := map[int64]Decision{}
	for _, d := range all {
		of[d.Submission] = d
	}
	return of, nil
}

func (t *tx) scanDecision(scan row) (d Decision, err error) {
	err = scan(&d.ID, &d.Submission, &d.Reading, &d.Verdict, &d.Unit, &d.Who, &d.Why,
		t.toTime(&d.At))
	return d, err
}

// Held lists the readings that wait for a decision, of every month, in the
// order of their submissions.
func (l *Ledger) Held(ctx context.Context) ([]Reading, error) {
	return l.readings(ctx, "IN (SELECT id FROM readings WHERE current = 1 AND state = ?)",
		string(plan.Quarantined))
}
