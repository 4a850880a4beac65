package digest

type lineageItems struct {
	Month                        string
	Lines, Known, Unknown        int
	Sources, Older, Files, Units int
	Annex                        string
}

// lineage is the letter to 审计: what the ledger is, how much of it there is,
// and how to verify it without this program.
func lineage(c *composer) []Block {
	items := lineageItems{Month: c.month().Chinese(), Lines: len(c.Lines),
		Sources: len(c.Sources), Annex: c.annexNumber("sources")}
	for _, l := range c.Lines {
		if l.Value != "" || l.Progress != "" {
			items.Known++
		}
	}
	items.Unknown = items.Lines - items.Known
	files, units := map[string]bool{}, map[string]bool{}
	for _, s := range c.Sources {
		files[s.SHA256], units[s.Unit] = true, true
		if s.Month != c.Month {
			items.Older++
		}
	}
	items.Files, items.Units = len(files), len(units)
	blocks := []Block{Paragraph{c.say("lineage", c.letter())}}
	for _, code := range []string{"lineage.about", "lineage.counts", "lineage.verify"} {
		blocks = append(blocks, c.heading(code), Paragraph{c.say(code, items)})
	}
	return append(blocks, Paragraph{c.say("lineage.closing", none{})})
}
