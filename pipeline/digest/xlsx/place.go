package xlsx

import (
	"duban/pipeline/digest"
)

// place is where a chart stands: its upper left cell, how far right of that
// cell's edge it begins and how wide it is, in pixels, and the first row below
// it and the last column under it.
type place struct {
	col, row, offset, width int
	toCol, toRow            int
}

// height is what the library must be told: it takes every row for one of usual
// height, and that for 18 pixels.
func (p place) height() uint { return uint(p.toRow-p.row) * 18 }

const (
	besides   = 150 // a table narrower than so many characters has its charts on its right
	rowPoints = 15  // of a row of usual height
	colPixels = 64  // of a column of usual width
	sideWidth = 10  // in columns: of a chart on the right
	chartRoom = 16  // in pixels: between two charts
)

// draw draws the charts and sets what is printed.
func (s *sheet) draw() error {
	col, row := len(s.Columns), s.last()
	for _, p := range s.places() {
		col, row = max(col, p.toCol), max(row, p.toRow)
	}
	for i, p := range s.places() {
		c, err := s.drawing(s.Charts[i], p)
		if err != nil {
			return err
		}
		if err := s.AddChart(s.name, at(p.col, p.row), c); err != nil {
			return err
		}
	}
	return s.print(col, row)
}

// places is where the charts stand: one under the other on the right of a
// narrow table, side by side below a wide one.
func (s *sheet) places() []place {
	var all []place
	if s.width() < besides {
		row := s.head()
		for _, c := range s.Charts {
			p := place{col: len(s.Columns) + 2, row: row, width: sideWidth * colPixels,
				toCol: len(s.Columns) + 1 + sideWidth}
			p.toRow = s.rowAfter(row, chartHeight(c))
			row = p.toRow + 1
			all = append(all, p)
		}
		return all
	}
	width := min(s.pixels(len(s.Columns))/max(len(s.Charts), 1)-chartRoom, sideWidth*colPixels)
	for i, c := range s.Charts {
		p := place{row: s.last() + 2, width: width}
		p.toRow = s.rowAfter(p.row, chartHeight(c))
		p.col, p.offset = s.columnAt(i * (width + chartRoom))
		all = append(all, p)
	}
	return all
}

// chartHeight is how high a chart is, in points: bars need room for each row.
func chartHeight(c digest.Chart) float64 {
	if c.Kind == digest.Lines {
		return 240
	}
	return max(90+22*float64(c.To-c.From+1), 200)
}

// rowAfter is the first row that begins so many points below the top of a row.
func (s *sheet) rowAfter(row int, points float64) int {
	for ; points > 0; row++ {
		h := float64(rowPoints)
		if row <= len(s.heights) {
			h = s.heights[row-1]
		}
		points -= h
	}
	return row
}

// pixels is how wide the first columns are.
func (s *sheet) pixels(columns int) int {
	n := 0
	for _, c := range s.Columns[:columns] {
		n += int(max(c.Width, 4)*7) + 5
	}
	return n
}

// columnAt is the column that so many pixels from the left lie in, and how far
// in.
func (s *sheet) columnAt(x int) (col, offset int) {
	for col = 1; col < len(s.Columns) && s.pixels(col) <= x; col++ {
	}
	return col, x - s.pixels(col-1)
}
