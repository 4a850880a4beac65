package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"duban/pipeline/plan"
)

// Edition (第N版) is one digest of a month for one audience.
type Edition struct {
	Key      string // its due moment; the same key is the same edition
	Month    plan.Month
	Audience string
	MadeAt   time.Time // the transaction's moment when zero
	// Issuer is the 发文机关代字 of the number to take, e.g. 振政督; "" takes
	// none. Year is that of MadeAt when zero. NumberFrom is the lowest number
	// to take: an office may have given some by hand.
	Issuer     string
	Year       int
	NumberFrom int
	Inputs     Inputs
	Report     []byte // JSON: everything it says; not read back by Editions
	Wording    string // the text that words it; not read back by Editions
	Figures    []EditionFigure
	Units      []EditionUnit
	Outgoing   []Outgoing // queued with it; not read back

	// Filled in by the ledger.
	ID         int64
	N          int   // 1 for the first of its month and audience
	Number     int   // within Issuer and Year; 0 when none was taken
	Supersedes int64 // the edition before it; 0 for none
	Run        int64 // the re-run it was made in; 0 for none
}

// Inputs pins what an edition was made from.
type Inputs struct {
	Program     string   `json:"program"`
	PlanVersion string   `json:"plan_version"`
	Files       []string `json:"files"`           // SHA-256, in the order they count
	Readings    []int64  `json:"readings"`        // of the ledger
	Plan        string   `json:"plan,omitempty"`  // hash of what the plan says of the month
	Rules       string   `json:"rules,omitempty"` // hash of the severities in force
	More        []string `json:"more,omitempty"`  // waivers and extensions
	// Settings are those that bear on figures and lights, and what words them.
	Settings map[string]string `json:"settings,omitempty"`
}

// EditionFigure is one figure as an edition judged it.
type EditionFigure struct {
	Item, Unit       string
	Value, Done, Due plan.Value // Done and Due in percent
	Target           plan.Value // it was judged by
	Light            string
	Sentence         string
	Figure           int64 // Entry.FigureID; 0 when there was none
}

// EditionUnit is one unit's month of reporting as an edition told it.
type EditionUnit struct {
	Unit   string
	Due    int    // figures that were due
	OnTime string // 按时, 迟报, 补报; "" where nothing came
	State  plan.State
}

// NumberText is the document number as it is printed: 振政督〔2025〕3号; "" when
// none was taken.
func (e Edition) NumberText() string {
	if e.Number == 0 {
		return ""
	}
	return fmt.Sprintf("%s〔%d〕%d号", e.Issuer, e.Year, e.Number)
}

// MakeEditions makes editions in their order and takes their numbers, all in one
// transaction. The same key again gives back the edition that was made, and
// changes nothing.
func (l *Ledger) MakeEditions(ctx context.Context, editions []Edition) ([]Edition, error) {
	var made []Edition
	err := l.write(ctx, func(t *tx) (err error) {
		made, err = t.makeEditions(editions, 0)
		return err
	})
	return made, err
}

