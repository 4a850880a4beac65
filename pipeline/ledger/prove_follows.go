package ledger

import (
	"crypto/sha256"
	"encoding/hex"
)

// What no link says, because it follows from what links say.

// current finds submissions of which not the latest reading counts.
func (p *prover) current() error {
	return p.each(`SELECT max(id), unit || ' ' || ifnull(month, '') FROM readings
		GROUP BY submission HAVING sum(current) <> 1 OR max(id) <> max(id * current)
		ORDER BY submission`, nil, func(scan row) error {
		k := link{place: place{table: "readings"}}
		var label string
		err := scan(&k.row, &label)
		p.found(k, BreakCurrent, "", label)
		return err
	})
}

// standing finds figures that stand and should not, or the other way round.
func (p *prover) standing() error {
	const label = `s.item || ' ' || s.unit || ' ' || s.month`
	return p.each(`WITH follows AS (`+standingFigures+`)
		SELECT s.figure, `+label+` FROM standing s
			WHERE (unit, item, month, figure) NOT IN (SELECT unit, item, month, id FROM follows)
		UNION ALL SELECT s.id, `+label+` FROM follows s
			WHERE (unit, item, month) NOT IN (SELECT unit, item, month FROM standing)
		ORDER BY 2`, nil, func(scan row) error {
		k := link{place: place{table: "figures"}}
		var label string
		err := scan(&k.row, &label)
		p.found(k, BreakStanding, "", label)
		return err
	})
}

// wordings finds texts that were changed under their key.
func (p *prover) wordings() error {
	return p.each(`SELECT sha256, text FROM wordings ORDER BY sha256`, nil, func(scan row) error {
		var key, text string
		err := scan(&key, &text)
		if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != key {
			p.found(link{place: place{table: "wordings"}}, BreakWording, "", key[:12])
		}
		return err
	})
}
