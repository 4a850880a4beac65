package plan

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rules of the proof against the notice:
//  - each item stands in the notice, word for word;
//  - each number of the notice, at the very place where it stands, is in the
//    quote of an indicator or among the excluded numbers;
//  - each lead unit that the notice names is a lead of that item, and no other.

// span is a piece of the notice in bytes.
type span struct{ from, to int }

func (s span) holds(t span) bool { return s.from <= t.from && t.to <= s.to }

func (l *loader) proveNotice() {
	if l.plan.Notice == "" {
		l.add(l.notice, 1, "通知全文是空的：请放入全文，或在方案文件中删去 notice")
		return
	}
	found := l.findItems()
	l.proveNumbers(found)
	l.proveLeads(found)
}

// noticeLine is the line of the notice that a byte stands in.
func (l *loader) noticeLine(at int) int {
	return 1 + strings.Count(l.plan.Notice[:at], "\n")
}

// findItems finds each item's text, in the notice's order where it can.
func (l *loader) findItems() map[*Item]span {
	found, after := map[*Item]span{}, 0
	for _, it := range l.plan.Items {
		if it.Text == "" {
			continue
		}
		at := strings.Index(l.plan.Notice[after:], it.Text)
		if at >= 0 {
			at += after
		} else if at = strings.Index(l.plan.Notice, it.Text); at < 0 {
			l.fault(it, "text", "条目%s的原文不在通知全文中：请从通知照抄，标点也要一致", it.ID)
			continue
		}
		after = at + len(it.Text)
		found[it] = span{at, after}
	}
	return found
}

// proveNumbers checks that no number of the notice is passed over.
func (l *loader) proveNumbers(items map[*Item]span) {
	var covered []span
	for it, where := range items {
		for _, ind := range it.Indicators {
			if at := strings.Index(it.Text, ind.Quote); at >= 0 && ind.Quote != "" {
				from := where.from + at
				covered = append(covered, span{from, from + len(ind.Quote)})
			}
		}
	}
	for i, e := range l.plan.Excluded {
		owner := excludedAt(i)
		if e.Reason == "" {
			l.fault(owner, "reason", "“%s”没有写明为何不是目标：请补上 reason", e.At)
		}
		switch n := strings.Count(l.plan.Notice, e.At); {
		case e.At == "" || len(numbersIn(e.At)) == 0:
			l.fault(owner, "at", "“%s”中没有数字：请照抄通知中含有该数字的一段，或删去", e.At)
		case n == 0:
			l.fault(owner, "at", "“%s”不在通知全文中：请从通知照抄，标点也要一致", e.At)
		case n > 1:
			l.fault(owner, "at", "“%s”在通知中出现%d次：请多抄几个字，使它只出现一次", e.At, n)
		default:
			from := strings.Index(l.plan.Notice, e.At)
			covered = append(covered, span{from, from + len(e.At)})
		}
	}
	for _, n := range numbersIn(l.plan.Notice) {
		if slices.ContainsFunc(covered, func(c span) bool { return c.holds(n) }) {
			continue
		}
		l.add(l.notice, l.noticeLine(n.from), "“%s”中的数字%s既不在任何指标的引文中，也未列为非目标数字："+
			"请补上指标，或在数字文件中列出并说明理由",
			around(l.plan.Notice, n), l.plan.Notice[n.from:n.to])
	}
}

// numberShapes are digits of either width with what joins and follows them,
// Roman numerals, and the Latin letters that stand for those.
var numberShapes = regexp.MustCompile(
	`[0-9０-９]+(?:[.:/．：／][0-9０-９]+)*[%％‰]?|[Ⅰ-ↈ]+|[A-Za-z]+`)

var (
	latinWord    = regexp.MustCompile(`^[A-Za-z]+$`)
	romanLetters = regexp.MustCompile(`^[IVX]+$`)
)

// numbersIn finds every number of a text.
func numbersIn(s string) []span {
	var all []span
	for _, at := range numberShapes.FindAllStringIndex(s, -1) {
		word := s[at[0]:at[1]]
		if latinWord.MatchString(word) && !romanLetters.MatchString(word) {
			continue // PM of PM2.5
		}
		all = append(all, span{at[0], at[1]})
	}
	return all
}

// around is a number with a few characters of its line on both sides.
func around(s string, n span) string {
	from, to := n.from, n.to
	for i := 0; i < 8 && from > 0; i++ {
		c, size := utf8.DecodeLastRuneInString(s[:from])
		if c == '\n' {
			break
		}
		from -= size
	}
	for i := 0; i < 6 && to < len(s); i++ {
		c, size := utf8.DecodeRuneInString(s[to:])
		if c == '\n' {
			break
		}
		to += size
	}
	return s[from:to]
}

// leadClause is where the notice names the lead units of an item.
var leadClause = regexp.MustCompile(`[(（](牵头|责任)单位[:：]([^)）]*)[)）]`)

// proveLeads checks the lead units of the items against those of the notice.
func (l *loader) proveLeads(items map[*Item]span) {
	named := map[*Item][]*Unit{}
	for _, at := range leadClause.FindAllStringSubmatchIndex(l.plan.Notice, -1) {
		line := l.noticeLine(at[0])
		it := itemAt(items, span{at[0], at[1]})
		if it == nil {
			l.add(l.notice, line, "“%s”不在任何条目的原文中：请在条目文件中补上这一条",
				l.plan.Notice[at[0]:at[1]])
			continue
		}
		names := strings.FieldsFunc(l.plan.Notice[at[4]:at[5]], func(c rune) bool {
			return strings.ContainsRune("、,，;；", c) || unicode.IsSpace(c)
		})
		for _, name := range names {
			u := l.plan.Unit(name)
			switch {
			case u == nil:
				l.add(l.notice, line, "通知中的“%s”不在单位表中：请在单位文件中补上单位或别名", name)
			case !slices.Contains(it.Leads, u) && !l.misread[l.at(it, "leads")]:
				l.add(l.notice, line, "通知中的“%s”没有列为条目%s的牵头单位：请在条目的 leads 中补上",
					name, it.ID)
			}
			named[it] = append(named[it], u)
		}
	}
	for _, it := range l.plan.Items {
		for _, u := range it.Leads {
			if named[it] != nil && !slices.Contains(named[it], u) {
				l.fault(it, "leads", "条目%s的牵头单位“%s”在通知的该条中没有：请删去或改正",
					it.ID, u.Name)
			}
		}
	}
}

// itemAt is the item whose text holds a piece of the notice; nil if none.
func itemAt(items map[*Item]span, s span) *Item {
	for it, where := range items {
		if where.holds(s) {
			return it
		}
	}
	return nil
}
