package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"duban/pipeline/digest"
)

// han is n characters that no rule for line ends touches.
func han(n int) string { return strings.Repeat("民", n) }

func TestPageHoldsTwentyTwoLinesOfTwentyEight(t *testing.T) {
	tr := traced(t, &digest.Paper{Body: []digest.Block{digest.Paragraph{Text: han(28*44 - 2)}}})
	if tr.pages != 2 {
		t.Fatalf("44 full lines take %d pages", tr.pages)
	}
	rows := tr.rows()
	if len(rows) != 44 {
		t.Fatalf("%d lines", len(rows))
	}
	near(t, "type area, first em box", rows[0].y, 37, 0.05)
	near(t, "type area, last foot", rows[21].y+em3, 262, 0.05)
	near(t, "first-line indent", rows[0].x, 39.14, 0.05)
	near(t, "type area, left", rows[1].x, 28, 0.05)
	near(t, "type area, right", rows[1].right, 184, 0.1)
	near(t, "advance", (rows[1].glyphs[27].x-rows[1].x)/27, 5.571, 0.005)
	for i, r := range rows {
		if want := 28; i > 0 && len(r.glyphs) != want {
			t.Errorf("line %d has %d characters", i+1, len(r.glyphs))
		}
		if i%22 > 0 {
			near(t, "pitch", r.y-rows[i-1].y, 10.446, 0.02)
		}
	}
	if r := rows[0]; r.font != "fangsong" || r.size != 16 {
		t.Errorf("the body is set in %s %v", r.font, r.size)
	}
}

func TestHeadStandsWhereTheStandardPutsIt(t *testing.T) {
	_, path := written(t, sample())
	tr := traceOf(t, path)
	rows := tr.rows()
	mark, number := with(t, rows, "丹东市"), with(t, rows, "振政督〔2025〕3号")
	if mark.font != "biaosong" || mark.glyphs[0].colour != "1 .2 .2" {
		t.Errorf("the red mark is set in %s, colour %s", mark.font, mark.glyphs[0].colour)
	}
	ink := redInk(t, path)
	near(t, "red mark, top of its ink", ink.markTop, 72, 1)
	near(t, "red mark, middle", (ink.markLeft+ink.markRight)/2, 105, 1)
	if w := ink.markRight - ink.markLeft; w >= 156 {
		t.Errorf("the red mark is %.1f wide", w)
	}
	near(t, "number, middle", (number.x+number.right)/2, 106, 0.2)
	near(t, "number, two blank lines below the mark",
		number.y-(mark.y+mark.size*mmPerPoint), 2*pitch, 0.2)
	var line drawn
	for _, l := range tr.lines {
		if l.page == 1 && l.colour == "1 .2 .2" {
			line = l
		}
	}
	near(t, "red rule, below the number", line.y1-(number.y+em3), 4, 0.1)
	near(t, "red rule, left", line.x1, 28, 0.1)
	near(t, "red rule, right", line.x2, 184, 0.1)
	near(t, "red rule, thickness", line.thick, 0.53, 0.03)
	near(t, "red rule, as a picture", ink.ruleTop, line.y1-line.thick/2, 0.2)

	title := with(t, rows, "关于2025年3月")
	if title.font != "biaosong" || title.size != 22 {
		t.Errorf("the title is set in %s %v", title.font, title.size)
	}
	near(t, "title, two blank lines below the rule", title.y-line.y1, 2*pitch, 0.2)
	near(t, "title, middle", (title.x+title.right)/2, 106, 0.2)
	to := with(t, rows, "各镇街")
	near(t, "主送, left", to.x, 28, 0.05)
	if !strings.HasSuffix(to.text, "：") {
		t.Errorf("主送 is %s", to.text)
	}
	last := with(t, rows, "重点任务推进情况的通报")
	if gap := to.y - (last.y + titleEm); gap < pitch*0.85 || gap > pitch*2 {
		t.Errorf("主送 stands %.2f below the title", gap)
	}
}

// redPicture is where red ink lies on the first page, in millimetres.
type redPicture struct{ markTop, markLeft, markRight, ruleTop float64 }

