package digest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duban/pipeline/assess"
)

// acrossRows is how many units the table of the most often red ones names.
const acrossRows = 10

type (
	acrossItems struct {
		Plan, Office, From, To string
		Papers                 int
	}
	courseItems struct {
		From, To         string
		Papers           int
		First, Last      string // shares of what is done or on time
		Points           string // by which the share differs
		Better, Same     bool
		RedFirst, RedNow int
	}
	pastItems struct {
		N, Rows int
		Units   []string
		Silent  []Count
	}
	// past is a unit's last twelve months.
	past struct {
		unit                   string
		red, lines, run, quiet int
	}
)

// across is the letter to 巡察: the last twelve months, not this one only.
func across(c *composer) []Block {
	papers := c.papers()
	items := acrossItems{Plan: c.PlanTitle, Office: c.Office.Name, Papers: len(papers)}
	if n := len(c.Months); n > 0 {
		items.From, items.To = monthOf(c.Months[0]).Chinese(), monthOf(c.Months[n-1]).Chinese()
	}
	blocks := []Block{Paragraph{c.say("across", items)}}
	add := func(code string, more ...Block) {
		blocks = append(append(blocks, c.heading(code)), more...)
	}
	if len(papers) == 0 { // nothing is known of these months
		add("across.course", Paragraph{c.say("across.course", courseItems{})})
		return append(blocks, Paragraph{c.say("across.closing", none{})})
	}
	add("across.course", Paragraph{c.say("across.course", c.course(papers))},
		c.courseTable(papers))
	pasts := c.pasts()
	red := slices.DeleteFunc(slices.Clone(pasts), func(p past) bool { return p.red == 0 })
	add("across.red", c.acrossRed(red)...)
	quiet := pastItems{}
	for _, p := range pasts {
		if p.quiet > 1 {
			quiet.N++
			quiet.Silent = append(quiet.Silent, Count{Name: p.unit, N: p.quiet})
		}
	}
	add("across.silent", Paragraph{c.say("across.silent", quiet)})
	return append(blocks, Paragraph{c.say("across.closing", none{})})
}

// papers are the indexes of the months that had a paper.
func (r *Report) papers() []int {
	var at []int
	for i, t := range r.Trend {
		if t.Lines > 0 && i < len(r.Months) {
			at = append(at, i)
		}
	}
	return at
}

// course words the way from the first paper to the last.
func (c *composer) course(papers []int) courseItems {
	i, j := papers[0], papers[len(papers)-1]
	first, last := c.Trend[i], c.Trend[j]
	items := courseItems{
		From: monthOf(c.Months[i]).Chinese(), To: monthOf(c.Months[j]).Chinese(),
		Papers:   len(papers),
		First:    share(first.good(), first.judged()),
		Last:     share(last.good(), last.judged()),
		RedFirst: first.of(assess.FarBehind), RedNow: last.of(assess.FarBehind),
	}
	// The points are those between the shares as they are printed.
	if items.First != "" && items.Last != "" {
		d := float(strings.TrimSuffix(items.Last, "%")) - float(strings.TrimSuffix(items.First, "%"))
		items.Better, items.Points = d > 0, strconv.FormatFloat(max(d, -d), 'f', 1, 64)
		items.Same = items.Points == "0.0"
	}
	return items
}

func (c *composer) courseTable(papers []int) Table {
	t := Table{
		Caption: c.say("across.course.caption", none{}),
		Columns: c.columns("across.course.columns",
			left(0.22), right(0.12), right(0.20),
			right(0.11), right(0.13), right(0.10),
			right(0.12)),
	}
	for _, i := range papers {
		x := c.Trend[i]
		t.Rows = append(t.Rows, texts(monthOf(c.Months[i]).Chinese(), fmt.Sprint(x.Lines),
			fmt.Sprint(x.good()), fmt.Sprint(x.of(assess.Behind)),
			fmt.Sprint(x.of(assess.FarBehind)), fmt.Sprint(x.of(assess.Missing)),
			dash(share(x.good(), x.judged()))))
	}
	return t
}

// pasts are the units' last twelve months, those most often red first.
func (c *composer) pasts() []past {
	var all []past
	quiet := map[string]map[string]bool{}
	for _, l := range c.Lines {
		if l.Unit == "" {
			continue
		}
		i := slices.IndexFunc(all, func(p past) bool { return p.unit == l.Unit })
		if i < 0 {
			i, all = len(all), append(all, past{unit: l.Unit})
			quiet[l.Unit] = map[string]bool{}
		}
		if n := l.times(assess.FarBehind); n > 0 {
			all[i].red += n
			all[i].lines++
			all[i].run = max(all[i].run, l.RedMonths)
		}
		for _, s := range l.Trail {
			if s.Light == string(assess.Missing) {
				quiet[l.Unit][s.Month] = true
			}
		}
		all[i].quiet = len(quiet[l.Unit])
	}
	slices.SortStableFunc(all, func(a, b past) int { return cmp.Compare(b.red, a.red) })
	return all
}

func (c *composer) acrossRed(red []past) []Block {
	items := pastItems{N: len(red), Rows: min(len(red), acrossRows)}
	t := Table{
		Caption: c.say("across.red.caption", none{}),
		Columns: c.columns("across.red.columns",
			left(0.34), right(0.18), right(0.14),
			right(0.18), right(0.16)),
	}
	for _, p := range red[:items.Rows] {
		items.Units = append(items.Units, p.unit)
		t.Rows = append(t.Rows, texts(p.unit, fmt.Sprint(p.red), fmt.Sprint(p.lines),
			fmt.Sprint(p.run), fmt.Sprint(p.quiet)))
	}
	blocks := []Block{Paragraph{c.say("across.red", items)}}
	if len(red) > 0 {
		blocks = append(blocks, t)
	}
	return blocks
}
