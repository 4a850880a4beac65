package digest

type correctionItems struct {
	Edition  int
	Previous string
	Changes  int
}

// corrections lists what differs from the edition this one replaces; a first
// edition has no such section.
func corrections(c *composer) []Block {
	if c.Edition < 2 {
		return nil
	}
	lead := Paragraph{c.say("corrections",
		correctionItems{c.Edition, c.Previous, len(c.Changes)})}
	if len(c.Changes) == 0 {
		return []Block{lead}
	}
	t := Table{
		Caption: c.say("corrections.caption", none{}),
		Columns: c.columns("corrections.columns",
			left(0.36), left(0.22), centre(0.10),
			right(0.11), right(0.11), centre(0.10)),
	}
	for _, x := range c.Changes {
		t.Rows = append(t.Rows,
			texts(x.Name, x.Unit, x.What, dash(x.Before), dash(x.After), x.Cause))
	}
	return []Block{lead, t}
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
