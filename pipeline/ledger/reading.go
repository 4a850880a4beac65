package ledger

import (
	"context"
	"time"

	"duban/pipeline/plan"
)

// Reading is what one version of program and plan made of one submission.
type Reading struct {
	ID          int64
	Submission  int64
	Run         int64 // the re-run that made it; 0: made when it was taken
	At          time.Time
	Program     string
	PlanVersion string
	Unit        string     // code; "" when it could not be told
	Month       plan.Month // zero when it could not be told
	State       plan.State
	Late        bool // 迟报
	Opening     bool // 期初
	Filler      string
	Reviewer    string
	Figures     []plan.Figure // accepted; of state 未报 they are not stored
	Refused     []plan.Figure
	Findings    []plan.Finding
	// Explanations are the words given to its 存疑, or found to hold still.
	Explanations []Explanation

	// Where it came from; filled in when read from the ledger.
	Delivery plan.Delivery // the arrival that brought the submission
	Arrival  int64         // its number
	Size     int64         // bytes
	Copies   int           // arrivals of the same submission, this one included
}

// Counts reports whether figures of it are taken.
func (r Reading) Counts() bool { return counts(r.State) }

// Explanation (说明) is what a unit said to a 存疑 of one rule about one value.
type Explanation struct {
	Item, Unit, Rule string
	Month            plan.Month
	Value            plan.Value
	Text             string
}

const (
	insertReading = `INSERT INTO readings (submission, run, at, program, plan_version, unit,
		month, state, late, opening, filler, reviewer, current)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`
)

