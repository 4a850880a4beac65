package ledger

import "strings"

// The table standing says which figure stands for each unit, item and month.
// It follows from figures and readings; TakeAll, Rerun and Decide keep it so.

// said are the columns by which two figures say the same, wherever they stood.
var said = []string{"state", "added", "total", "a", "b", "progress", "planned", "actual",
	"expected", "remark", "opening"}

// says is everything a figure f says, as one text.
func says(f string) string {
	columns := make([]string, len(said))
	for i, c := range said {
		columns[i] = "ifnull(" + f + "." + c + ", '')"
	}
	return strings.Join(columns, " || char(31) || ")
}

// alike compares two figures column by column, which ends at the first that
// differs: a form that comes again is compared in the transaction that takes it.
func alike(n, o string) string {
	of := func(f string) string { return "(" + f + "." + strings.Join(said, ", "+f+".") + ")" }
	return of(n) + " IS " + of(o)
}

var (
	// What a reading accepted stands, of a subject named twice the last; the
	// same said again leaves the figure that said it first.
	stand = `INSERT INTO standing (unit, item, month, figure)
		SELECT unit, item, month, id FROM figures
		WHERE reading = ? AND accepted = 1 ORDER BY id
		ON CONFLICT (unit, item, month) DO UPDATE SET figure = excluded.figure
		WHERE NOT EXISTS (SELECT 1 FROM figures n, figures o WHERE n.id = excluded.figure
			AND o.id = standing.figure AND ` + alike("n", "o") + `)`

	// Of the accepted figures of current readings, that of the latest
	// submission stands, and of one submission the last; of those that say the
	// same one after the other, the first.
	standingFigures = accepted + foremost
	accepted        = `SELECT unit, item, month, id FROM (
		SELECT *, row_number() OVER (
			PARTITION BY unit, item, month ORDER BY submission DESC, id DESC) AS place FROM (
		SELECT g.unit, g.item, g.month, g.id, q.submission, ` + says("g") + ` AS said,
			lag(` + says("g") + `) OVER (
			PARTITION BY g.unit, g.item, g.month ORDER BY q.submission, g.id) AS before
		FROM figures g JOIN readings q ON q.id = g.reading AND q.current = 1
		WHERE g.accepted = 1`
	foremost = `) WHERE before IS NULL OR before <> said) WHERE place = 1`
)

// touched is what any reading of the submissions of a run ever said.
const touched = `SELECT f.unit, f.item, f.month FROM figures f
	JOIN readings r ON r.id = f.reading
	WHERE f.accepted = 1 AND r.submission IN (SELECT submission FROM readings WHERE run = ?1)`

// restand finds again what stands of everything a run touched.
func (t *tx) restand(run int64) error {
	_, err := t.exec(`DELETE FROM standing WHERE (unit, item, month) IN (`+touched+`)`, run)
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO standing (unit, item, month, figure) `+accepted+
		` AND (g.unit, g.item, g.month) IN (`+touched+`)`+foremost, run)
	return err
}
