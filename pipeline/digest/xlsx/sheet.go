package xlsx

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"duban/pipeline/digest"
)

// sheet is one sheet being written: title, notes, head, rows, each in its row.
// Rows are streamed: what is set on the sheet besides must be set before the
// last Flush, the dimension and the fitting even before the first row.
type sheet struct {
	*book
	*digest.Sheet
	name    string
	out     *excelize.StreamWriter
	heights []float64 // of the rows written, in points
}

// The heights of rows, in points.
const (
	titleHeight = 30
	noteHeight  = 16 // of one line
	headHeight  = 32
	lineHeight  = 13
	rowPadding  = 6
)

// head is the row of the column heads.
func (s *sheet) head() int { return len(s.Notes) + 2 }

func (s *sheet) last() int { return s.head() + max(len(s.Rows), 1) }

// width is the sheet's width in characters.
func (s *sheet) width() float64 {
	var w float64
	for _, c := range s.Columns {
		w += c.Width
	}
	return w
}

func (s *sheet) write() error {
	if len(s.Columns) == 0 {
		return fmt.Errorf("it has no columns")
	}
	if err := s.layOut(); err != nil {
		return err
	}
	var err error
	if s.out, err = s.NewStreamWriter(s.name); err != nil {
		return err
	}
	for i, c := range s.Columns {
		if err := s.out.SetColWidth(i+1, i+1, max(c.Width, 4)); err != nil {
			return err
		}
	}
	if err := s.freeze(); err != nil {
		return err
	}
	if err := s.writeTop(); err != nil {
		return err
	}
	for i, row := range s.Rows {
		if err := s.writeRow(s.head()+1+i, row); err != nil {
			return err
		}
	}
	if len(s.Rows) == 0 {
		none := []digest.Datum{{Text: "（无）"}}
		if err := s.writeRow(s.last(), none); err != nil {
			return err
		}
	}
	if err := s.draw(); err != nil {
		return err
	}
	return s.out.Flush()
}

// put writes the next row.
func (s *sheet) put(row int, cells []any, height float64) error {
	s.heights = append(s.heights, height)
	return s.out.SetRow(at(1, row), cells, excelize.RowOpts{Height: height})
}

// writeTop writes the title, the notes and the head.
func (s *sheet) writeTop() error {
	title := look{size: 16, bold: true, across: "center"}
	if !s.merges() {
		title.across = "left"
	}
	if err := s.writeLine(1, s.Title, title, titleHeight); err != nil {
		return err
	}
	for i, n := range s.Notes {
		note := look{size: 9, colour: "595959", across: "left", wrap: s.merges()}
		high := float64(noteHeight)
		if s.merges() {
			high *= float64(lines(clean(n), s.width()))
		}
		if err := s.writeLine(i+2, n, note, high); err != nil {
			return err
		}
	}
	cells := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		style, err := s.style(headLook(clean(c.Head)))
		if err != nil {
			return err
		}
		cells[i] = excelize.Cell{StyleID: style, Value: clean(c.Head)}
	}
	return s.put(s.head(), cells, headHeight)
}

// merges reports whether the lines on top reach over all columns. On a sheet
// of several pages across they stand on the first.
func (s *sheet) merges() bool { return len(s.Columns) > 1 && s.width() <= fitsA3 }

// writeLine writes a line on top of the table.
func (s *sheet) writeLine(row int, text string, l look, height float64) error {
	style, err := s.style(l)
	if err != nil {
		return err
	}
	cells := []any{excelize.Cell{StyleID: style, Value: clean(text)}}
	if err = s.put(row, cells, height); err != nil || !s.merges() {
		return err
	}
	return s.out.MergeCell(at(1, row), at(len(s.Columns), row))
}

func (s *sheet) writeRow(row int, data []digest.Datum) error {
	if len(data) > len(s.Columns) {
		return fmt.Errorf("row %d has %d cells for %d columns", row, len(data), len(s.Columns))
	}
	cells := make([]any, len(s.Columns))
	most := 1
	for i, c := range s.Columns {
		var d digest.Datum
		if i < len(data) {
			d = data[i]
		}
		place, err := s.target(d.Link)
		if err != nil {
			return err
		}
		cell, err := s.cell(d, c, place != "")
		if err != nil {
			return err
		}
		cells[i] = cell
		if text, ok := cell.Value.(string); ok {
			most = max(most, lines(text, c.Width))
		}
		if place != "" {
			if err := s.SetCellHyperLink(s.name, at(i+1, row), place, "Location"); err != nil {
				return err
			}
		}
	}
	high := min(float64(rowPadding+lineHeight*most), 409) // no row may be higher
	return s.put(row, cells, high)
}

// cell is one cell of a row.
func (s *sheet) cell(d digest.Datum, c digest.SheetColumn, link bool) (excelize.Cell, error) {
	l := look{size: 10, line: true, wrap: true, across: across[c.Align], link: link}
	var value any
	if f, ok := number(d.Number); ok {
		value, l.format, l.wrap = f, d.Format, false
	} else if text := clean(d.Text + d.Number); text != "" {
		value, l.quoted = text, strings.ContainsRune("=+-@", rune(text[0]))
	}
	style, err := s.style(l)
	return excelize.Cell{StyleID: style, Value: value}, err
}

// number reads a plain decimal. Figures are computed before they come here; a
// workbook holds every number as a float, which is exact to 15 digits.
func number(s string) (float64, bool) {
	if s == "" {
		return 0, false
	}
	if _, err := decimal.NewFromString(s); err != nil {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// target is where a link leads, as the file writes it. Which sheets a book has
// is its audience's choice: a link to one that it lacks leads nowhere.
func (s *sheet) target(link string) (string, error) {
	if link == "" {
		return "", nil
	}
	i := strings.LastIndexByte(link, '!')
	if i < 0 {
		return "", fmt.Errorf("the link %q names no sheet", link)
	}
	if name, ok := s.names[link[:i]]; ok {
		return quoted(name) + "!" + link[i+1:], nil
	}
	return "", nil
}

// at is a cell's address.
func at(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(fmt.Sprintf("xlsx: no such cell: column %d, row %d", col, row))
	}
	return name
}