// redInk looks at the first page as a picture of ten points a millimetre.
func redInk(t *testing.T, path string) redPicture {
	ppm := tool(t, "pdftoppm", "-r", "254", "-f", "1", "-l", "1", path)
	var w, h, most int
	if _, err := fmt.Sscanf(string(ppm[:20]), "P6\n%d %d\n%d\n", &w, &h, &most); err != nil {
		t.Fatal(err)
	}
	pix := ppm[len(ppm)-3*w*h:]
	p := redPicture{markLeft: 1e9}
	for y := range h {
		n := 0
		for x := range w {
			if i := 3 * (y*w + x); pix[i] > 200 && pix[i+1] < 120 && pix[i+2] < 120 {
				n++
				if y < 1000 { // above 100 mm: the mark
					p.markLeft = min(p.markLeft, float64(x)/10)
					p.markRight = max(p.markRight, float64(x)/10)
				}
			}
		}
		if n > 0 && p.markTop == 0 {
			p.markTop = float64(y) / 10
		}
		if n > w/2 && p.ruleTop == 0 {
			p.ruleTop = float64(y) / 10
		}
	}
	return p
}

func TestHeadingsAreSetByLevel(t *testing.T) {
	rows := traced(t, sample()).rows()
	for _, c := range []struct{ words, font string }{
		{"一、总体情况", "heiti"}, {"（一）就业创业。", "kaiti"},
		{"1.重点群体就业。", "fangsong"}, {"（1）技能培训。", "fangsong"},
	} {
		r := with(t, rows, c.words)
		near(t, c.words+" indent", r.x, 39.14, 0.05)
		if r.font != c.font || r.size != 16 {
			t.Errorf("%s is set in %s %v", c.words, r.font, r.size)
		}
	}
	run := with(t, rows, "（一）就业创业。共12项")
	if last := run.glyphs[len(run.glyphs)-1]; last.font != "fangsong" {
		t.Errorf("what runs on behind a heading is set in %s", last.font)
	}
}

func TestPageNumbersStandOutside(t *testing.T) {
	tr := traced(t, sample())
	low, high, _ := fontsFor(t).faces[songTi].ink('—')
	for page := 1; page <= tr.pages; page++ {
		var at []printed
		var text strings.Builder
		for _, g := range tr.text {
			if g.page == page && g.y > areaBottom+2 {
				at = append(at, g)
				text.WriteString(string(g.r))
			}
		}
		if text.String() != fmt.Sprintf("— %d —", page) {
			t.Fatalf("page %d is numbered %q", page, text.String())
		}
		if at[0].font != "songti" || at[0].size != 14 || at[0].across {
			t.Errorf("page %d: its number is set in %s %v", page, at[0].font, at[0].size)
		}
		dash := at[0].y - (low+high)/2*size4*mmPerPoint
		near(t, fmt.Sprintf("page %d, dash", page), dash, 269, 0.1)
		if page%2 == 1 {
			near(t, "odd page, ends", at[len(at)-1].right, 179.06, 0.1)
		} else {
			near(t, "even page, begins", at[0].x, 32.94, 0.1)
		}
	}
}

func TestImprintEndsTheLastPage(t *testing.T) {
	tr := traced(t, sample())
	var rules []drawn
	for _, l := range tr.lines {
		if l.page == tr.pages && l.x2-l.x1 > 155 && l.thick > 0.22 {
			rules = append(rules, l)
		}
	}
	if len(rules) != 3 {
		t.Fatalf("版记 has %d rules", len(rules))
	}
	for i, thick := range []float64{0.35, 0.25, 0.35} {
		near(t, fmt.Sprintf("版记 rule %d, thickness", i+1), rules[i].thick, thick, 0.02)
		near(t, "its left", rules[i].x1, 28, 0.1)
		near(t, "its right", rules[i].x2, 184, 0.1)
	}
	near(t, "版记, last rule", rules[2].y1, 262, 0.1)
	rows := tr.rows()
	copies := with(t, rows, "抄送：区委办公室")
	near(t, "抄送, left", copies.x, 28+em4, 0.05)
	near(t, "抄送, right", copies.right, 184-em4, 0.1)
	turned := with(t, rows, "监委机关")
	near(t, "抄送, turned line", turned.x, 28+em4+3*em4, 0.05)
	if copies.font != "fangsong" || copies.size != 14 {
		t.Errorf("抄送 is set in %s %v", copies.font, copies.size)
	}
	if end := with(t, rows, "体。"); !strings.HasSuffix(end.text, "。") {
		t.Errorf("抄送 ends with %s", end.text)
	}
	var last row
	for _, r := range rows {
		if r.page == tr.pages && strings.HasSuffix(r.text, "2025年4月8日印发") {
			last = r
		}
	}
	near(t, "印发机关, left", last.x, 28+em4, 0.05)
	near(t, "印发日期, right", last.right, 184-em4, 0.05)
}

