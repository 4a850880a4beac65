package digest

// section is one part of the paper's body. One that returns no blocks does not
// appear; numbered ones take the next 一、二、三 in the order of the table.
type section struct {
	name  string // what follows the number; "" for a part without a heading
	write func(*Report) []Block
}

// sections is the paper from top to bottom: one row and one file a section.
var sections = []section{
	{"", opening},
	{"更正说明", corrections},
	{"总体情况", overall},
	{"重点任务推进情况", byField},
	{"办实事清单跟踪情况", annexItems},
	{"滞后事项", lagging},
	{"报送情况", reporting},
	{"同日数据不一致情况", conflicts},
	{"延期和豁免", rulings},
	{"下一步要求", demands},
}

// annexes is what is bound behind the paper, each on a new page.
var annexes = []func(*Report) Annex{
	ledgerAnnex,
	unitsAnnex,
}

// sheets is the workbook from left to right: one row and one file a sheet.
var sheets = []func(*Report) Sheet{
	overviewSheet,
	ledgerSheet,
	laggingSheet,
	unitsSheet,
	sourcesSheet,
}
