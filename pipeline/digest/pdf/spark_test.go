package pdf

import (
	"fmt"
	"math"
	"testing"

	"duban/pipeline/digest"
)

// sparked sets one cell's spots and gives back what is drawn in it.
func sparked(t *testing.T, spots []digest.Spot) (tr trace, lines, dots []drawn) {
	t.Helper()
	tr = traced(t, &digest.Paper{Body: []digest.Block{digest.Table{
		Columns: []digest.Column{{Head: "一", Share: 1}, {Head: "走势", Share: 1}},
		Rows:    [][]digest.Cell{{{Text: "甲"}, {Spark: spots}}}}}})
	for _, l := range tr.lines {
		switch {
		case math.Abs(l.thick-sparkThick) < 0.02, math.Abs(l.thick-sparkDue) < 0.01 &&
			l.colour != "0":
			lines = append(lines, l)
		case l.x2-l.x1 < 2 && l.y2-l.y1 < 2:
			dots = append(dots, l)
		}
	}
	return tr, lines, dots
}

func spot(v float64) digest.Spot { return digest.Spot{Value: v, Known: true} }

func TestSparklineLeavesUnknownMonthsOpen(t *testing.T) {
	_, lines, dots := sparked(t, []digest.Spot{spot(5), spot(10), {}, spot(10), {},
		spot(5), spot(5)})
	if len(lines) != 2 {
		t.Fatalf("%d lines, should be 2: %+v", len(lines), lines)
	}
	if len(dots) < 2 {
		t.Fatalf("%d dots: the month between two gaps is lost", len(dots))
	}
	high := lines[0].y2 - lines[0].y1 // from 5 to 10 of a scale from 0 to 10
	near(t, "half the scale", high, sparkHigh/2, 0.15)
	near(t, "the line at 5", lines[1].y1, lines[0].y2, 0.02)
	if lines[0].x2 >= lines[1].x1 {
		t.Error("a line runs through a month that is not known")
	}
}

func TestSparklineShowsWhatWasDue(t *testing.T) {
	due := func(v, d float64) digest.Spot {
		return digest.Spot{Value: v, Known: true, Due: d, IsDue: true}
	}
	_, lines, _ := sparked(t, []digest.Spot{due(0, 0), due(10, 20), spot(15)})
	if len(lines) != 2 {
		t.Fatalf("%d lines, should be 2", len(lines))
	}
	near(t, "due: the whole height", lines[0].y2-lines[0].y1, sparkHigh, 0.15)
	near(t, "both begin at 0", lines[0].y2, lines[1].y2, 0.02)
	if lines[0].thick >= lines[1].thick || lines[0].colour == lines[1].colour {
		t.Error("what was due looks like what was reached")
	}
}

func TestSparklineOfNothingKnownIsADash(t *testing.T) {
	for _, spots := range [][]digest.Spot{{{}, {}}, {{Due: 5, IsDue: true}},
		{{Value: math.NaN(), Known: true}}, {{Value: math.Inf(1), Known: true}}} {
		tr, lines, dots := sparked(t, spots)
		if len(lines)+len(dots) > 0 {
			t.Errorf("%+v draws %d lines and %d dots", spots, len(lines), len(dots))
		}
		with(t, tr.rows(), "甲—")
	}
}

// TestSparklinesStayInTheirCells draws odd figures.
func TestSparklinesStayInTheirCells(t *testing.T) {
	for _, spots := range [][]digest.Spot{{spot(0)}, {spot(0), spot(0)}, {spot(-3), spot(-3)},
		{spot(-3), spot(4)}, {spot(1e300), spot(-1e300)}, {spot(5), {}, {}}} {
		tr, lines, dots := sparked(t, spots)
		if len(dots) == 0 {
			t.Errorf("%+v: the last figure has no mark", spots)
		}
		foot := 0.0
		for _, l := range tr.lines {
			foot = max(foot, l.y2)
		}
		for _, l := range append(lines, dots...) {
			if !(l.x1 > 106 && l.x2 < areaRight && l.y1 > 40 && l.y2 < foot) {
				t.Errorf("%s: drawn at %+v", fmt.Sprint(spots), l)
			}
		}
	}
}

func TestLastFigureOfAnEarlierMonthIsHollow(t *testing.T) {
	for want, spots := range map[string][]digest.Spot{
		"0": {spot(5), spot(6)}, "1": {spot(5), spot(6), {}}, // black, white
	} {
		_, _, dots := sparked(t, spots)
		if dots[0].colour != want {
			t.Errorf("%+v: the mark is filled with %s, should be %s", spots, dots[0].colour, want)
		}
	}
}

func TestColumnOfSparklinesIsWideEnough(t *testing.T) {
	tr := traced(t, &digest.Paper{Body: []digest.Block{digest.Table{
		Columns: []digest.Column{{Head: "名", Share: 50}, {Head: "势", Share: 0.1}},
		Rows: [][]digest.Cell{{{Text: han(60)},
			{Spark: []digest.Spot{spot(1), spot(2), spot(3)}}}}}}})
	for _, l := range tr.lines {
		if math.Abs(l.thick-sparkThick) < 0.02 && l.x2-l.x1 < 20*2/3.0-0.1 {
			t.Errorf("three months are %.1f wide", l.x2-l.x1)
		}
	}
}

func TestSparklineOfATallRowIsDrawnOnce(t *testing.T) {
	tr := traced(t, &digest.Paper{Body: []digest.Block{digest.Table{
		Columns: []digest.Column{{Head: "名", Share: 1}, {Head: "势", Share: 1}},
		Rows: [][]digest.Cell{{{Text: han(3000)},
			{Spark: []digest.Spot{spot(1), spot(2)}}}}}}})
	n := 0
	for _, l := range tr.lines {
		if math.Abs(l.thick-sparkThick) < 0.02 {
			n++
		}
	}
	if n != 1 || tr.pages < 2 {
		t.Errorf("%d lines on %d pages", n, tr.pages)
	}
}
