package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"duban/pipeline/digest"
)

// The checklist's rows of head, annexes, 版记, page numbers and tables.

func (s *sheet) redMark() {
	mark := with(s, s.notice.rows(), "丹东市")
	ink := s.look(s.noticePath, 1).ink(isRed, drawn{x1: 0, x2: 210, y1: 0, y2: 100})
	s.says("font", mark.font, "biaosong")
	s.says("colour: 0,80,80 in CMY", mark.glyphs[0].colour, "1 .2 .2")
	s.is("ink, top", ink.y1, 72, 1)
	s.is("ink, middle", (ink.x1+ink.x2)/2, 106, 1)
	s.is("width, narrower than 156", ink.x2-ink.x1, 145, 10.9)
}

func (s *sheet) paperNumber() {
	rows := s.notice.rows()
	mark, number := with(s, rows, "丹东市"), with(s, rows, "振政督〔")
	s.is("two blank lines below the mark", number.y-(mark.y+mark.size*25.4/72), 2*10.446, 0.2)
	s.is("middle", (number.x+number.right)/2, 106, 0.2)
	s.says("year whole, no 第, no zero", number.text, "振政督〔2025〕3号")
}

func (s *sheet) redRule() {
	number, rule := with(s, s.notice.rows(), "振政督〔"), s.notice.longRules(1, redTrace)[0]
	ink := s.look(s.noticePath, 1).ink(isRed, drawn{x1: 0, x2: 210, y1: 100, y2: 200})
	s.is("rules", float64(len(s.notice.longRules(1, redTrace))), 1, 0)
	s.is("below the number", rule.y1-(number.y+5.644), 4, 0.1)
	s.is("left", rule.x1, 28, 0.1)
	s.is("right", rule.x2, 184, 0.1)
	s.is("thickness", rule.thick, 0.53, 0.03)
	s.is("as a picture, top", ink.y1, rule.y1-rule.thick/2, 0.2)
	s.says("colour", rule.colour, "1 .2 .2")
}

func (s *sheet) annexes() {
	upright, across := s.notice.rows(), s.notice.acrossRows()
	first, second, third := with(s, across, "附件1"), with(s, upright, "附件2"),
		with(s, upright, "附件3")
	for _, c := range []struct {
		word row
		name string
		rows []row
		left float64
	}{{first, "指标进展", across, 297 - 262}, {second, "各单位", upright, 28},
		{third, "近12个月", upright, 28}} {
		s.says("word", fmt.Sprintf("%s %s %.0f", c.word.text[:6], c.word.font, c.word.size),
			"附件 heiti 16")
		onPage := slices.DeleteFunc(slices.Clone(c.rows),
			func(r row) bool { return r.page != c.word.page })
		s.is("line 1, first of its page", onPage[0].y-c.word.y, 0, 0.01)
		s.is("line 1, flush left", c.word.x, c.left, 0.05)
		s.is("title, line 3", with(s, onPage, c.name).y-c.word.y, 2*10.446, 0.05)
	}
	s.is("line 1, top", second.y, 37, 0.05)
}

func (s *sheet) imprint() {
	last := s.notice.pages
	rules := s.notice.longRules(last, "0")
	s.is("rules", float64(len(rules)), 3, 0)
	for i, thick := range []float64{0.35, 0.25, 0.35} {
		s.is(fmt.Sprintf("rule %d, thickness", i+1), rules[i].thick, thick, 0.02)
		s.is(fmt.Sprintf("rule %d, left", i+1), rules[i].x1, 28, 0.1)
		s.is(fmt.Sprintf("rule %d, right", i+1), rules[i].x2, 184, 0.1)
	}
	s.is("last rule", rules[2].y1, 262, 0.1)
	rows := s.notice.rows()
	copies, turned := with(s, rows, "抄送：区委办公室"), with(s, rows, "监委机关")
	s.is("抄送, 1 character in, left", copies.x, 28+4.939, 0.05)
	s.is("抄送, 1 character in, right", copies.right, 184-4.939, 0.1)
	s.is("抄送, turned line after the colon", turned.x, 28+4*4.939, 0.05)
	end := with(s, rows, "体。")
	s.says("抄送 ends with", string(end.glyphs[len(end.glyphs)-1].r), "。")
	for _, r := range rows {
		if strings.HasSuffix(r.text, "2025年4月8日印发") {
			s.is("印发机关, left", r.x, 28+4.939, 0.05)
			s.is("印发日期, right", r.right, 184-4.939, 0.05)
		}
	}
}

