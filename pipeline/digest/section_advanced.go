package digest

import (
	"cmp"
	"fmt"
	"slices"

	"duban/pipeline/assess"
)

// meritsTold is of how many units it is told what they did well; of those that
// share a rank, the ones with most to show.
const meritsTold = 5

type (
	advancedItems struct {
		MonthEnd string
		Units    []string
		Ranked   int
		Unranked int
	}
	meritItems struct {
		Name         string
		Judged, Good int
		Finished     []string
		Asked        int
		Punctual     bool
		FirstPass    bool
	}
)

// advanced names the units that are ranked first and what they did well, and
// prints the ranking with its rule (以先进促后进). Without a ranking there is
// no such section.
func advanced(c *composer) []Block {
	ranked := slices.Clone(c.Units)
	ranked = slices.DeleteFunc(ranked, func(u UnitLine) bool { return u.Rank == 0 })
	if len(ranked) == 0 {
		return nil
	}
	slices.SortStableFunc(ranked, func(a, b UnitLine) int { return cmp.Compare(a.Rank, b.Rank) })
	var best []UnitLine
	for _, u := range ranked {
		if u.Rank <= 3 && u.RedLines == 0 && u.GoodLines > 0 {
			best = append(best, u)
		}
	}
	items := advancedItems{MonthEnd: c.monthEnd(), Ranked: len(ranked),
		Unranked: len(c.unitsWith(func(u UnitLine) bool { return u.Rank == 0 && u.Due > 0 }))}
	for _, u := range best {
		items.Units = append(items.Units, u.Name)
	}
	blocks := []Block{Paragraph{c.say("advanced", items)}}
	slices.SortStableFunc(best, func(a, b UnitLine) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(b.GoodLines, a.GoodLines))
	})
	for i, u := range best[:min(len(best), meritsTold)] {
		blocks = append(blocks, Heading{
			Level: 3,
			Text:  c.say("heading.3", headingItems{i + 1, u.Name}),
			Run:   c.say("advanced.unit", c.merit(u)),
		})
	}
	return append(blocks, c.ranking(ranked), Paragraph{c.say("advanced.rule", items)})
}

// merit is what a unit did well.
func (c *composer) merit(u UnitLine) meritItems {
	items := meritItems{Name: u.Name, Judged: u.Judged, Good: u.GoodLines, Asked: u.Asked,
		Punctual:  u.Asked > 0 && u.Punctual == u.Asked,
		FirstPass: u.First > 0 && u.FirstPass == u.First}
	for _, l := range choose(c.Lines, is(assess.Done)) {
		if l.UnitCode == u.Code && len(items.Finished) < 3 {
			items.Finished = append(items.Finished, l.Name)
		}
	}
	return items
}

func (c *composer) ranking(units []UnitLine) Table {
	t := Table{
		Caption: c.say("advanced.caption", none{}),
		Columns: c.columns("advanced.columns", centre(0.08), left(0.28), right(0.10), right(0.10),
			right(0.11), centre(0.12), right(0.12), right(0.09)),
	}
	for _, u := range units {
		t.Rows = append(t.Rows, texts(fmt.Sprint(u.Rank), u.Name, fmt.Sprint(u.Judged),
			fmt.Sprint(u.GoodLines), dash(share(u.GoodLines, u.Judged)), dash(u.OnTime),
			dash(share(u.FirstPass, u.First)), fmt.Sprint(u.Revised)))
	}
	return t
}
