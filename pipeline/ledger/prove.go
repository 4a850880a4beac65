package ledger

import (
	"context"
	"slices"
	"strings"
)

// Proof is what VerifyChain found.
type Proof struct {
	Links  int64  // of the chain
	Head   string // its last link, "" for an empty chain
	Breaks []Break
}

// Break is one place where the ledger is not what the chain says it was.
type Break struct {
	What  BreakKind
	Seq   int64  // the link that tells; 0 where there is none
	Table string // of the row the link is for
	Row   int64
	Part  string // which of what belongs to it, see kinds; "" for all of it
	Label string // of that part
	Other int64  // BreakMoved: the row whose content stands there
}

// BreakKind says what became of a row, or of the chain itself.
type BreakKind string

// The kinds of break.
const (
	BreakChanged   BreakKind = "changed"   // it holds something else
	BreakRemoved   BreakKind = "removed"   // it is gone
	BreakAdded     BreakKind = "added"     // it belongs to a row since, and did not
	BreakMoved     BreakKind = "moved"     // another row's content stands in its place
	BreakSorted    BreakKind = "sorted"    // what belongs to it stands in another order
	BreakUnlinked  BreakKind = "unlinked"  // it was put in without a link
	BreakLink      BreakKind = "link"      // the link does not follow from the one before
	BreakGap       BreakKind = "gap"       // links are missing before this one
	BreakOrder     BreakKind = "order"     // links stand in another order than their rows
	BreakTail      BreakKind = "tail"      // the chain ends before the marker's link
	BreakRewritten BreakKind = "rewritten" // the marker's link is another one
	BreakCurrent   BreakKind = "current"   // not the latest reading of its submission counts
	BreakStanding  BreakKind = "standing"  // not the figure that follows stands
	BreakWording   BreakKind = "wording"   // the text has another hash than its key
)

