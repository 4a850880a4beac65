// Package sheet reads inbound workbooks: hostile bytes in, cells with
// addresses out. It is strict (a checksum that does not match, XML that is
// not well formed or a grid that contradicts itself is an error, never fewer
// rows), streaming (no part is ever held whole) and bounded (declared sizes
// are judged before anything is inflated, everything counted has a limit).
//
// It reads only the parts that hold cells: the relationships, the workbook,
// number formats, shared strings and worksheets; of the older format (.xls,
// .et: BIFF8) the same, see biff.go. It never inflates anything
// else, never follows a link, never evaluates a formula, never decrypts,
// never writes, and gives no cell a meaning: that is the form's business.
package sheet

import "slices"

// Workbook is what a file holds, as it holds it.
type Workbook struct {
	Sheets   []*Sheet // worksheets in the order of their tabs
	Date1904 bool     // serial numbers count from 1904-01-01
	Notices  []Notice // what is odd, never fatal
}

// Size is about how many bytes its cells hold.
func (w *Workbook) Size() (n int) {
	const cell = 96 // without what it points to
	for _, s := range w.Sheets {
		n += len(s.Cells) * cell
		for i := range s.Cells {
			n += len(s.Cells[i].Raw) + len(s.Cells[i].Formula)
		}
	}
	return n
}

// Notice is something the file brings along that a reader of cells can pass
// over but a person may want to know. The codes are listed in notice.go.
type Notice struct {
	Code    string
	Part    string // part of the archive, "" for the file as a whole
	Cell    string // "Sheet1!B2" where a cell is meant
	Message string // Chinese sentence: what is there, and that it is not read
	Fix     string // Chinese sentence: what to do
}

// State says whether a sheet's tab is shown.
type State int

// The states of a sheet.
const (
	Visible State = iota
	Hidden
	VeryHidden // cannot be shown from the menus
)

// Sheet is one worksheet.
type Sheet struct {
	Name       string
	State      State
	Cells      []Cell // row by row, only cells with a value or a formula
	Merges     []Range
	HiddenRows []Span // ascending, joined where they touch
	HiddenCols []Span // ascending, joined where they touch
	Part       string // name of the part in the archive

	// What a program that builds the whole grid would have to hold: the cells
	// up to the last of each row, empty ones too, and the last row.
	Grid, LastRow int
}

// Range is a rectangle of cells, both corners inclusive, counted from 1.
type Range struct{ FromRow, FromCol, ToRow, ToCol int }

// Span is a run of rows or columns, both ends inclusive, counted from 1.
type Span struct{ From, To int }

// Kind says how the file types a cell's value.
type Kind int

// The kinds. A date is a Number with a date's format, see Cell.IsDate; ISODate
// is the rare cell that holds its date as text such as 2025-03-31T00:00:00.
const (
	Blank Kind = iota // a formula without a stored result
	Number
	Text
	Bool       // Raw is 1 or 0, in some files true or false
	ErrorValue // Raw is #REF! or one of its kin
	ISODate
)

// Cell is a cell with a value or a formula.
type Cell struct {
	Row, Col   int // from 1
	Kind       Kind
	Raw        string // the value as the file holds it; of text, the text
	Formula    string // without the leading =
	Format     string // number-format code, "" for general
	HasFormula bool
	HasValue   bool // false: a formula without a stored result
	Hidden     bool // its row or its column is hidden
}

// Address is the cell's place in A1 form, such as "H7".
func (c Cell) Address() string { return Address(c.Row, c.Col) }

// At finds the cell at a place counted from 1; false when nothing is there.
func (s *Sheet) At(row, col int) (Cell, bool) {
	i, ok := slices.BinarySearchFunc(s.Cells, [2]int{row, col}, func(c Cell, at [2]int) int {
		if c.Row != at[0] {
			return c.Row - at[0]
		}
		return c.Col - at[1]
	})
	if !ok {
		return Cell{}, false
	}
	return s.Cells[i], true
}

// Row lists the cells of a row, by column.
func (s *Sheet) Row(row int) []Cell {
	byRow := func(c Cell, row int) int { return c.Row - row }
	from, _ := slices.BinarySearchFunc(s.Cells, row, byRow)
	to, _ := slices.BinarySearchFunc(s.Cells[from:], row+1, byRow)
	return s.Cells[from : from+to]
}

// within reports whether n lies in one of the ascending spans.
func within(spans []Span, n int) bool {
	i, ok := slices.BinarySearchFunc(spans, n, func(s Span, n int) int { return s.To - n })
	return ok || (i < len(spans) && spans[i].From <= n)
}

// extend adds a run behind the others, joining it with the last it touches.
func extend(spans []Span, from, to int) []Span {
	if n := len(spans); n > 0 && from <= spans[n-1].To+1 {
		spans[n-1].To = max(spans[n-1].To, to)
		return spans
	}
	return append(spans, Span{from, to})
}
