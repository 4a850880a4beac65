package ledger

// The table standing says which figure stands for each unit, item and month.
// It follows from figures and readings; Take and Rerun keep it so.

const (
	stand = `INSERT INTO standing (unit, item, month, figure) VALUES (?, ?, ?, ?)
		ON CONFLICT (unit, item, month) DO UPDATE SET figure = excluded.figure`

	// Of the accepted figures of current readings, that of the latest
	// submission stands, and of one submission the last.
	standingFigures = accepted + foremost
	accepted        = `SELECT unit, item, month, id FROM (
		SELECT g.unit, g.item, g.month, g.id, row_number() OVER (
			PARTITION BY g.unit, g.item, g.month ORDER BY q.submission DESC, g.id DESC) AS place
		FROM figures g JOIN readings q ON q.id = g.reading AND q.current = 1
		WHERE g.accepted = 1`
	foremost = `) WHERE place = 1`

	// What any reading of the submissions of a run ever said.
	touched = `SELECT f.unit, f.item, f.month FROM figures f JOIN readings r ON r.id = f.reading
		WHERE f.accepted = 1 AND r.submission IN (SELECT submission FROM readings WHERE run = ?1)`
)

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
