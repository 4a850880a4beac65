package pdf

import (
	"math"

	"duban/pipeline/digest"
)

// The marks of the lights differ in shape, so that they read in black and
// white; colour comes on top.
var lightColours = map[string]colour{
	"done": {31, 78, 160}, "on_time": {34, 120, 60}, "behind": {190, 130, 0},
	"far_behind": {192, 32, 32}, "missing": {110, 110, 110}, "pending": {110, 110, 110},
}

// lightWidth is the room a light takes before a text.
func lightWidth(g grid) float64 { return 1.1 * g.em() }

func lightRoom(c digest.Cell, g grid) float64 {
	if c.Light == "" {
		return 0
	}
	return lightWidth(g)
}

// lightMarks draws the mark of a light, d across, round (x, y): ● done, ○ on
// time, ◐ behind, ■ far behind, □ not reported, ◇ pending.
func lightMarks(light string, x, y, d float64) []mark {
	c, known := lightColours[light]
	if !known {
		return nil
	}
	const edge = 0.25
	r := d / 2
	s := shape{thick: edge, edge: c, fill: c}
	switch light {
	case "done":
		s.filled, s.points = true, arc(x, y, r, 0, 360)
	case "on_time":
		s.points = arc(x, y, r, 0, 360)
	case "behind":
		s.points = arc(x, y, r, 0, 360)
		half := shape{points: arc(x, y, r, 90, 270), filled: true, fill: c}
		return []mark{half, s}
	case "far_behind":
		s.filled, s.points = true, square(x, y, r*0.9)
	case "missing":
		s.points = square(x, y, r*0.9)
	case "pending":
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
