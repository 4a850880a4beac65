package digest

import (
	"fmt"
	"slices"
)

type (
	letterItems struct{ Plan, Office, Month, MonthEnd string }
	listItems   struct {
		N     int
		Units []string
	}
	timeItems struct {
		At        string
		Published bool
	}
)

// accountable is the letter to 纪委监委: four lists of the last twelve months,
// each with its facts, files and the unit's words; an empty one says that it is
// empty.
func accountable(c *composer) []Block {
	blocks := []Block{Paragraph{c.say("accountable", c.letter())}}
	changes := []Column{left(0.16), left(0.15), centre(0.09), right(0.10), right(0.10), left(0.14),
		left(0.14), left(0.12)}
	late := func(x Revision) bool { return x.Late }
	every := func(Revision) bool { return true }
	for _, list := range []struct {
		code string
		keep func(Line) bool
		rows func(Line) [][]Cell
		cols []Column
	}{
		{"accountable.late", func(l Line) bool { return slices.ContainsFunc(l.Revisions, late) },
			func(l Line) [][]Cell { return c.changeRows(l, late) }, changes},
		{"accountable.often", func(l Line) bool { return len(l.Revisions) > 1 },
			func(l Line) [][]Cell { return c.changeRows(l, every) }, slices.Clone(changes)},
		{"accountable.lowered", func(l Line) bool { return len(l.Lowerings) > 0 }, c.loweredRows,
			[]Column{left(0.21), left(0.16), right(0.13), right(0.13), centre(0.11), left(0.13),
				left(0.13)}},
		{"accountable.long", Line.long, c.longRows, []Column{left(0.24), left(0.17), centre(0.06),
			right(0.14), centre(0.10), left(0.17), left(0.17)}},
	} {
		lines := choose(c.Lines, list.keep)
		blocks = append(blocks, c.heading(list.code),
			Paragraph{c.say(list.code, listItems{len(lines), unitsOf(lines)})})
		if len(lines) == 0 {
			continue
		}
		t := Table{Caption: c.say(list.code+".caption", none{}),
			Columns: c.columns(list.code+".columns", list.cols...)}
		for _, l := range lines {
			t.Rows = append(t.Rows, list.rows(l)...)
		}
		blocks = append(blocks, t)
	}
	return append(blocks, Paragraph{c.say("accountable.closing", none{})})
}

// letter is what the opening of a letter names.
func (c *composer) letter() letterItems {
	return letterItems{Plan: c.PlanTitle, Office: c.Office.Name,
		Month: c.month().Chinese(), MonthEnd: c.monthEnd()}
}

// changeRows are a line's figures that were replaced, one a row.
func (c *composer) changeRows(l Line, keep func(Revision) bool) [][]Cell {
	var rows [][]Cell
	for _, x := range l.Revisions {
		if keep(x) {
			rows = append(rows, texts(c.coded(l.Name, l.ID), l.Unit, dash(x.Month), dash(x.Before), dash(x.After),
				c.say("accountable.time", timeItems{stamp(x.At), x.Published}), dash(x.File),
				c.ownWords(x.Why)))
		}
	}
	return rows
}

func (c *composer) loweredRows(l Line) [][]Cell {
	var rows [][]Cell
	for _, x := range l.Lowerings {
		rows = append(rows, append(texts(c.coded(l.Name, l.ID), l.Unit, dash(x.Before), dash(x.After), x.Month,
			dash(x.Document)), Cell{Text: l.word(), Light: l.Light}))
	}
	return rows
}

func (c *composer) longRows(l Line) [][]Cell {
	return [][]Cell{texts(c.coded(l.Name, l.ID), l.Unit, fmt.Sprint(l.RedMonths), value(l), dash(l.AsOf),
		dash(l.Rule), c.wordsOf(l, 60))}
}
