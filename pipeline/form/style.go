package form

import (
	"math"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// The faces office machines have; where one is missing the program that opens
// the form takes another.
const (
	faceTitle = "黑体"
	faceHead  = "黑体"
	faceText  = "宋体"
)

// bodySize is the table's type size in points.
const bodySize = 11

// The colours of a form.
const (
	colourFill   = "FFFBE0" // fill-in cells: light yellow
	colourNot    = "EDEDED" // cells that do not apply to the row
	colourNew    = "FAD7B8" // what a row with an adjustment shows: orange
	colourHead   = "DDE7F0"
	colourLine   = "A6A6A6"
	colourItem   = "404040" // the line above a new item
	colourQuiet  = "7F7F7F"
	colourHint   = "595959"
	colourUrgent = "C00000"
)

// look is how a cell looks; equal looks share one style.
type look struct {
	face   string
	size   float64
	bold   bool
	colour string
	fill   string
	align  string // left, center, right
	format string
	line   bool // thin lines around
	under  bool // a line below only
	first  bool // the first row of an item: a dark line above
	open   bool // may be filled in
}

// book is a workbook being written, with the styles made so far.
type book struct {
	*excelize.File
	styles map[look]int
	cols   []column
	err    error
}

// try keeps the first error; the layout reads better without forty ifs.
func (b *book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) style(l look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	s := &excelize.Style{
		Font: &excelize.Font{Family: l.face, Size: l.size, Bold: l.bold, Color: l.colour},
		Alignment: &excelize.Alignment{
			Horizontal: l.align, Vertical: "center", WrapText: true,
		},
		Protection: &excelize.Protection{Locked: !l.open},
	}
	if l.align == "right" && l.line {
		s.Alignment.Indent = 1
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	s.Border = l.borders()
	id, err := b.NewStyle(s)
	b.try(err)
	b.styles[l] = id
	return id
}

func (l look) borders() []excelize.Border {
	if l.under {
		return []excelize.Border{{Type: "bottom", Color: colourItem, Style: 1}}
	}
	if !l.line {
		return nil
	}
	top := colourLine
	if l.first {
		top = colourItem
	}
	return []excelize.Border{
		{Type: "left", Color: colourLine, Style: 1}, {Type: "right", Color: colourLine, Style: 1},
		{Type: "top", Color: top, Style: 1}, {Type: "bottom", Color: colourLine, Style: 1},
	}
}

// put writes a text as text, never as a formula, and dresses the cell.
func (b *book) put(sheet, cell, text string, l look) {
	if text != "" {
		b.try(b.SetCellStr(sheet, cell, Clean(text)))
	}
	b.try(b.SetCellStyle(sheet, cell, cell, b.style(l)))
}

// Clean drops what a workbook cannot hold or nobody can see.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
}

// SheetName is the name by which a sheet of a sender's workbook is spoken of,
// in findings, papers and the ledger: on one line, with nothing unseen in it and
// no personal number. To find the sheet again, hold this of each name against it.
func SheetName(s string) string { return plan.Mask(strings.ReplaceAll(Clean(s), "\n", " ")) }

// RowHeight is the height in points that text of that size needs in a column
// of that width (in characters): the library does not fit rows by itself.
func RowHeight(text string, width, size float64) float64 {
	lines := 0.0
	for part := range strings.SplitSeq(text, "\n") {
		units := 0.0
		for _, r := range part {
			if r < 0x2000 {
				units += 1.05
			} else {
				units += 1.9
			}
		}
		lines += max(1, math.Ceil(units*size/11/(width-0.8)))
	}
	return min(lines*size*1.38+7, 400)
}

func at(col, row int) string { return sheet.Address(row, col) }
