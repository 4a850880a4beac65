package pdf

import (
	"math"

	"duban/pipeline/digest"
)

// squeezeSteps is how much width goes from one column to another at a time.
var squeezeSteps = []float64{16, 8, 4, 2, 1}

// squeeze moves width between columns as long as the table gets lower by it,
// leaving each column its least.
func (s *setter) squeeze(t digest.Table, g grid, least []float64) {
	natural := s.naturalWidths(t, g)
	height := tableLines(natural, g)
	for range 200 {
		best, from, to, by := height, -1, -1, 0.0
		for _, step := range squeezeSteps {
			for i := range g.widths {
				for j := range g.widths {
					if i == j || g.widths[i]-step < least[i] {
						continue
					}
					g.move(i, j, step)
					if h := tableLines(natural, g); h < best-0.001 {
						best, from, to, by = h, i, j, step
					}
					g.move(j, i, step)
				}
			}
		}
		if from < 0 {
			return
		}
		g.move(from, to, by)
		height = best
	}
}

// move gives part of one column's width to another.
func (g grid) move(from, to int, by float64) {
	g.widths[from] -= by
	g.widths[to] += by
}

// naturalWidths is each cell's width on one line, by row; 0 for a cell over
// several columns.
func (s *setter) naturalWidths(t digest.Table, g grid) [][]float64 {
	out := make([][]float64, len(t.Rows))
	for n, row := range t.Rows {
		out[n] = make([]float64, len(t.Columns))
		i := 0
		for _, c := range row {
			if i < len(t.Columns) && c.Span <= 1 && len(c.Spark) == 0 {
				out[n][i] = widthOf(s.shape(span{oneLine(c.Text), g.cells()})) + lightRoom(c, g)
			}
			i += max(c.Span, 1)
		}
	}
	return out
}

// tableLines estimates the sum of the rows' lines; ragged ends waste a little,
// and part of a line counts a little, so that small steps lead on.
func tableLines(natural [][]float64, g grid) float64 {
	const waste, slope = 1.04, 0.01
	total := 0.0
	for _, row := range natural {
		most := 1.0
		for i, w := range row {
			room := g.widths[i] - 2*cellSide
			if w > room {
				lines := w * waste / room
				most = max(most, math.Ceil(lines)+float64(lines*slope)) // rounded, not fused
			}
		}
		total += most
	}
	return total
}
