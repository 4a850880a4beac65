package ledger

import "context"

// Record is a row of the chain in the words of an auditor.
type Record struct {
	Seq      int64
	Table    string
	Row      int64
	At       string // RFC 3339, as it is stored
	Who      string
	What     string
	Detail   string
	Document string // 文号
	SHA256   string // of the file it is about
	Link     string
}

// selectRecords puts what is chained into the same columns; what was taken out
// behind the program's back has its link alone.
const selectRecords = `SELECT c.seq, c.kind, c.row, ifnull(x.at, ''), ifnull(x.who, ''),
	ifnull(x.what, ''), ifnull(x.detail, ''), ifnull(x.document, ''), ifnull(x.sha256, ''), c.link
	FROM chain c LEFT JOIN (
		SELECT 'deliveries' AS kind, d.id AS row, d.taken_at AS at,
			CASE d.sender WHEN '' THEN d.handed_by ELSE d.sender END AS who,
			CASE d.again WHEN 1 THEN '重复报送' ELSE d.channel END AS what, d.name AS detail,
			'' AS document, s.sha256
			FROM deliveries d JOIN submissions s ON s.id = d.submission
		UNION ALL SELECT 'readings', r.id, r.at, r.unit, r.state, ifnull(r.month, '') || '，' ||
			(SELECT count(*) FROM figures f WHERE f.reading = r.id AND f.accepted = 1) || '项采用，' ||
			(SELECT count(*) FROM findings f WHERE f.reading = r.id) || '处问题，' || r.filler || '填报',
			'', s.sha256 FROM readings r JOIN submissions s ON s.id = r.submission
		UNION ALL SELECT 'runs', id, at, who, month, why, '', '' FROM runs
		UNION ALL SELECT 'decisions', id, at, who, verdict, unit || '：' || why, '', '' FROM decisions
		UNION ALL SELECT 'extensions', id, at, who, unit || ' ' || month, '延至' || until || '：' || why,
			document, '' FROM extensions
		UNION ALL SELECT 'waivers', id, at, who, rule || ' ' || item || ' ' || unit,
			from_month || '至' || to_month || '：' || why, document, '' FROM waivers
		UNION ALL SELECT 'editions', e.id, e.made_at, '', e.audience,
			e.month || ' 第' || e.n || '版', ifnull(n.issuer || '〔' || n.year || '〕' || n.n || '号', ''), ''
			FROM editions e LEFT JOIN numbers n ON n.key = e.key
		UNION ALL SELECT 'papers', id, at, program, size || '字节', name, '', sha256 FROM papers
		UNION ALL SELECT 'audit', id, at, who, act, detail, '', '' FROM audit
	) x ON x.kind = c.kind AND x.row = c.row ORDER BY c.seq`

// Records lists everything that is chained, in order.
func (l *Ledger) Records(ctx context.Context) ([]Record, error) {
	return list(ctx, l, func(_ *tx, scan row) (r Record, err error) {
		err = scan(&r.Seq, &r.Table, &r.Row, &r.At, &r.Who, &r.What, &r.Detail, &r.Document,
			&r.SHA256, &r.Link)
		return r, err
	}, selectRecords)
}
