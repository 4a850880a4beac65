package digest

import "fmt"

// indicatorsAnnex is the table of every indicator, set across the page; the
// last months are drawn once there are any.
func indicatorsAnnex(c *composer) Annex {
	t := Table{
		Caption: c.say("indicators.caption", c.monthItems()),
		Columns: c.columns("indicators.columns", left(0.055), left(0.205), left(0.12), left(0.13),
			centre(0.075), right(0.09), right(0.065), right(0.075), left(0.085), centre(0.10)),
	}
	for _, l := range c.Lines {
		unit := l.Unit
		if unit == "" {
			unit = c.say("indicators.unowned", none{})
		}
		t.Rows = append(t.Rows, append(
			texts(l.ID, l.Name, unit, l.Target, l.Due, value(l), percent(l.Done), percent(l.inTime())),
			Cell{Text: l.word(), Light: l.Light}, l.sparkCell()))
	}
	return Annex{Title: c.say("indicators.title", none{}), Landscape: true,
		Body: []Block{c.drawn(t)}}
}

// drawn leaves the last column out of a table where no line has drawn months.
func (c *composer) drawn(t Table) Table {
	for _, l := range c.Lines {
		if l.spark() != nil {
			return t
		}
	}
	last := len(t.Columns) - 1
	t.Columns = t.Columns[:last]
	for i := range t.Rows {
		t.Rows[i] = t.Rows[i][:last]
	}
	return t
}

// unitsAnnex is the table of how each unit reported.
func unitsAnnex(c *composer) Annex {
	t := Table{
		Caption: c.say("units.caption", c.monthItems()),
		Columns: c.columns("units.columns", centre(0.07), left(0.31), centre(0.17), centre(0.11),
			right(0.08), right(0.08), right(0.08), right(0.10)),
	}
	for i, u := range c.Units {
		t.Rows = append(t.Rows, texts(fmt.Sprint(i+1), u.Name, u.State, dash(u.OnTime),
			fmt.Sprint(u.Due), fmt.Sprint(u.Taken), fmt.Sprint(u.Returned), fmt.Sprint(u.Queries)))
	}
	return Annex{Title: c.say("units.title", none{}), Body: []Block{t}}
}

// ownAnnex is the table of a unit's own indicators.
func ownAnnex(c *composer) Annex {
	if len(c.Lines) == 0 {
		return Annex{}
	}
	t := Table{
		Caption: c.say("own.caption", c.monthItems()),
		Columns: c.columns("own.columns", left(0.08), left(0.20), left(0.13), right(0.13),
			right(0.09), right(0.11), left(0.13), centre(0.13)),
	}
	for _, l := range c.Lines {
		t.Rows = append(t.Rows, append(
			texts(l.ID, l.Name, l.Target, value(l), percent(l.Done), percent(l.inTime())),
			Cell{Text: l.word(), Light: l.Light}, l.sparkCell()))
	}
	return Annex{Title: c.say("own.title", none{}), Body: []Block{c.drawn(t)}}
}

type senderItems struct {
	Unit, Sender string
	Same         bool
}

// sourcesAnnex leads every figure back to its cell, set across the page. Of a
// checksum it prints what tells files apart; the workbook has the whole.
func sourcesAnnex(c *composer) Annex {
	if len(c.Sources) == 0 {
		return Annex{}
	}
	names := map[string]string{}
	for _, l := range c.Lines {
		names[l.ID] = l.Name
	}
	for _, w := range c.Works {
		names[w.Item] = w.Title
	}
	t := Table{
		Caption: c.say("sources.caption", c.monthItems()),
		Columns: c.columns("sources.columns", left(0.055), left(0.15), left(0.15), right(0.075),
			centre(0.065), left(0.16), left(0.085), right(0.065), centre(0.085), left(0.12)),
	}
	for _, s := range c.Sources {
		value := figure(s.Value, "")
		if s.Progress != "" {
			value = s.Progress
		}
		t.Rows = append(t.Rows, texts(s.ID, names[s.ID],
			c.say("sources.unit", senderItems{s.Unit, s.Sender, s.Sender == s.Unit}), value, s.Month,
			s.File, s.Sheet+"!"+s.Cell, dash(s.Raw), stamp(s.ReceivedAt),
			s.SHA256[:min(16, len(s.SHA256))]))
	}
	return Annex{Title: c.say("sources.title", none{}), Landscape: true, Body: []Block{t}}
}