func TestUnsealedSignature(t *testing.T) {
	rows := traced(t, sample()).rows()
	organ, date := signed(t, rows)
	near(t, "organ, right", organ.right, 184-2*cell, 0.1)
	near(t, "date, left of its first character", date.x-organ.x, 2*cell, 0.05)
	near(t, "date, a line below", date.y-organ.y, pitch, 0.05)
	list, second := with(t, rows, "附件：1."), with(t, rows, "2.各单位")
	near(t, "附件说明, indent", list.x, 39.14, 0.05)
	near(t, "附件说明, second name under the first", second.x, list.glyphs[3].x, 0.05)
	before := with(t, rows, "0415-1234567")
	near(t, "附件说明, a blank line above", list.y-before.y, 2*pitch, 0.05)
}

func TestSealedSignatureLeavesRoom(t *testing.T) {
	p := sample()
	p.Sealed = true
	organ, date := signed(t, traced(t, p).rows())
	near(t, "date, right", date.right, 184-4*cell, 0.1)
	near(t, "organ, over the date's middle", (organ.x+organ.right)/2, (date.x+date.right)/2, 0.1)
}

// signed finds the organ's and the date's line at the end of the body.
func signed(t *testing.T, rows []row) (organ, date row) {
	t.Helper()
	for i, r := range rows {
		if r.text == "2025年4月8日" {
			return rows[i-1], r
		}
	}
	t.Fatal("no signature")
	return
}

func TestNothingStandsOutsideTheTypeArea(t *testing.T) {
	tr := traced(t, sample())
	const by = 0.3 // a rule's thickness
	for _, g := range tr.text {
		if g.y > areaBottom+2 && !g.across {
			continue // the page number
		}
		top, right := g.y-ascent*g.size*mmPerPoint, g.right
		if g.across {
			top, right = g.y-(g.right-g.x), g.x
		}
		if g.x < areaLeft-by || right > areaRight+by || top < areaTop-by || g.y > areaBottom+by {
			t.Errorf("page %d: %c at (%.2f, %.2f)", g.page, g.r, g.x, g.y)
		}
	}
	for _, l := range tr.lines {
		if l.x1 < areaLeft-by || l.x2 > areaRight+by || l.y1 < areaTop-by || l.y2 > areaBottom+by {
			t.Errorf("page %d: a line at %+v", l.page, l)
		}
	}
}

func TestFileIsSound(t *testing.T) {
	r, path := written(t, sample())
	tool(t, "qpdf", "--check", path)
	lines := strings.Split(strings.TrimSpace(string(tool(t, "pdffonts", path))), "\n")[2:]
	if len(lines) != int(roles) {
		t.Errorf("%d fonts, should be %d", len(lines), roles)
	}
	for _, l := range lines {
		if !strings.Contains(l, " yes ") {
			t.Errorf("not embedded: %s", l)
		}
	}
	again, err := Write(sample(), fontsFor(t))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(r.Bytes, again.Bytes) {
		t.Error("the same paper gives other bytes")
	}
	info := string(tool(t, "pdfinfo", path))
	for _, want := range []string{sample().Title, sample().Author, sample().Subject} {
		if !strings.Contains(info, want) {
			t.Errorf("the metadata lack %s", want)
		}
	}
	outline := string(tool(t, "mutool", "show", path, "outline"))
	for _, want := range []string{"一、总体情况", "四、下一步要求", "附件2　各单位报送情况表"} {
		if !strings.Contains(outline, want) {
			t.Errorf("the bookmarks lack %s", want)
		}
	}
}
