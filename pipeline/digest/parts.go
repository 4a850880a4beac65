package digest

// part is one piece of the wording and what it may name.
type part struct {
	name    string
	items   any // a value of the type that is handed to it
	columns int // it is a row of so many column heads; 0: it is text
}

// No items: a part that always says the same.
type none struct{}

// parts is every part the wording must have; a section's are together.
var parts = []part{
	{"title", titleItems{}, 0},
	{"heading.1", headingItems{}, 0},
	{"heading.2", headingItems{}, 0},
	{"heading.3", headingItems{}, 0},

	{"opening", openingItems{}, 0},

	{"corrections.heading", none{}, 0},
	{"corrections", correctionItems{}, 0},
	{"corrections.caption", none{}, 0},
	{"corrections.columns", none{}, 6},

	{"overall.heading", none{}, 0},
	{"overall", overallItems{}, 0},
	{"overall.shares", none{}, 0},
	{"overall.share", shareItems{}, 0},

	{"fields.heading", none{}, 0},
	{"fields", monthItems{}, 0},
	{"fields.summary", summaryItems{}, 0},
	{"telling", tellingItems{}, 0},
	{"telling.named", namedItems{}, 0},
	{"telling.above", aboveItems{}, 0},
	{"telling.works", worksItems{}, 0},

	{"practical.heading", none{}, 0},
	{"practical", practicalItems{}, 0},

	{"lagging.heading", none{}, 0},
	{"lagging", laggingItems{}, 0},
	{"lagging.caption", none{}, 0},
	{"lagging.columns", none{}, 7},
	{"lagging.words", saidItems{}, 0},

	{"reporting.heading", none{}, 0},
	{"reporting", reportingItems{}, 0},

	{"conflicts.heading", none{}, 0},
	{"conflicts", numberItems{}, 0},
	{"conflicts.item", conflictItems{}, 0},

	{"rulings.heading", none{}, 0},
	{"rulings", numberItems{}, 0},
	{"rulings.caption", none{}, 0},
	{"rulings.columns", none{}, 5},

	{"demands.heading", none{}, 0},
	{"demands.lagging", demandItems{}, 0},
	{"demands.silent", demandItems{}, 0},
	{"demands.unsure", demandItems{}, 0},
	{"demands.pending", demandItems{}, 0},
	{"demands.unset", demandItems{}, 0},
	{"demands.all", demandItems{}, 0},

	{"indicators.title", none{}, 0},
	{"indicators.caption", monthItems{}, 0},
	{"indicators.columns", none{}, 9},
	{"indicators.unowned", none{}, 0},

	{"units.title", none{}, 0},
	{"units.caption", monthItems{}, 0},
	{"units.columns", none{}, 8},
}

func partNamed(name string) (part, bool) {
	for _, p := range parts {
		if p.name == name {
			return p, true
		}
	}
	return part{}, false
}

// What many parts name.
type (
	titleItems struct {
		Title   string
		Edition int
	}
	headingItems struct {
		N    int
		Text string
	}
	monthItems  struct{ Month, MonthEnd string }
	numberItems struct{ N int }
)

// Count is so many of a name, so many of them past their date.
type Count struct {
	Name    string
	N, Late int
}
