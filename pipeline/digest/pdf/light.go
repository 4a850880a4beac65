package pdf

import (
	"math"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
)

// The marks of the lights differ in shape, and the fields of a strip in how dark
// they are, so that both read in black and white; colour comes on top.

// lamp is how a light is drawn: ink before a text; in a strip, on a field.
type lamp struct {
	ink   colour
	field colour
	on    colour // the mark on the field
}

var lamps = map[assess.Light]lamp{
	assess.Done:      {colour{31, 78, 160}, colour{216, 227, 243}, colour{31, 78, 160}},
	assess.OnTime:    {colour{34, 120, 60}, colour{236, 245, 237}, colour{34, 120, 60}},
	assess.Behind:    {colour{190, 130, 0}, colour{242, 192, 98}, colour{95, 60, 0}},
	assess.FarBehind: {colour{192, 32, 32}, colour{176, 32, 32}, white},
	assess.Missing:   {colour{110, 110, 110}, white, colour{70, 70, 70}},
	assess.Pending:   {colour{110, 110, 110}, white, colour{110, 110, 110}},
}

// lightWidth is the room a light takes before a text.
func lightWidth(g grid) float64 { return 1.1 * g.em() }

func lightRoom(c digest.Cell, g grid) float64 {
	if c.Light == "" {
		return 0
	}
	return lightWidth(g)
}

// lightMarks draws the mark of a light before a text.
func lightMarks(light string, x, y, d float64) []mark {
	l, known := lamps[assess.Light(light)]
	if !known {
		return nil
	}
	return lampMarks(assess.Light(light), x, y, d, l.ink)
}

// lampMarks draws the mark of a light, d across, round (x, y): ● done, ○ on
// time, ◐ behind, ■ far behind, □ not reported, ◇ pending.
func lampMarks(light assess.Light, x, y, d float64, c colour) []mark {
	const edge = 0.25
	r := d / 2
	s := shape{thick: edge, edge: c, fill: c}
	switch light {
	case assess.Done:
		s.filled, s.points = true, arc(x, y, r, 0, 360)
	case assess.OnTime:
		s.points = arc(x, y, r, 0, 360)
	case assess.Behind:
		s.points = arc(x, y, r, 0, 360)
		half := shape{points: arc(x, y, r, 90, 270), filled: true, fill: c}
		return []mark{half, s}
	case assess.FarBehind:
		s.filled, s.points = true, square(x, y, r*0.9)
	case assess.Missing:
		s.points = square(x, y, r*0.9)
	case assess.Pending:
		s.points = []point{{x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}}
	}
	return []mark{s}
}

// arc is the points of a circle from one angle to another, in degrees.
func arc(x, y, r, from, to float64) []point {
	const steps = 36
	out := make([]point, 0, steps+1)
	for i := 0; i <= steps; i++ {
		a := (from + (to-from)*float64(i)/steps) * math.Pi / 180
		out = append(out, point{x + r*math.Cos(a), y + r*math.Sin(a)})
	}
	return out
}

func square(x, y, half float64) []point {
	return []point{{x - half, y - half}, {x + half, y - half}, {x + half, y + half},
		{x - half, y + half}}
}
