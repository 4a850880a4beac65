package ledger

import (
	"context"
	"time"
)

// Paper is one file of an edition, as it was written.
type Paper struct {
	Edition int64
	Name    string // its place in the workspace, with forward slashes
	SHA256  string
	Size    int64
	Program string // by which version

	At time.Time // filled in by the ledger
}

// RecordPapers notes the files of an edition. A file that is known changes
// nothing.
func (l *Ledger) RecordPapers(ctx context.Context, papers ...Paper) error {
	return l.write(ctx, func(t *tx) error {
		for _, p := range papers {
			var there int64
			known, err := t.one(`SELECT id FROM papers WHERE edition = ? AND name = ?
				AND sha256 = ?`, []any{p.Edition, p.Name, p.SHA256}, &there)
			if err == nil && !known {
				_, err = t.record("papers", `INSERT INTO papers (edition, name, sha256, size,
					program, at) VALUES (?, ?, ?, ?, ?, ?)`, p.Edition, p.Name, p.SHA256, p.Size,
					p.Program, t.at(t.now))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Papers lists the files of an edition (zero: of every one), the oldest first.
func (l *Ledger) Papers(ctx context.Context, edition int64) ([]Paper, error) {
	return list(ctx, l, (*tx).scanPaper, `SELECT edition, name, sha256, size, program, at
		FROM papers WHERE ?1 = 0 OR edition = ?1 ORDER BY id`, edition)
}

// PapersOf lists the papers of these very bytes.
func (l *Ledger) PapersOf(ctx context.Context, sha256 string) ([]Paper, error) {
	return list(ctx, l, (*tx).scanPaper, `SELECT edition, name, sha256, size, program, at
		FROM papers WHERE sha256 = ? ORDER BY id`, sha256)
}

func (t *tx) scanPaper(scan row) (Paper, error) {
	var p Paper
	err := scan(&p.Edition, &p.Name, &p.SHA256, &p.Size, &p.Program, t.toTime(&p.At))
	return p, err
}