func (s *sheet) imprintPages() {
	s.is("pages, even", float64(s.notice.pages%2), 0, 0)
	s.is("抄送 on the last one", float64(with(s, s.notice.rows(), "抄送").page),
		float64(s.notice.pages), 0)
	s.says("number of a page of 版记 alone", s.notice.numbered()[s.notice.pages], "")
}

func (s *sheet) pageNumbers() {
	for page := 1; page < s.notice.pages; page++ {
		s.says(fmt.Sprintf("page %d", page), s.notice.numbered()[page], fmt.Sprintf("— %d —", page))
		x1, x2 := math.Inf(1), 0.0
		for _, g := range s.notice.text {
			if g.page == page && g.y > 264 && !g.across {
				x1, x2 = min(x1, g.x), max(x2, g.right)
			}
		}
		if page%2 == 1 {
			s.is("odd, ends 1 character in", x2, 179.06, 0.1)
		} else {
			s.is("even, begins 1 character in", x1, 32.94, 0.1)
		}
		if page < 6 { // upright and across, odd and even
			dash := s.look(s.noticePath, page).ink(isDark,
				drawn{x1: x1, x2: x1 + 4, y1: 264, y2: 275})
			s.is("dash, middle of its ink", (dash.y1+dash.y2)/2, 269, 0.15)
		}
	}
}

// acrossRows is the lines of the pages set across, as a reader turns the paper.
func (tr trace) acrossRows() []row {
	laid := trace{pages: tr.pages}
	for _, g := range tr.text {
		if g.across {
			g = lay(g)
			g.across = false
			laid.text = append(laid.text, g)
		}
	}
	return laid.rows()
}

func (s *sheet) landscape() {
	for page := 4; page <= 8; page++ { // odd and even
		head, body := math.Inf(1), math.Inf(1)
		for _, g := range s.notice.text {
			if g.page != page || !g.across {
				continue
			}
			if g.font == "heiti" && g.size < 12 {
				head = min(head, g.x)
			}
			if g.font == "songti" {
				body = min(body, g.x)
			}
		}
		s.says(fmt.Sprintf("page %d: head nearer the paper's left", page),
			fmt.Sprint(head < body), "true")
		s.says(fmt.Sprintf("page %d: number, not turned", page), s.notice.numbered()[page],
			fmt.Sprintf("— %d —", page))
	}
}

func (s *sheet) longTable() {
	const n = 60
	for _, across := range []bool{true, false} {
		p := &digest.Paper{Title: "通报", Annexes: []digest.Annex{
			{Title: "指标进展情况表", Landscape: across, Body: []digest.Block{sampleLedger(n)}}}}
		tr := traced(s, p)
		headed, whole := tableOver(tr, n)
		s.is("pages that begin with the head", float64(headed), float64(tr.pages-1), 0)
		s.is("rows that stand on one page", float64(whole), n, 0)
	}
	rows := traced(s, &digest.Paper{Body: []digest.Block{digest.Table{
		Caption: "表题", Columns: []digest.Column{{Head: "项目", Share: 1},
			{Head: "数", Share: 1, Align: digest.Right}},
		Rows: [][]digest.Cell{{{Text: "甲"}, {Text: "1"}}, {{Text: "乙"}, {Text: "23.4"}},
			{{Text: "丙"}, {Text: "3,456.78"}}},
	}}}).rows()
	s.says("caption with its number", rows[0].text+" "+rows[0].font, "表1　表题 heiti")
	for _, r := range rows[3:] {
		s.is("numbers end together: "+r.text, r.right, rows[2].right, 0.01)
	}
}
