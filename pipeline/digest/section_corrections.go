package digest

import "slices"

// The rules this file keeps:
//
//   - A second edition says which one it replaces and everything that differs,
//     with its cause.
//   - The section has the table while it is short; a longer one is bound behind
//     the paper, and so is any of an audience without the section.

// shortTable is how many differences the section itself lists.
const shortTable = 8

type correctionItems struct {
	Edition  int
	Previous string
	Changes  int
	Annex    string
}

// corrections lists what differs from the edition this one replaces; a first
// edition has no such section.
func corrections(c *composer) []Block {
	if c.Edition < 2 {
		return nil
	}
	items := c.correctionItems()
	blocks := []Block{Paragraph{c.say("corrections", items)}}
	if len(c.Changes) > 0 && items.Annex == "" {
		blocks = append(blocks, c.correctionTable())
	}
	return blocks
}

// correctionsAnnex is the table where the paper itself does not have it.
func correctionsAnnex(c *composer) Annex {
	section := slices.Contains(c.Audience.Sections, "corrections")
	if c.Edition < 2 || len(c.Changes) == 0 || section && len(c.Changes) <= shortTable {
		return Annex{}
	}
	a := Annex{Title: c.say("corrections.title", none{}), Landscape: true}
	if !section {
		a.Body = append(a.Body, Paragraph{c.say("corrections.lead", c.correctionItems())})
	}
	a.Body = append(a.Body, c.correctionTable())
	return a
}

func (c *composer) correctionItems() correctionItems {
	return correctionItems{c.Edition, c.Previous, len(c.Changes), c.annexNumber("corrections")}
}

func (c *composer) correctionTable() Table {
	t := Table{
		Caption: c.say("corrections.caption", none{}),
		Columns: c.columns("corrections.columns",
			left(0.36), left(0.22), centre(0.10),
			right(0.11), right(0.11), centre(0.10)),
	}
	for _, x := range c.Changes {
		t.Rows = append(t.Rows,
			texts(c.coded(x.Name, x.ID), x.Unit, x.What, dash(x.Before), dash(x.After), x.Cause))
	}
	return t
}

// texts is a row of plain cells.
func texts(all ...string) []Cell {
	var row []Cell
	for _, s := range all {
		row = append(row, Cell{Text: s})
	}
	return row
}

func dash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