// VerifyChain works every link out anew from the rows, and what follows from
// the rows too. It names every break, the first one first.
func (l *Ledger) VerifyChain(ctx context.Context) (Proof, error) {
	var p prover
	err := l.read(ctx, func(t *tx) error {
		p = prover{tx: t, linked: map[place]bool{}, content: map[string]int64{}}
		for _, step := range []func() error{
			p.load, p.links, p.unlinked, p.current, p.standing, p.wordings,
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	p.against(l.told.head)
	return Proof{p.head.seq, p.head.link, p.breaks}, err
}

// ChainHead is the end of the chain, without proof.
func (l *Ledger) ChainHead(ctx context.Context) (Proof, error) {
	var p Proof
	err := l.read(ctx, func(t *tx) error {
		_, err := t.one(selectHead, nil, &p.Links, &p.Head)
		return err
	})
	return p, err
}

// LinkAt is the link of the chain at a place; ErrNoRow past its end.
func (l *Ledger) LinkAt(ctx context.Context, seq int64) (string, error) {
	return first(ctx, l, func(_ *tx, scan row) (link string, err error) {
		err = scan(&link)
		return link, err
	}, `SELECT link FROM chain WHERE seq = ?`, seq)
}

// prover goes along the chain.
type prover struct {
	*tx
	all     []link
	linked  map[place]bool
	content map[string]int64 // what a link says of its own row → that row
	head    Head
	breaks  []Break
}

// link is a row of the chain.
type link struct {
	seq int64
	place
	says, link string
}

// ownLine is the line for the link's own row, with its table.
func ownLine(says string) string {
	line, _, _ := strings.Cut(says, "\n")
	return line
}

func (p *prover) load() error {
	return p.each(`SELECT seq, kind, row, says, link FROM chain ORDER BY seq`, nil,
		func(scan row) error {
			var k link
			err := scan(&k.seq, &k.table, &k.row, &k.says, &k.link)
			p.all = append(p.all, k)
			p.linked[k.place] = true
			p.content[ownLine(k.says)] = k.row
			return err
		})
}

func (p *prover) found(k link, what BreakKind, part, label string) {
	p.breaks = append(p.breaks, Break{What: what, Seq: k.seq, Table: k.table, Row: k.row,
		Part: part, Label: label})
}

// links holds each link against the one before, and against its row.
func (p *prover) links() error {
	last := map[string]int64{}
	for _, k := range p.all {
		if k.seq != p.head.seq+1 {
			p.found(k, BreakGap, "", "")
			p.head.seq = k.seq - 1
		}
		if p.head.next(k.table, k.row, k.says).link != k.link {
			p.found(k, BreakLink, "", "")
		}
		p.head = Head{k.seq, k.link}
		if k.row <= last[k.table] {
			p.found(k, BreakOrder, "", "")
		}
		last[k.table] = k.row
		if err := p.row(k); err != nil {
			return err
		}
	}
	return nil
}

// row holds what a link says against what the tables have.
func (p *prover) row(k link) error {
	of, ok := kindOf(k.table)
	if !ok {
		p.found(k, BreakRemoved, "", "")
		return nil
	}
	now, err := p.says(of, k.row)
	if err != nil || now == k.says {
		return err
	}
	if !strings.HasPrefix(now, k.table+"\t") { // what it owned went with it, or is nobody's
		_, label, _ := cutLine(ownLine(k.says))
		p.found(k, BreakRemoved, "", label)
		return nil
	}
	if line := ownLine(now); line != ownLine(k.says) {
		if other, ok := p.content[line]; ok && other != k.row {
			_, label, _ := cutLine(line)
			p.breaks = append(p.breaks, Break{What: BreakMoved, Seq: k.seq, Table: k.table,
				Row: k.row, Label: label, Other: other})
			return nil
		}
	}
	p.compare(k, now)
	return nil
}

// compare names the parts that differ: those of the same table and label with
// another hash were changed, the others came or went.
func (p *prover) compare(k link, now string) {
	was, is := counted(k.says), counted(now)
	whole := true
	for line := range strings.Lines(k.says) {
		line = strings.TrimSuffix(line, "\n")
		if is[line]--; is[line] >= 0 {
			continue
		}
		whole = false
		part, label, _ := cutLine(line)
		if other := another(is, was, part, label); other != "" {
			is[other]--
			p.found(k, BreakChanged, part, label)
		} else {
			p.found(k, BreakRemoved, part, label)
		}
	}
	for line := range strings.Lines(now) {
		line = strings.TrimSuffix(line, "\n")
		if is[line]--; is[line] >= 0 {
			whole = false
			part, label, _ := cutLine(line)
			p.found(k, BreakAdded, part, label)
		}
	}
	if whole {
		p.found(k, BreakSorted, "", "")
	}
}

// another finds a line of now, not there before, with the same table and label.
func another(is, was map[string]int, part, label string) string {
	for line, n := range is {
		p, l, _ := cutLine(line)
		if n > 0 && was[line] == 0 && p == part && l == label {
			return line
		}
	}
	return ""
}

func counted(says string) map[string]int {
	all := map[string]int{}
	for line := range strings.Lines(says) {
		all[strings.TrimSuffix(line, "\n")]++
	}
	return all
}

// cutLine takes a line of a link apart.
func cutLine(line string) (part, label, sum string) {
	part, line, _ = strings.Cut(line, "\t")
	label, sum, _ = strings.Cut(line, "\t")
	return part, label, sum
}

// unlinked finds rows without a link.
func (p *prover) unlinked() error {
	for _, k := range kinds {
		own := k.parts[0]
		var rows []int64
		err := p.each("SELECT id FROM "+k.table+" ORDER BY id", nil, func(scan row) error {
			var id int64
			err := scan(&id)
			if !p.linked[place{k.table, id}] {
				rows = append(rows, id)
			}
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range rows {
			says, err := p.says(kind{k.table, []part{own}}, id)
			if err != nil {
				return err
			}
			_, label, _ := cutLine(ownLine(says))
			p.found(link{place: place{k.table, id}}, BreakUnlinked, "", label)
		}
	}
	return nil
}

// against holds the chain against the head that the marker speaks of.
func (p *prover) against(told Head) {
	switch {
	case told.seq > p.head.seq:
		p.breaks = append(p.breaks, Break{What: BreakTail, Seq: told.seq, Row: p.head.seq})
	case told.seq > 0 && !slices.ContainsFunc(p.all,
		func(k link) bool { return k.link == told.link }):
		p.breaks = append(p.breaks, Break{What: BreakRewritten, Seq: told.seq})
	}
}
