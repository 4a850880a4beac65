package digest

import "fmt"

// indicatorsAnnex is the table of every indicator, set across the page.
func indicatorsAnnex(c *composer) Annex {
	t := Table{
		Caption: c.say("indicators.caption", c.monthItems()),
		Columns: c.columns("indicators.columns",
			Column{"", 0.06, Left}, Column{"", 0.24, Left}, Column{"", 0.14, Left},
			Column{"", 0.16, Left}, Column{"", 0.08, Centre}, Column{"", 0.10, Right},
			Column{"", 0.07, Right}, Column{"", 0.07, Right}, Column{"", 0.08, Left}),
	}
	for _, l := range c.Lines {
		unit := l.Unit
		if unit == "" {
			unit = c.say("indicators.unowned", none{})
		}
		t.Rows = append(t.Rows, append(
			texts(l.ID, l.Name, unit, l.Target, l.Due, value(l), percent(l.Done), percent(l.inTime())),
			Cell{Text: l.word(), Light: l.Light}))
	}
	return Annex{Title: c.say("indicators.title", none{}), Landscape: true, Body: []Block{t}}
}

// unitsAnnex is the table of how each unit reported.
func unitsAnnex(c *composer) Annex {
	t := Table{
		Caption: c.say("units.caption", c.monthItems()),
		Columns: c.columns("units.columns",
			Column{"", 0.07, Centre}, Column{"", 0.31, Left}, Column{"", 0.17, Centre},
			Column{"", 0.11, Centre}, Column{"", 0.08, Right}, Column{"", 0.08, Right},
			Column{"", 0.08, Right}, Column{"", 0.10, Right}),
	}
	for i, u := range c.Units {
		t.Rows = append(t.Rows, texts(fmt.Sprint(i+1), u.Name, u.State, dash(u.OnTime),
			fmt.Sprint(u.Due), fmt.Sprint(u.Taken), fmt.Sprint(u.Returned), fmt.Sprint(u.Queries)))
	}
	return Annex{Title: c.say("units.title", none{}), Body: []Block{t}}
}