var (
	insertFigures = insertsOf(`INSERT INTO figures (reading, item, unit, month, state, added,
		total, a, b, progress, planned, actual, expected, remark, sheet, cell, raw, opening, accepted)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	insertFindings = insertsOf(`INSERT INTO findings (reading, code, severity, sheet, cell, item,
		unit, message, fix, whole_file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	insertExplanations = insertsOf(`INSERT INTO explanations (reading, item, unit, month, rule,
		value, text) VALUES (?, ?, ?, ?, ?, ?, ?)`)
)

// addReading stores a reading as the current one of its submission. What it
// accepts stands at once, the submission being the latest, unless a run made
// it: then restand follows.
func (t *tx) addReading(r *Reading, run int64) (int64, error) {
	link, err := t.recordTold("readings", r.Unit+" "+r.Month.String(), insertReading,
		r.Submission, id(run), t.at(t.now), r.Program, r.PlanVersion, r.Unit, month(r.Month),
		r.State, r.Late, r.Opening, r.Filler, r.Reviewer)
	if err != nil {
		return 0, err
	}
	for _, o := range []owned{r.figures(), r.findings(), r.explanations()} {
		if err := t.own(link, o); err != nil {
			return 0, err
		}
	}
	if counts(r.State) && run == 0 && len(r.Figures) > 0 {
		_, err = t.exec(stand, link.row)
	}
	return link.row, err
}

// figures are the figures as rows, but for those that say nothing (未报).
func (r *Reading) figures() owned {
	o := owned{part: "figures", insert: insertFigures}
	add := func(f plan.Figure, accepted bool) {
		if f.State.Silent() {
			return
		}
		o.add(f.ID+" "+f.Unit+" "+f.Month.String(), f.ID, f.Unit, month(f.Month), f.State,
			number(f.Added), number(f.Total), number(f.A), number(f.B), f.Progress, day(f.Planned),
			day(f.Actual), month(f.Expected), f.Remark, f.Sheet, f.Cell, f.Raw, f.Opening, accepted)
	}
	for _, f := range r.Figures {
		add(f, counts(r.State))
	}
	for _, f := range r.Refused {
		add(f, false)
	}
	return o
}

func (r *Reading) findings() owned {
	o := owned{part: "findings", insert: insertFindings}
	for _, f := range r.Findings {
		o.add(f.Code+" "+f.Indicator+" "+f.Unit+" "+f.Cell, f.Code, f.Severity, f.Sheet, f.Cell,
			f.Indicator, f.Unit, f.Message, f.Fix, f.WholeFile)
	}
	return o
}

func (r *Reading) explanations() owned {
	o := owned{part: "explanations", insert: insertExplanations}
	for _, x := range r.Explanations {
		o.add(x.Item+" "+x.Unit+" "+x.Rule, x.Item, x.Unit, x.Month.String(), x.Rule,
			number(x.Value), x.Text)
	}
	return o
}

const (
	// The columns of a figure f, in scanFigure's order.
	figureColumns = `f.item, f.unit, f.month, f.state, f.added, f.total, f.a, f.b, f.progress,
		f.planned, f.actual, f.expected, f.remark, f.sheet, f.cell, f.raw, f.opening`
	// The columns of an arrival d of a submission s.
	deliveryColumns = `s.sha256, d.name, d.channel, d.sender, d.received_at, d.handed_by`

	selectReadings = `SELECT r.id, r.submission, r.run, r.at, r.program, r.plan_version, r.unit,
		r.month, r.state, r.late, r.opening, r.filler, r.reviewer, d.id, s.size,
		(SELECT count(*) FROM deliveries c WHERE c.submission = s.id), ` + deliveryColumns + `
		FROM readings r JOIN submissions s ON s.id = r.submission
		JOIN deliveries d ON d.submission = s.id AND d.again = 0`
	selectReadingFigures  = `SELECT f.reading, f.accepted, ` + figureColumns + ` FROM figures f`
	selectReadingFindings = `SELECT reading, code, severity, sheet, cell, item, unit, message,
		fix, whole_file FROM findings`
	selectReadingExplanations = `SELECT reading, item, unit, month, rule, value, text
		FROM explanations`
	currentOfMonth = `IN (SELECT id FROM readings WHERE current = 1 AND month IS ?)`
	currentOfUnit  = `IN (SELECT id FROM readings WHERE current = 1 AND unit = ? AND month = ?)`
)

// readingTexts are the statements that read some readings with all they own.
func readingTexts(which string) []string {
	return []string{
		selectReadings + " WHERE r.id " + which + " ORDER BY r.submission, r.id",
		selectReadingFigures + " WHERE f.reading " + which + " ORDER BY f.id",
		selectReadingFindings + " WHERE reading " + which + " ORDER BY id",
		selectReadingExplanations + " WHERE reading " + which + " ORDER BY id",
	}
}

// scanFigure is where the figureColumns go.
func scanFigure(f *plan.Figure) []any {
	return []any{&f.ID, &f.Unit, toMonth(&f.Month), &f.State, toNumber(&f.Added),
		toNumber(&f.Total), toNumber(&f.A), toNumber(&f.B), &f.Progress, toDay(&f.Planned),
		toDay(&f.Actual), toMonth(&f.Expected), &f.Remark, &f.Sheet, &f.Cell, &f.Raw, &f.Opening}
}

// scanDelivery is where the deliveryColumns go.
func (t *tx) scanDelivery(d *plan.Delivery) []any {
	return []any{&d.SHA256, &d.Name, &d.Channel, &d.Sender, t.toTime(&d.ReceivedAt), &d.HandedBy}
}

// Readings lists the current readings of a month (zero: of no month that could
// be told) with figures and findings, in the order of their submissions.
func (l *Ledger) Readings(ctx context.Context, m plan.Month) ([]Reading, error) {
	return l.readings(ctx, currentOfMonth, month(m))
}

// UnitReadings lists the current readings of one unit's month, as Readings.
func (l *Ledger) UnitReadings(ctx context.Context, unit string, m plan.Month) ([]Reading, error) {
	return l.readings(ctx, currentOfUnit, unit, m.String())
}

// Reading reads one reading, current or not; ErrNoRow when there is none.
func (l *Ledger) Reading(ctx context.Context, reading int64) (Reading, error) {
	all, err := l.readings(ctx, "= ?", reading)
	if err == nil && len(all) == 0 {
		err = ErrNoRow
	}
	if err != nil {
		return Reading{}, err
	}
	return all[0], nil
}

func (l *Ledger) readings(ctx context.Context, which string, args ...any) ([]Reading, error) {
	var all []Reading
	at := map[int64]int{}
	texts := readingTexts(which)
	err := l.read(ctx, func(t *tx) error {
		err := t.each(texts[0], args, func(scan row) error {
			r, err := t.scanReading(scan)
			at[r.ID] = len(all)
			all = append(all, r)
			return err
		})
		if err != nil || len(all) == 0 {
			return err
		}
		err = t.each(texts[1], args, func(scan row) error {
			var f plan.Figure
			var of int64
			var accepted bool
			if err := scan(append([]any{&of, &accepted}, scanFigure(&f)...)...); err != nil {
				return err
			}
			r := &all[at[of]]
			if accepted {
				r.Figures = append(r.Figures, f)
			} else {
				r.Refused = append(r.Refused, f)
			}
			return nil
		})
		if err != nil {
			return err
		}
		err = t.each(texts[2], args, func(scan row) error {
			var of int64
			f, err := scanFinding(scan, &of)
			all[at[of]].Findings = append(all[at[of]].Findings, f)
			return err
		})
		if err != nil {
			return err
		}
		return t.each(texts[3], args, func(scan row) error {
			var of int64
			var x Explanation
			err := scan(&of, &x.Item, &x.Unit, toMonth(&x.Month), &x.Rule,
				toNumber(&x.Value), &x.Text)
			all[at[of]].Explanations = append(all[at[of]].Explanations, x)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func (t *tx) scanReading(scan row) (Reading, error) {
	var r Reading
	err := scan(append([]any{&r.ID, &r.Submission, toID{&r.Run}, t.toTime(&r.At), &r.Program,
		&r.PlanVersion, &r.Unit, toMonth(&r.Month), &r.State, &r.Late, &r.Opening, &r.Filler,
		&r.Reviewer, &r.Arrival, &r.Size, &r.Copies}, t.scanDelivery(&r.Delivery)...)...)
	return r, err
}

func scanFinding(scan row, reading *int64) (plan.Finding, error) {
	var f plan.Finding
	err := scan(reading, &f.Code, &f.Severity, &f.Sheet, &f.Cell, &f.Indicator, &f.Unit,
		&f.Message, &f.Fix, &f.WholeFile)
	return f, err
}
