package pdf

import (
	"slices"

	"duban/pipeline/digest"
)

// Sizes tried for a table, in points: 五号, then smaller until every head
// stands on one line and every number is whole.
var tableSizes = []float64{10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7}

const (
	cellSide  = 1.3  // left and right of a cell's text
	cellAbove = 1.4  // above and below it
	cellSpark = 1.0  // above and below a sparkline
	tableLead = 1.32 // from line to line, of the type size
)

// grid is how a table is set: its type size and its columns' widths.
type grid struct {
	size   float64
	widths []float64
}

// em is a character's box.
func (g grid) em() float64 { return g.size * mmPerPoint }

// lead is from line to line.
func (g grid) lead() float64 { return tableLead * g.em() }

func (g grid) cells() style { return style{songTi, g.size, 0} }
func (g grid) bold() style  { return style{heiTi, g.size, 0} }

// gridFor chooses size and widths: the shares asked for, as far as they leave
// every column the room it cannot do without.
func (s *setter) gridFor(t digest.Table, total float64) grid {
	var g grid
	for _, size := range tableSizes {
		g = grid{size: size}
		least, wish := s.leastWidths(t, g)
		if sum(wish) <= total*wishMost {
			least = wish
		}
		if sum(least) <= total {
			g.widths = allot(shares(t.Columns, total), least, total)
			s.squeeze(t, g, least)
			return g
		}
	}
	heads := make([]float64, len(t.Columns)) // numbers may be cut, heads not
	for i, c := range t.Columns {
		heads[i] = widthOf(s.shape(span{oneLine(c.Head), g.bold()})) + 2*cellSide
	}
	if sum(heads) <= total {
		g.widths = allot(shares(t.Columns, total), heads, total)
		return g
	}
	g.widths = make([]float64, len(heads)) // more columns than a page can hold
	for i := range heads {
		g.widths[i] = heads[i] * total / sum(heads)
	}
	return g
}

// wishMost is how much of the width may go to keeping short texts on one line.
const wishMost = 0.92

// leastWidths is what each column cannot do without: its head on one line, its
// widest number or word, its lights whole, and two characters. The wish is that
// no text of eight characters or less is broken.
func (s *setter) leastWidths(t digest.Table, g grid) (least, wish []float64) {
	least = make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		head := widthOf(s.shape(span{oneLine(c.Head), g.bold()}))
		least[i] = max(head, 2*g.em())
	}
	wish = slices.Clone(least)
	for _, row := range t.Rows {
		i := 0
		for _, c := range row {
			if c.Span <= 1 && i < len(least) {
				w := s.widestPiece(c.Text, g.cells())
				short := max(w, s.shortWidth(c.Text, g.cells(), 8*g.em()))
				if t.Columns[i].Align == digest.Right || c.Light != "" {
					w = short
				}
				if len(c.Spark) > 0 {
					w, short = sparkLeast, sparkLeast
				}
				least[i] = max(least[i], w+lightRoom(c, g))
				wish[i] = max(wish[i], short+lightRoom(c, g))
			}
			i += max(c.Span, 1)
		}
	}
	for i := range least {
		least[i] += 2*cellSide + slack
		wish[i] += 2*cellSide + slack
	}
	return least, wish
}

// widestPiece is the widest part of a text that no line may end in; what is
// wider than twelve characters is cut anyway.
func (s *setter) widestPiece(text string, st style) float64 {
	gs := s.shape(span{oneLine(text), st})
	rs := make([]rune, len(gs))
	for i, g := range gs {
		rs[i] = g.r
	}
	may := breaks(rs)
	widest, from := 0.0, 0
	for i := 1; i <= len(gs); i++ {
		if i == len(gs) || may[i] {
			widest = max(widest, widthOf(gs[from:i]))
			from = i
		}
	}
	return min(widest, 12*st.size*mmPerPoint)
}

// shortWidth is the whole width of a text not wider than most, else 0.
func (s *setter) shortWidth(text string, st style, most float64) float64 {
	w := widthOf(s.shape(span{oneLine(text), st}))
	if w > most {
		return 0
	}
	return w
}

func shares(columns []digest.Column, total float64) []float64 {
	all := 0.0
	for _, c := range columns {
		all += max(c.Share, 0)
	}
	out := make([]float64, len(columns))
	for i, c := range columns {
		if all == 0 {
			out[i] = total / float64(len(columns))
			continue
		}
		out[i] = max(c.Share, 0) / all * total
	}
	return out
}

// allot raises every width to its least and takes what that costs from the
// others, in proportion to what they have to spare.
func allot(want, least []float64, total float64) []float64 {
	spare, short := 0.0, 0.0
	for i := range want {
		if want[i] < least[i] {
			short += least[i] - want[i]
		} else {
			spare += want[i] - least[i]
		}
	}
	out := make([]float64, len(want))
	for i := range want {
		out[i] = least[i]
		if want[i] > least[i] && spare > 0 {
			out[i] = want[i] - (want[i]-least[i])*short/spare
		}
	}
	out[len(out)-1] += total - sum(out)
	return out
}

func sum(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s
}
