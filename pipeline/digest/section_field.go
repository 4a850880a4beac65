package digest

import "slices"

type (
	summaryItems struct {
		Lines  int
		Lights []Count
		Works  int
	}
	practicalItems struct {
		Lines          int
		Lights         []Count
		Works, Overdue int
		Late           string
	}
)

// byField takes the fields in the notice's order: the count, then a paragraph
// for every task.
func byField(c *composer) []Block {
	blocks := []Block{Paragraph{c.say("fields", c.monthItems())}}
	for i, f := range c.Fields {
		lines := choose(c.Lines, func(l Line) bool { return l.Field == f && l.Sort == "task" })
		works := chooseWorks(c.Works, func(w Work) bool { return w.Field == f && w.Sort == "task" })
		if len(lines)+len(works) == 0 {
			continue
		}
		blocks = append(blocks, Heading{
			Level: 2,
			Text:  c.say("heading.2", headingItems{i + 1, f}),
			Run:   c.say("fields.summary", summaryItems{len(lines), lightsOf(lines), workItems(works)}),
		})
		blocks = append(blocks, c.itemByItem(lines, works, "")...)
	}
	if len(blocks) == 1 {
		return nil
	}
	return blocks
}

// annexItems does the same for the annex's practical projects; of those that
// are finished it gives the number only.
func annexItems(c *composer) []Block {
	lines := choose(c.Lines, func(l Line) bool { return l.Sort == "annex" })
	works := chooseWorks(c.Works, func(w Work) bool { return w.Sort == "annex" })
	if len(lines)+len(works) == 0 {
		return nil
	}
	open := choose(lines, func(l Line) bool { return !l.Complete })
	late := commonLateness(open)
	text := c.say("practical", practicalItems{
		Lines: len(lines), Lights: lightsOf(lines), Works: workItems(works),
		Overdue: len(overdue(open)), Late: late,
	})
	return append([]Block{Paragraph{text}}, c.itemByItem(open, works, late)...)
}

// workItems counts the tasks, each once however many units lead it.
func workItems(works []Work) int {
	items := map[string]bool{}
	for _, w := range works {
		items[w.Item] = true
	}
	return len(items)
}

// itemByItem gives every task or project a paragraph behind its number and
// title.
func (c *composer) itemByItem(lines []Line, works []Work, late string) []Block {
	titles := map[string]string{}
	for _, l := range lines {
		titles[l.Item] = l.ItemTitle
	}
	for _, w := range works {
		titles[w.Item] = w.Title
	}
	var items []string
	for id := range titles {
		items = append(items, id)
	}
	slices.Sort(items) // T01, T02, …: the notice's order
	var blocks []Block
	for i, id := range items {
		its := choose(lines, func(l Line) bool { return l.Item == id })
		text := c.told(its, late) + c.narratives(chooseWorks(works,
			func(w Work) bool { return w.Item == id }))
		blocks = append(blocks, Heading{
			Level: 3, Text: c.say("heading.3", headingItems{i + 1, titles[id]}), Run: text,
		})
	}
	return blocks
}

func chooseWorks(works []Work, keep func(Work) bool) []Work {
	var out []Work
	for _, w := range works {
		if keep(w) {
			out = append(out, w)
		}
	}
	return out
}
