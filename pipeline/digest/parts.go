package digest

// part is one piece of the wording and what it may name.
type part struct {
	name    string
	items   any // a value of the type that is handed to it
	columns int // it is a row of so many column heads; 0: it is text
}

// No items: a part that always says the same.
type none struct{}

// parts is every part the papers say; a section's are together.
var parts = []part{
	{"title", titleItems{}, 0},
	{"heading.1", headingItems{}, 0},
	{"heading.2", headingItems{}, 0},
	{"heading.3", headingItems{}, 0},
	{"coded", codedItems{}, 0},
	{"words", wordsItems{}, 0},

	{"opening", openingItems{}, 0},

	{"corrections.heading", none{}, 0},
	{"corrections", correctionItems{}, 0},
	{"corrections.caption", none{}, 0},
	{"corrections.columns", none{}, 6},
	{"corrections.title", none{}, 0},
	{"corrections.lead", correctionItems{}, 0},

	{"overall.heading", none{}, 0},
	{"overall", overallItems{}, 0},
	{"overall.progresses", none{}, 0},
	{"overall.progress", progressItems{}, 0},
	{"overall.shares", none{}, 0},
	{"overall.share", shareItems{}, 0},

	{"adjustments.heading", none{}, 0},
	{"adjustments", numberItems{}, 0},
	{"adjustments.caption", none{}, 0},
	{"adjustments.columns", none{}, 7},

	{"fields.heading", none{}, 0},
	{"fields", monthItems{}, 0},
	{"fields.summary", summaryItems{}, 0},
	{"telling", tellingItems{}, 0},
	{"telling.named", namedItems{}, 0},
	{"telling.lag", lagItems{}, 0},
	{"telling.grown", grownItems{}, 0},
	{"telling.above", aboveItems{}, 0},
	{"telling.works", worksItems{}, 0},

	{"practical.heading", none{}, 0},
	{"practical", practicalItems{}, 0},

	{"advanced.heading", none{}, 0},
	{"advanced", advancedItems{}, 0},
	{"advanced.unit", meritItems{}, 0},
	{"advanced.caption", none{}, 0},
	{"advanced.columns", none{}, 8},
	{"advanced.rule", advancedItems{}, 0},

	{"lagging.heading", none{}, 0},
	{"lagging", laggingItems{}, 0},
	{"lagging.caption", none{}, 0},
	{"lagging.columns", none{}, 8},
	{"lagging.long", longItems{}, 0},
	{"lagging.reasons.caption", none{}, 0},
	{"lagging.reasons.columns", none{}, 4},
	{"lagging.words", saidItems{}, 0},

	{"promises.heading", none{}, 0},
	{"promises", promiseItems{}, 0},
	{"promises.caption", none{}, 0},
	{"promises.columns", none{}, 6},

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
	{"demands.promises", demandItems{}, 0},
	{"demands.silent", demandItems{}, 0},
	{"demands.unsure", demandItems{}, 0},
	{"demands.pending", demandItems{}, 0},
	{"demands.unset", demandItems{}, 0},
	{"demands.all", demandItems{}, 0},

	{"brief.totals.heading", none{}, 0},
	{"brief.totals", briefTotalItems{}, 0},
	{"brief.bars", barsItems{}, 0},
	{"brief.worst.heading", none{}, 0},
	{"brief.worst", briefWorstItems{}, 0},
	{"brief.caption", none{}, 0},
	{"brief.columns", none{}, 5},
	{"brief.reporting", reportingItems{}, 0},
	{"brief.decide.heading", none{}, 0},
	{"brief.decide", briefDecideItems{}, 0},
	{"brief.long", pointItems{}, 0},
	{"brief.overdue", pointItems{}, 0},
	{"brief.promises", pointItems{}, 0},
	{"brief.silent", pointItems{}, 0},

	{"accountable", letterItems{}, 0},
	{"accountable.late.heading", none{}, 0},
	{"accountable.late", listItems{}, 0},
	{"accountable.late.caption", none{}, 0},
	{"accountable.late.columns", none{}, 8},
	{"accountable.time", timeItems{}, 0},
	{"accountable.often.heading", none{}, 0},
	{"accountable.often", listItems{}, 0},
	{"accountable.often.caption", none{}, 0},
	{"accountable.often.columns", none{}, 8},
	{"accountable.lowered.heading", none{}, 0},
	{"accountable.lowered", listItems{}, 0},
	{"accountable.lowered.caption", none{}, 0},
	{"accountable.lowered.columns", none{}, 7},
	{"accountable.long.heading", none{}, 0},
	{"accountable.long", listItems{}, 0},
	{"accountable.long.caption", none{}, 0},
	{"accountable.long.columns", none{}, 7},
	{"accountable.closing", none{}, 0},

	{"lineage", letterItems{}, 0},
	{"lineage.about.heading", none{}, 0},
	{"lineage.about", lineageItems{}, 0},
	{"lineage.counts.heading", none{}, 0},
	{"lineage.counts", lineageItems{}, 0},
	{"lineage.verify.heading", none{}, 0},
	{"lineage.verify", lineageItems{}, 0},
	{"lineage.closing", none{}, 0},

	{"across", acrossItems{}, 0},
	{"across.course.heading", none{}, 0},
	{"across.course", courseItems{}, 0},
	{"across.course.caption", none{}, 0},
	{"across.course.columns", none{}, 7},
	{"across.red.heading", none{}, 0},
	{"across.red", pastItems{}, 0},
	{"across.red.caption", none{}, 0},
	{"across.red.columns", none{}, 5},
	{"across.silent.heading", none{}, 0},
	{"across.silent", pastItems{}, 0},
	{"across.closing", none{}, 0},

	{"order", orderItems{}, 0},
	{"order.behind.heading", none{}, 0},
	{"order.item", orderItem{}, 0},
	{"order.settle.heading", none{}, 0},
	{"order.settle", settleItems{}, 0},
	{"order.good.heading", none{}, 0},
	{"order.good", goodItems{}, 0},
	{"order.closing", closingItems{}, 0},

	{"indicators.title", none{}, 0},
	{"indicators.caption", monthItems{}, 0},
	{"indicators.columns", none{}, 10},
	{"indicators.unowned", none{}, 0},

	{"units.title", none{}, 0},
	{"units.caption", monthItems{}, 0},
	{"units.columns", none{}, 8},

	{"tasks.title", none{}, 0},
	{"tasks.task", monthItems{}, 0},
	{"tasks.annex", monthItems{}, 0},

	{"trails.title", none{}, 0},
	{"trails.caption", monthItems{}, 0},
	{"trails.columns", none{}, 8},

	{"sources.title", none{}, 0},
	{"sources.caption", monthItems{}, 0},
	{"sources.columns", none{}, 10},
	{"sources.unit", senderItems{}, 0},

	{"own.title", none{}, 0},
	{"own.caption", monthItems{}, 0},
	{"own.columns", none{}, 8},
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
	codedItems  struct{ Name, ID string }
	monthItems  struct{ Month, MonthEnd string }
	numberItems struct{ N int }
)

// Count is so many of a name, so many of them past their date.
type Count struct {
	Name    string
	N, Late int
}