const (
	selectEditions = `SELECT e.id, e.key, e.month, e.audience, e.n, e.supersedes, e.run,
		e.made_at, e.inputs, coalesce(n.issuer, ''), coalesce(n.year, 0), coalesce(n.n, 0)
		FROM editions e LEFT JOIN numbers n ON n.key = e.key`
	selectReport = `SELECT e.report, coalesce(w.text, '') FROM editions e
		LEFT JOIN wordings w ON w.sha256 = e.wording WHERE e.id = ?`
	selectPrevious = `SELECT id, n FROM editions WHERE month = ? AND audience = ?
		ORDER BY n DESC LIMIT 1`
	insertEdition = `INSERT INTO editions (key, month, audience, n, supersedes, run, made_at,
		inputs, report, wording) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertWording = `INSERT INTO wordings (sha256, text, at) VALUES (?, ?, ?)
		ON CONFLICT DO NOTHING`
	insertNumber = `INSERT INTO numbers (issuer, year, n, key, at)
		SELECT ?1, ?2, max(coalesce(max(n) + 1, 1), ?3), ?4, ?5 FROM numbers
		WHERE issuer = ?1 AND year = ?2 RETURNING n`
	insertEditionFigure = `INSERT INTO edition_figures (edition, row, item, unit, value, done,
		due, target, light, sentence, figure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertEditionUnit = `INSERT INTO edition_units (edition, unit, due, on_time, state)
		VALUES (?, ?, ?, ?, ?)`
)

func (t *tx) makeEditions(editions []Edition, run int64) ([]Edition, error) {
	var made []Edition
	for _, e := range editions {
		var old Edition
		err := t.each(selectEditions+` WHERE e.key = ?`, []any{e.Key}, func(scan row) (err error) {
			old, err = t.scanEdition(scan)
			return err
		})
		if err != nil {
			return nil, err
		}
		if old.ID == 0 {
			e.Run = run
			if err := t.makeEdition(&e); err != nil {
				return nil, err
			}
			old = e
		}
		old.Figures, old.Units, old.Outgoing, old.Report, old.Wording = nil, nil, nil, nil, ""
		made = append(made, old)
	}
	return made, nil
}

func (t *tx) makeEdition(e *Edition) error {
	if e.MadeAt.IsZero() {
		e.MadeAt = t.now
	}
	e.MadeAt = e.MadeAt.In(t.zone)
	if _, err := t.one(selectPrevious, []any{e.Month.String(), e.Audience},
		&e.Supersedes, &e.N); err != nil {
		return err
	}
	e.N++
	inputs, err := json.Marshal(e.Inputs)
	if err != nil {
		return err
	}
	if e.Report == nil {
		e.Report = []byte{}
	}
	wording, err := t.keepWording(e.Wording)
	if err != nil {
		return err
	}
	e.ID, err = t.record("editions", insertEdition, e.Key, e.Month.String(), e.Audience, e.N,
		id(e.Supersedes), id(e.Run), t.at(e.MadeAt), inputs, e.Report, wording)
	if err != nil {
		return err
	}
	if e.Issuer != "" {
		if e.Year == 0 {
			e.Year = e.MadeAt.Year()
		}
		if _, err := t.one(insertNumber, []any{e.Issuer, e.Year, e.NumberFrom, e.Key,
			t.at(t.now)}, &e.Number); err != nil {
			return err
		}
	}
	for i, f := range e.Figures {
		if _, err := t.exec(insertEditionFigure, e.ID, i+1, f.Item, f.Unit, number(f.Value),
			number(f.Done), number(f.Due), number(f.Target), f.Light, f.Sentence,
			id(f.Figure)); err != nil {
			return err
		}
	}
	for _, u := range e.Units {
		if _, err := t.exec(insertEditionUnit, e.ID, u.Unit, u.Due, u.OnTime, u.State); err != nil {
			return err
		}
	}
	return t.queue(e.Outgoing, 0, e.ID)
}

// keepWording keeps a text once, however many editions it words, and gives its
// key; NULL for none.
func (t *tx) keepWording(text string) (any, error) {
	if text == "" {
		return nil, nil
	}
	sum := sha256.Sum256([]byte(text))
	key := hex.EncodeToString(sum[:])
	_, err := t.exec(insertWording, key, text, t.at(t.now))
	return key, err
}

// Editions lists the editions of a month (zero: of every month), the first
// made first, without what they say.
func (l *Ledger) Editions(ctx context.Context, m plan.Month) ([]Edition, error) {
	return list(ctx, l, (*tx).scanEdition,
		selectEditions+` WHERE ?1 = '' OR e.month = ?1 ORDER BY e.id`, m.String())
}

// EditionsFor lists an audience's editions of some months, both ends among them,
// the first made first, without what they say.
func (l *Ledger) EditionsFor(ctx context.Context, audience string, from, to plan.Month) (
	[]Edition, error) {
	return list(ctx, l, (*tx).scanEdition, selectEditions+` WHERE e.audience = ?
		AND e.month BETWEEN ? AND ? ORDER BY e.id`, audience, from.String(), to.String())
}

// Edition reads one edition by its id, with what it says; ErrNoRow when there
// is none.
func (l *Ledger) Edition(ctx context.Context, edition int64) (Edition, error) {
	e, err := first(ctx, l, (*tx).scanEdition, selectEditions+` WHERE e.id = ?`, edition)
	if err != nil {
		return e, err
	}
	says, err := first(ctx, l, func(_ *tx, scan row) (e Edition, err error) {
		err = scan(&e.Report, &e.Wording)
		return e, err
	}, selectReport, edition)
	e.Report, e.Wording = says.Report, says.Wording
	return e, err
}

// EditionFigures lists the figures of an edition, in its order.
func (l *Ledger) EditionFigures(ctx context.Context, edition int64) ([]EditionFigure, error) {
	return list(ctx, l, func(_ *tx, scan row) (f EditionFigure, err error) {
		err = scan(&f.Item, &f.Unit, toNumber(&f.Value), toNumber(&f.Done), toNumber(&f.Due),
			toNumber(&f.Target), &f.Light, &f.Sentence, toID{&f.Figure})
		return f, err
	}, `SELECT item, unit, value, done, due, target, light, sentence, figure FROM edition_figures
		WHERE edition = ? ORDER BY row`, edition)
}

// EditionUnits lists the units of an edition, by code.
func (l *Ledger) EditionUnits(ctx context.Context, edition int64) ([]EditionUnit, error) {
	return list(ctx, l, func(_ *tx, scan row) (u EditionUnit, err error) {
		err = scan(&u.Unit, &u.Due, &u.OnTime, &u.State)
		return u, err
	}, `SELECT unit, due, on_time, state FROM edition_units WHERE edition = ? ORDER BY unit`,
		edition)
}

func (t *tx) scanEdition(scan row) (Edition, error) {
	var e Edition
	var inputs []byte
	err := scan(&e.ID, &e.Key, toMonth(&e.Month), &e.Audience, &e.N, toID{&e.Supersedes},
		toID{&e.Run}, t.toTime(&e.MadeAt), &inputs, &e.Issuer, &e.Year, &e.Number)
	if err == nil {
		err = json.Unmarshal(inputs, &e.Inputs)
	}
	return e, err
}
