package ledger

import "context"

// Glance is the chain as it looks without being worked out: enough to see a
// row or a link that came or went past the program, in a moment.
type Glance struct {
	Last   int64 // the number of its last link
	Links  int64 // how many links there are
	Astray int64 // rows without a link, or links without a row, at the least
}

// Whole reports whether nothing came or went.
func (g Glance) Whole() bool { return g.Last == g.Links && g.Astray == 0 }

// GlanceAtChain counts links and rows. Open has already held the head against
// the marker; VerifyChain works everything out.
func (l *Ledger) GlanceAtChain(ctx context.Context) (Glance, error) {
	var g Glance
	err := l.read(ctx, func(t *tx) error {
		_, err := t.one(`SELECT ifnull(max(seq), 0), count(*) FROM chain`, nil, &g.Last, &g.Links)
		for _, k := range kinds {
			if err != nil {
				return err
			}
			var rows, links int64
			_, err = t.one(`SELECT (SELECT count(*) FROM `+k.table+`),
				(SELECT count(*) FROM chain WHERE kind = ?)`, []any{k.table}, &rows, &links)
			g.Astray += max(rows-links, links-rows)
		}
		return err
	})
	return g, err
}
