package digest

type openingItems struct{ Plan, Office, Month string }

// opening says why the paper is written and how far its figures reach.
func opening(c *composer) []Block {
	return []Block{Paragraph{c.say("opening", openingItems{
		c.PlanTitle, c.Office.Name, c.month().Chinese(),
	})}}
}
