package digest

// Ruling is an extension or a waiver that holds in the month.
type Ruling struct {
	What     string   // 延期, 豁免
	Subject  string   // whom it is for
	Units    []string // codes of whom it touches
	Content  string
	Why      string
	Document string // 文号
}

// rulings lists the extensions and waivers (延期和豁免) of the month.
func rulings(c *composer) []Block {
	if len(c.Rulings) == 0 {
		return nil
	}
	t := Table{
		Caption: c.say("rulings.caption", none{}),
		Columns: c.columns("rulings.columns",
			centre(0.08), left(0.20), left(0.34),
			left(0.20), left(0.18)),
	}
	for _, x := range c.Rulings {
		t.Rows = append(t.Rows, texts(x.What, x.Subject, x.Content, x.Why, x.Document))
	}
	return []Block{Paragraph{c.say("rulings", numberItems{len(c.Rulings)})}, t}
}
