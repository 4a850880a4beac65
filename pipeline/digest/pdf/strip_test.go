package pdf

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
)

func TestStripRepeatsItsMonthsAndSplitsNoRow(t *testing.T) {
	b := sampleStrip()
	tr := traced(t, &digest.Paper{Body: []digest.Block{b}})
	if tr.pages < 2 {
		t.Fatalf("%d rows take %d pages", len(b.Rows), tr.pages)
	}
	var all strings.Builder
	for page := 1; page <= tr.pages; page++ {
		text := pageText(tr, page)
		head := "2024年2025年4月5月6月7月8月9月10月11月12月1月2月3月"
		if !strings.HasPrefix(text, head) {
			t.Errorf("page %d begins with %.60s", page, text)
		}
		all.WriteString(text)
	}
	for _, r := range b.Rows {
		if n := strings.Count(all.String(), oneLine(r.Label)[:len("P01　")]); n == 0 {
			t.Errorf("%s is lost", r.Label)
		}
	}
	for _, g := range tr.text {
		if g.y <= areaBottom+2 && (g.y > areaBottom || g.right > areaRight+0.05) {
			t.Errorf("page %d: %c at (%.1f, %.1f)", g.page, g.r, g.x, g.y)
		}
	}
	rows := tr.rows()
	if last := rows[len(rows)-1]; last.text != "图1　"+b.Caption {
		t.Errorf("the caption is %s", last.text)
	}
}

// TestHeadsOfManyMonthsKeepApart sets strips of one month to five years.
func TestHeadsOfManyMonthsKeepApart(t *testing.T) {
	for _, n := range []int{1, 6, 13, 24, 36, 60} {
		b := digest.Strip{Caption: "灯",
			Rows: []digest.StripRow{{Label: "甲", Lights: []string{"done"}}}}
		for m := range n {
			b.Months = append(b.Months, fmt.Sprintf("%d-%02d", 2020+(m+11)/12, (m+11)%12+1))
		}
		rows := traced(t, &digest.Paper{Body: []digest.Block{b}}).rows()
		for _, r := range rows[:2] {
			for i := 1; i < len(r.glyphs); i++ {
				if over := r.glyphs[i-1].right - r.glyphs[i].x; over > 0.05 {
					t.Errorf("%d months: %s runs together by %.2f", n, r.text, over)
				}
			}
			if r.right > areaRight+0.05 {
				t.Errorf("%d months: the head reaches %.2f", n, r.right)
			}
		}
	}
}

// TestStripExplainsWhatItShows and nothing else.
func TestStripExplainsWhatItShows(t *testing.T) {
	p := &digest.Paper{Body: []digest.Block{digest.Strip{Caption: "灯",
		Months: []string{"2025年2月", "2025年3月", "2025年4月"},
		Rows: []digest.StripRow{{Label: "甲", Lights: []string{"done", "far_behind"}},
			{Label: "乙", Lights: []string{"far_behind", "", "behind", "done", "missing"}}}}}}
	rows := traced(t, p).rows()
	if got := rows[len(rows)-2].text; got != "已完成滞后严重滞后空白为当月无记录" {
		t.Errorf("the legend reads %s", got)
	}
	if got := rows[0].text + rows[1].text; got != "2025年2月3月4月" {
		t.Errorf("the heads read %s", got)
	}
}

// TestStripReadsInBlackAndWhite weighs how dark fields and marks are.
func TestStripReadsInBlackAndWhite(t *testing.T) {
	for _, l := range assess.Lights {
		lamp, ok := lamps[l]
		if !ok {
			t.Errorf("%s has no lamp", l)
			continue
		}
		if by := math.Abs(grey(lamp.field) - grey(lamp.on)); by < 0.3 {
			t.Errorf("%s: its mark stands out by %.2f", l, by)
		}
		if by := 1 - grey(lamp.ink); by < 0.35 {
			t.Errorf("%s: its mark before a text stands out by %.2f", l, by)
		}
	}
	for _, c := range [][2]assess.Light{{assess.FarBehind, assess.Behind},
		{assess.Behind, assess.OnTime}, {assess.Behind, assess.Done},
		{assess.Behind, assess.Missing}} {
		if by := grey(lamps[c[1]].field) - grey(lamps[c[0]].field); by < 0.08 {
			t.Errorf("%s is darker than %s by %.2f", c[0], c[1], by)
		}
	}
}

// TestBarsReadInBlackAndWhite: the tick must stand out on a bar and beside it.
func TestBarsReadInBlackAndWhite(t *testing.T) {
	if by := grey(barFill) - grey(dueInk); by < 0.2 {
		t.Errorf("the tick stands out on a bar by %.2f", by)
	}
	if by := 1 - grey(barFill); by < 0.35 {
		t.Errorf("a bar stands out on paper by %.2f", by)
	}
	if by := grey(pale) - grey(barFill); by < 0.2 {
		t.Errorf("a bar stands out beside the axis's lines by %.2f", by)
	}
}

// grey is how bright a colour prints: 0 black, 1 white.
func grey(c colour) float64 {
	return (0.299*float64(c.r) + 0.587*float64(c.g) + 0.114*float64(c.b)) / 255
}

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
