package digest

// Paper is an official paper, in words and blocks: what it says, not how it
// is set. digest/pdf sets it by GB/T 9704-2012.
type Paper struct {
	Form       string // 公文格式: 通报, 信函, 专报; "" is 通报
	Mark       string // 发文机关标志, red
	Number     string // 发文字号: 振政督〔2025〕3号
	Title      string
	Recipient  string // 主送, without the colon
	Body       []Block
	Annexes    []Annex // 附件, each on a new page
	Organ      string  // 发文机关署名
	Date       string  // 成文日期: 2025年4月8日
	Sealed     bool    // leave the seal's room
	CopyTo     string  // 抄送, without the head word and the end mark; "" none
	Printer    string  // 印发机关
	PrintedOn  string  // 印发日期: 2025年4月8日
	Copies     int     // 印数; 0: not printed
	Author     string  // PDF metadata
	Subject    string  // PDF metadata
	Created    int64   // Unix seconds: the moment written into the file
	Confidence string  // reserved words under the date, e.g. （此件公开发布）
}

// Annex is one attachment of a paper: its title as the 附件说明 lists it, and
// its blocks; Landscape sets its pages across.
type Annex struct {
	Title     string
	Landscape bool
	Body      []Block
}

// Block is one piece of a paper's body. The set is closed: Heading, Paragraph,
// Table, Bars, Strip.
type Block interface{ block() }

// Heading is a heading of level 1 (一、), 2 （一）, 3 (1.) or 4 （1）. The text
// carries its number. Run is set in the body's face behind a heading of level
// 2 to 4 in the same paragraph; "" for a heading on its own line.
type Heading struct {
	Level int
	Text  string
	Run   string
}

// Paragraph is body text, indented by two characters; the writer breaks it.
type Paragraph struct{ Text string }

// Table is a table with a caption; the head repeats on every page and no row
// is split. Widths are shares of the type area's width.
type Table struct {
	Caption string
	Columns []Column
	Rows    [][]Cell
}

// Align is how the cells of a column stand.
type Align int

// The alignments.
const (
	Left Align = iota
	Centre
	Right
)

// Column is a column of a Table: its head never wraps.
type Column struct {
	Head  string
	Share float64
	Align Align
}

// Cell is a cell of a Table. Light, when not "", names a light (assess.Light)
// that the writer shows as a mark before the text, readable in black and
// white. Span > 1 makes the cell reach over the following columns (the row
// then has fewer cells). Strong sets 黑体.
type Cell struct {
	Text   string
	Light  string
	Span   int
	Strong bool
	Spark  []Spot // drawn instead of the text
}

// Spot is one month of a sparkline: where the figure stood, and where it should
// have stood by then. What is not known is a gap in the line.
type Spot struct {
	Value, Due   float64
	Known, IsDue bool
}

// Bars is a horizontal bar chart: for each bar the value in percent and a
// mark where it should be by now. A bar whose value is unknown says so.
type Bars struct {
	Caption string
	Bars    []Bar
}

// Bar is one bar; Value and Due are in percent of the target.
type Bar struct {
	Label   string
	Value   float64
	Known   bool
	Due     float64
	HasDue  bool
	Display string // the figure printed at the bar's end
}

// Strip is a heat strip: for each row one cell a month, which shows a light (""
// is a month of which nothing was said). The writer explains the marks below.
type Strip struct {
	Caption string
	Months  []string // heads: 2024-04 as 4月, the year where it begins
	Rows    []StripRow
}

// StripRow is one row of a Strip.
type StripRow struct {
	Label  string
	Lights []string // as many as there are months
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (Table) block()     {}
func (Bars) block()      {}
func (Strip) block()     {}

// Book is the digest as a workbook: sheets of tables.
type Book struct {
	Title   string
	Created int64 // Unix seconds, as in Paper
	Author  string
	Sheets  []Sheet
}

// Sheet is one sheet of a Book: a title line, note lines under it and one table
// with a frozen head and filters. A sheet with charts prints on one page.
type Sheet struct {
	Name    string
	Title   string
	Notes   []string
	Columns []SheetColumn
	Rows    [][]Datum
	Bars    []int   // indexes of columns of percentages that get data bars
	Lamps   []int   // indexes of columns of words of lights, coloured by what they say
	Charts  []Chart // beside or below the table
}

// SheetColumn is a column of a Sheet; Width is in characters.
type SheetColumn struct {
	Head  string
	Width float64
	Align Align
}

// Chart is a native chart of rows of its sheet's own table.
type Chart struct {
	Kind       ChartKind
	Title      string
	Categories int   // index of the column that names the rows
	Series     []int // indexes of columns, each a series named by its head
	From, To   int   // rows of the table, counted from 0, both inclusive
}

// ChartKind is how a chart is drawn.
type ChartKind string

// The kinds of chart.
const (
	StackedBars ChartKind = "stacked" // horizontal, one over another
	PlainBars   ChartKind = "bars"    // horizontal
	Lines       ChartKind = "lines"
)

// Datum is a cell of a Sheet: a number when Number is not "" (a plain decimal;
// Format is its number format, "" for general), else text. Text is always
// written as text, never as a formula.
type Datum struct {
	Text   string
	Number string
	Format string
	Link   string // a place in the same book, e.g. 数据来源!A12; plain text where it lacks the sheet
}
