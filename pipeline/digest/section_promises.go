package digest

import "fmt"

type promiseItems struct {
	N, Twice int
	Units    []string
}

// promises lists the planned days (计划完成日期) that units gave and did not
// keep.
func promises(c *composer) []Block {
	broken := choose(c.Lines, Line.broken)
	if len(broken) == 0 {
		return nil
	}
	t := Table{
		Caption: c.say("promises.caption", none{}),
		Columns: c.columns("promises.columns",
			left(0.23), left(0.17), centre(0.14), centre(0.08), right(0.13), left(0.25)),
	}
	items := promiseItems{N: len(broken), Units: unitsOf(broken)}
	for _, l := range broken {
		if l.Postponed > 1 {
			items.Twice++
		}
		t.Rows = append(t.Rows, texts(c.coded(l.Name, l.ID), l.Unit, l.Promised,
			fmt.Sprint(l.Postponed), value(l), c.wordsOf(l, 40)))
	}
	return []Block{Paragraph{c.say("promises", items)}, t}
}

// broken reports whether the unit's planned day has passed without completion.
func (l Line) broken() bool { return l.Promised != "" }
