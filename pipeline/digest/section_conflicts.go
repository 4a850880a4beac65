package digest

// Conflict is an indicator of which two files of one unit said different
// values in one day.
type Conflict struct {
	ID, Name, Unit string
	UnitCode       string
	Message        string
}

type conflictItems struct {
	N          int
	Unit, Text string
}

// conflicts lists the figures (数据不一致) that a unit must settle with itself.
func conflicts(c *composer) []Block {
	if len(c.Conflicts) == 0 {
		return nil
	}
	blocks := []Block{Paragraph{c.say("conflicts", numberItems{len(c.Conflicts)})}}
	for i, x := range c.Conflicts {
		text := c.say("conflicts.item", conflictItems{i + 1, x.Unit, x.Message})
		blocks = append(blocks, Paragraph{text})
	}
	return blocks
}
