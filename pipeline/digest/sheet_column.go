package digest

import (
	"fmt"
	"strings"
)

// sheetColumn is a column of a sheet and what it shows of the thing a row is
// about.
type sheetColumn[T any] struct {
	head  string
	width float64 // in characters
	align Align
	as    columnUse
	cell  func(T) Datum
}

// columnUse is what a column is besides cells.
type columnUse int

const (
	plain columnUse = iota
	bar             // percentages, with data bars
	lamp            // words of lights, coloured by what they say
)

// newSheet makes the table of a sheet: a row for each thing.
func newSheet[T any](name, title string, columns []sheetColumn[T], rows []T) Sheet {
	s := Sheet{Name: name, Title: title}
	for i, c := range columns {
		s.Columns = append(s.Columns, SheetColumn{c.head, c.width, c.align})
		switch c.as {
		case bar:
			s.Bars = append(s.Bars, i)
		case lamp:
			s.Lamps = append(s.Lamps, i)
		}
	}
	for _, x := range rows {
		row := make([]Datum, len(columns))
		for i, c := range columns {
			row[i] = c.cell(x)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// numbered puts 序号 before the other columns.
func (s *Sheet) numbered() {
	s.Columns = append([]SheetColumn{{"序号", 7, Centre}}, s.Columns...)
	for i, row := range s.Rows {
		s.Rows[i] = append([]Datum{whole(i + 1)}, row...)
	}
	for _, at := range [][]int{s.Bars, s.Lamps} {
		for i := range at {
			at[i]++
		}
	}
}

// column finds a column by its head. The heads are ours: one that is missing is
// a fault of the program.
func (s *Sheet) column(head string) int {
	for i, c := range s.Columns {
		if c.Head == head {
			return i
		}
	}
	panic("digest: sheet " + s.Name + " has no column " + head)
}

// chart draws the first so many rows, named by the first column; of none there
// is no chart.
func (s *Sheet) chart(kind ChartKind, title string, rows int, heads ...string) {
	if rows == 0 {
		return
	}
	c := Chart{Kind: kind, Title: title, To: rows - 1}
	for _, h := range heads {
		c.Series = append(c.Series, s.column(h))
	}
	s.Charts = append(s.Charts, c)
}

// sheetTitle is a sheet's title; in a unit's own book it names the unit.
func (r *Report) sheetTitle(format string, a ...any) string {
	t := fmt.Sprintf(format, a...)
	if strings.Contains(t, r.For) {
		return t
	}
	return r.For + t
}

// asOfMonth is what a title ends with: （截至2025年3月底）.
func (r *Report) asOfMonth() string { return "（截至" + r.month().Chinese() + "底）" }
