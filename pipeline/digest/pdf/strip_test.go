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

// TestStripKeepsTogetherWhatBelongsTogether moves a strip down a page.
func TestStripKeepsTogetherWhatBelongsTogether(t *testing.T) {
	b := sampleStrip()
	b.Rows = append([]digest.StripRow{}, b.Rows[:9]...)
	b.Rows[4] = digest.StripRow{Label: "民生实事项目"}
	for n := 8; n <= 21; n++ {
		rows := traced(t, &digest.Paper{Body: append(paragraphsOf(n), b)}).rows()
		for i, r := range rows {
			alone := i+1 == len(rows) || rows[i+1].page != r.page
			if alone && (r.text == "民生实事项目" || r.text == "重点任务") {
				t.Errorf("%d lines above: %s ends a page", n, r.text)
			}
		}
		last := rows[len(rows)-3:] // a row, the legend, the caption
		if last[0].page != last[2].page || last[0].text[0] != 'T' {
			t.Errorf("%d lines above: the legend stands under %s of page %d, on page %d", n,
				last[0].text, last[0].page, last[2].page)
		}
	}
}
