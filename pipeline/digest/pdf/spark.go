package pdf

import (
	"math"

	"duban/pipeline/digest"
)

// A sparkline: where a figure stood month by month, and thin and dashed where it
// should have stood. A month that is not known is a gap, never a zero. The
// scale is the cell's own and holds 0 where nothing is below it.

const (
	sparkLeast = 20.0 // width of a column of them
	sparkHigh  = 5.6
	sparkThick = 0.35
	sparkDue   = 0.18 // thickness of what was due
	sparkDot   = 0.6  // radius of the last figure's mark
)

// polyline is straight lines from point to point; dash is of its dashes and
// gaps, 0 for a whole line.
type polyline struct {
	points []point
	thick  float64
	dash   float64
	colour colour
}

func (l polyline) draw(p *press) {
	p.pdf.SetDrawColor(l.colour.r, l.colour.g, l.colour.b)
	p.pdf.SetLineWidth(l.thick)
	if l.dash > 0 {
		p.pdf.SetDashPattern([]float64{l.dash, l.dash}, 0)
	}
	p.pdf.MoveTo(l.points[0].x, l.points[0].y)
	for _, q := range l.points[1:] {
		p.pdf.LineTo(q.x, q.y)
	}
	p.pdf.DrawPath("D")
	if l.dash > 0 {
		p.pdf.SetDashPattern(nil, 0)
	}
}

// known is a spot's value, if it is a number.
func known(s digest.Spot) (float64, bool) {
	return s.Value, s.Known && !math.IsNaN(s.Value) && !math.IsInf(s.Value, 0)
}

func due(s digest.Spot) (float64, bool) {
	return s.Due, s.IsDue && !math.IsNaN(s.Due) && !math.IsInf(s.Due, 0)
}

// drawable reports a sparkline of which anything is known.
func drawable(spots []digest.Spot) bool {
	for _, s := range spots {
		if _, ok := known(s); ok {
			return true
		}
	}
	return false
}

// sparkMarks draws a sparkline into a box.
func sparkMarks(spots []digest.Spot, x, y, w, h float64) []mark {
	low, high := sparkScale(spots)
	at := func(i int, v float64) point {
		return point{x + w*(float64(i)+0.5)/float64(len(spots)), y + h*(high-v)/(high-low)}
	}
	dashed := polyline{thick: sparkDue, dash: 0.7, colour: colour{120, 120, 120}}
	whole := polyline{thick: sparkThick, colour: black}
	out := append(sparkLines(spots, due, at, dashed), sparkLines(spots, known, at, whole)...)
	for i := len(spots) - 1; i >= 0; i-- {
		v, ok := known(spots[i])
		if !ok {
			continue
		}
		dot := shape{thick: 0.2, edge: black, filled: true, fill: black,
			points: arc(at(i, v).x, at(i, v).y, sparkDot, 0, 360)}
		if i < len(spots)-1 {
			dot.fill = white // not of this month
		}
		return append(out, dot)
	}
	return out
}

// sparkScale is the values at a sparkline's foot and head.
func sparkScale(spots []digest.Spot) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, s := range spots {
		for _, of := range []func(digest.Spot) (float64, bool){known, due} {
			if v, ok := of(s); ok {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	if low > 0 {
		low = 0
	}
	if high == low {
		high = low + 1
	}
	return low, high
}

// sparkLines draws the runs of months that have a value; one alone is a dot.
func sparkLines(spots []digest.Spot, of func(digest.Spot) (float64, bool),
	at func(int, float64) point, like polyline) []mark {
	var out []mark
	var open []point
	flush := func() {
		switch len(open) {
		case 0:
		case 1:
			out = append(out, shape{filled: true, fill: like.colour,
				points: arc(open[0].x, open[0].y, like.thick, 0, 360)})
		default:
			like.points = open
			out = append(out, like)
		}
		open = nil
	}
	for i, s := range spots {
		if v, ok := of(s); ok {
			open = append(open, at(i, v))
		} else {
			flush()
		}
	}
	flush()
	return out
}
