package digest

import (
	"fmt"
)

type (
	letterItems struct{ Plan, Office, Month, MonthEnd, Deadline string }
	listItems   struct {
		N        int
		Units    []string
		Deadline string
	}
	timeItems struct {
		At        string
		Published bool
	}
)

// accountable is the letter to 纪委监委: four lists, each with its facts, files
// and the unit's words; an empty one says that it is empty.
func accountable(c *composer) []Block {
	blocks := []Block{Paragraph{c.say("accountable", c.letter())}}
	for i, list := range []struct {
		code string
		keep func(Line) bool
		row  func(Line) [][]Cell
		cols []Column
	}{
		{"accountable.late", func(l Line) bool { return len(l.lateRevisions()) > 0 }, c.lateRows,
			[]Column{left(0.18), left(0.14), right(0.11), right(0.11), left(0.16), left(0.16),
				left(0.14)}},
		{"accountable.often", func(l Line) bool { return len(l.Revisions) > 1 }, c.oftenRows,
			[]Column{left(0.16), left(0.15), centre(0.07), right(0.11), right(0.11), left(0.14),
				left(0.14), left(0.12)}},
		{"accountable.lowered", func(l Line) bool { return len(l.Lowerings) > 0 }, c.loweredRows,
			[]Column{left(0.24), left(0.18), right(0.15), right(0.15), centre(0.13), left(0.15)}},
		{"accountable.long", Line.long, c.longRows,
			[]Column{left(0.18), left(0.17), centre(0.07), right(0.14), centre(0.10), left(0.17),
				left(0.17)}},
	} {
		lines := choose(c.Lines, list.keep)
		items := listItems{len(lines), unitsOf(lines), c.letter().Deadline}
		blocks = append(blocks, c.heading1(i+1, c.say(list.code+".heading", none{})),
			Paragraph{c.say(list.code, items)})
		if len(lines) == 0 {
			continue
		}
		t := Table{Caption: c.say(list.code+".caption", none{}),
			Columns: c.columns(list.code+".columns", list.cols...)}
		for _, l := range lines {
			t.Rows = append(t.Rows, list.row(l)...)
		}
		blocks = append(blocks, t)
	}
	return append(blocks, Paragraph{c.say("accountable.closing", none{})})
}

// letter is what the opening of a letter names.
func (c *composer) letter() letterItems {
	items := letterItems{Plan: c.PlanTitle, Office: c.Office.Name,
		Month: c.month().Chinese(), MonthEnd: c.monthEnd()}
	if c.Deadline != "" {
		items.Deadline = hour(moment(c.Deadline))
	}
	return items
}

func (l Line) lateRevisions() []Revision {
	var late []Revision
	for _, x := range l.Revisions {
		if x.Late {
			late = append(late, x)
		}
	}
	return late
}

func (c *composer) lateRows(l Line) [][]Cell {
	var rows [][]Cell
	for _, x := range l.lateRevisions() {
		rows = append(rows, texts(l.Name, l.Unit, dash(x.Before), dash(x.After),
			c.say("accountable.time", timeItems{stamp(x.At), x.Published}), dash(x.File),
			c.ownWords(x.Why)))
	}
	return rows
}

func (c *composer) oftenRows(l Line) [][]Cell {
	var rows [][]Cell
	for i, x := range l.Revisions {
		rows = append(rows, texts(l.Name, l.Unit, fmt.Sprint(i+1), dash(x.Before), dash(x.After),
			c.say("accountable.time", timeItems{stamp(x.At), x.Published}), dash(x.File),
			c.ownWords(x.Why)))
	}
	return rows
}

func (c *composer) loweredRows(l Line) [][]Cell {
	var rows [][]Cell
	for _, x := range l.Lowerings {
		rows = append(rows, append(texts(l.Name, l.Unit, dash(x.Before), dash(x.After), x.Month),
			Cell{Text: l.word(), Light: l.Light}))
	}
	return rows
}

func (c *composer) longRows(l Line) [][]Cell {
	return [][]Cell{texts(l.Name, l.Unit, fmt.Sprint(l.RedMonths), value(l), dash(l.AsOf),
		dash(l.Rule), c.wordsOf(l, 60))}
}
