package pdf

import (
	"fmt"
	"regexp"
	"strings"

	"duban/pipeline/digest"
)

// The checklist's rows of the type area and the body.

func (s *sheet) typeArea() {
	rows := s.full.rows()
	for page, at := range []int{0, 22} {
		s.is(fmt.Sprintf("page %d: first em box, top", page+1), rows[at].y, 37, 0.05)
		s.is(fmt.Sprintf("page %d: last em box, foot", page+1), rows[at+21].y+5.644, 262, 0.05)
		s.is(fmt.Sprintf("page %d: left", page+1), rows[at+1].x, 28, 0.05)
		s.is(fmt.Sprintf("page %d: right", page+1), rows[at+1].right, 184, 0.1)
	}
}

func (s *sheet) linesAndCharacters() {
	rows := s.full.rows()
	for page := 1; page <= 2; page++ {
		n, least, most := 0, 99, 0
		for _, r := range rows {
			if r.page == page {
				n++
				if r.x < 30 { // not the indented one
					least, most = min(least, len(r.glyphs)), max(most, len(r.glyphs))
				}
			}
		}
		s.is(fmt.Sprintf("page %d: lines", page), float64(n), 22, 0)
		s.is(fmt.Sprintf("page %d: characters, least", page), float64(least), 28, 0)
		s.is(fmt.Sprintf("page %d: characters, most", page), float64(most), 28, 0)
	}
	s.is("pages of 44 full lines", float64(s.full.pages), 2, 0)
	s.is("pitch", (rows[21].y-rows[0].y)/21, 10.446, 0.002)
	advance := (rows[1].glyphs[27].x - rows[1].x) / 27
	s.is("advance", advance, 5.571, 0.002)
	s.is("character spacing, points", advance*72/25.4-16, -0.207, 0.005)
}

func (s *sheet) sizesAndFonts() {
	rows := s.notice.rows()
	for _, c := range []struct{ words, font string }{
		{"关于2025年3月", "biaosong 22"}, {"振政督〔", "fangsong 16"}, {"各镇街", "fangsong 16"},
		{"为深入贯彻", "fangsong 16"}, {"一、总体情况", "heiti 16"}, {"（一）就业创业。", "kaiti 16"},
		{"1.重点群体就业。", "fangsong 16"}, {"（1）技能培训。", "fangsong 16"},
		{"附件1", "heiti 16"}, {"抄送", "fangsong 14"},
	} {
		for _, r := range append(rows, s.notice.acrossRows()...) {
			if strings.HasPrefix(r.text, c.words) {
				s.says(c.words, fmt.Sprintf("%s %.4g", r.font, r.size), c.font)
				break
			}
		}
	}
	for _, g := range s.notice.text {
		if g.page == 1 && g.y > 264 {
			s.says("page number", fmt.Sprintf("%s %.4g", g.font, g.size), "songti 14")
			break
		}
	}
}

func (s *sheet) title() {
	rows := s.notice.rows()
	first, second := with(s, rows, "关于2025年3月"), with(s, rows, "重点任务推进")
	rule := s.notice.longRules(1, redTrace)[0]
	s.is("two blank lines below the rule", first.y-rule.y1, 2*10.446, 0.3)
	s.is("first line, middle", (first.x+first.right)/2, 106, 0.2)
	s.is("second line, middle", (second.x+second.right)/2, 106, 0.2)
	s.is("trapezium: first line longer by, characters",
		(first.right-first.x-(second.right-second.x))/7.761, 2.5, 1.5)
	s.says("words unbroken, first line", first.text, "关于2025年3月保障和改善民生")
	s.says("words unbroken, second line", second.text, "重点任务推进情况的通报")
}

func (s *sheet) recipient() {
	rows := s.notice.rows()
	to, last := with(s, rows, "各镇街"), with(s, rows, "重点任务推进")
	s.is("left", to.x, 28, 0.05)
	s.is("a blank line below the title, to a line's place", to.y-(last.y+7.761), 15, 5.5)
	s.says("ends with", string(to.glyphs[len(to.glyphs)-1].r), "：")
}

func (s *sheet) headings() {
	rows := s.notice.rows()
	for _, words := range []string{"为深入贯彻", "一、总体情况", "（一）就业创业。", "1.重点群体就业。",
		"（1）技能培训。"} {
		s.is("indent: "+words, with(s, rows, words).x, 39.14, 0.05)
	}
	run := with(s, rows, "（一）就业创业。共12项")
	s.says("what runs on behind （一）", run.glyphs[len(run.glyphs)-1].font, "fangsong")
}

func (s *sheet) lineEnds() {
	rows := s.plan.rows()
	faults, widest := faultsOf(rows)
	s.is("lines, at least 250", min(float64(len(rows)), 250), 250, 0)
	s.is("lines that break a rule", float64(len(faults)), 0, 0)
	// One line gives way to a number of eight characters with its unit; 0.16 the others.
	s.is("space added at a joint, most, em", widest, 0.145, 0.145)
	s.is("full lines that end elsewhere than at 184", float64(len(ragged(rows))), 0, 0)
}

func (s *sheet) annexList() {
	rows := s.notice.rows()
	list, second := with(s, rows, "附件：1."), with(s, rows, "2.各单位")
	before := with(s, rows, "0415-1234567")
	s.is("a blank line above", list.y-before.y, 2*10.446, 0.05)
	s.is("indent", list.x, 39.14, 0.05)
	s.is("second name under the first", second.x, list.glyphs[3].x, 0.05)
	s.says("no mark at the end", list.text, "附件：1.指标进展情况表")
	long := traced(s, &digest.Paper{Body: paragraphsOf(1), Annexes: []digest.Annex{
		{Title: "甲" + han(39)}, {Title: "乙"}}}).rows()
	s.is("turned line under the name's first character", long[2].x, long[1].glyphs[5].x, 0.05)
	s.says("which is", string(long[1].glyphs[5].r), "甲")
}

// date is an official date.
var date = regexp.MustCompile(`^\d{4}年[1-9]\d?月[1-9]\d?日$`)

// signed finds the organ's and the date's line at the end of the body.
func (s *sheet) signed(rows []row) (organ, day row) {
	s.Helper()
	for i, r := range rows {
		if date.MatchString(r.text) {
			return rows[i-1], r
		}
	}
	s.Fatal("no signature")
	return
}

func (s *sheet) withoutSeal() {
	organ, day := s.signed(s.notice.rows())
	s.is("organ, right: 2 characters in", organ.right, 184-2*5.571, 0.1)
	s.is("date, a line below", day.y-organ.y, 10.446, 0.05)
	s.is("date, 2 characters right of the organ's", day.x-organ.x, 2*5.571, 0.05)
	s.says("date, no 04", day.text, "2025年4月8日")
}

func (s *sheet) withSeal() {
	organ, day := s.signed(s.sealed.rows())
	s.is("date, right: 4 characters in", day.right, 184-4*5.571, 0.1)
	last := with(s, s.sealed.rows(), "3.近12个月走势")
	s.is("room for the seal: 2 blank lines above", organ.y-last.y, 3*10.446, 0.05)
	s.is("organ over the date, middle", (organ.x+organ.right)/2, (day.x+day.right)/2, 0.1)
	s.is("date, a line below", day.y-organ.y, 10.446, 0.05)
}
