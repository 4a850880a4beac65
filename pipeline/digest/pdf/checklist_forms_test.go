package pdf

import (
	"fmt"
	"strings"
)

// The checklist's rows of the forms that are not 文件式.

// of takes a row's paragraph from the form's own data.
func (s *sheet) of(name string) *form {
	s.Helper()
	fm, err := formOf(name)
	if err != nil {
		s.Fatal(err)
	}
	s.clause = fm.clause
	return fm
}

func (s *sheet) letterForm() {
	fm := s.of("信函")
	rows := s.letter.rows()
	mark, number, title := with(s, rows, "丹东市"), with(s, rows, "振政督函"), with(s, rows, "关于督办")
	rules := s.letter.longRules(1, redTrace)
	ink := s.look(s.letterPath, 1).ink(isRed, drawn{x1: 0, x2: 210, y1: 0, y2: rules[0].y1 - 1})
	s.says("mark: font and colour", mark.font+" "+mark.glyphs[0].colour, "biaosong 1 .2 .2")
	s.clause = fm.markTop.clause
	s.is("mark, ink's top", ink.y1, 30, 0.2)
	s.is("mark, ink's middle", (ink.x1+ink.x2)/2, 106, 1)
	s.is("red rules", float64(len(rules)), 4, 0)
	s.is("first double rule below the mark", rules[0].y1-rules[0].thick/2-ink.y2, 4, 0.2)
	s.clause = fm.footRule.clause
	s.is("second double rule above the paper's foot",
		297-(rules[3].y1+rules[3].thick/2), 20, 0.1)
	for i, r := range rules {
		s.is(fmt.Sprintf("rule %d, length", i+1), r.x2-r.x1, 170, 0.1)
		s.is(fmt.Sprintf("rule %d, middle of the paper", i+1), (r.x1+r.x2)/2, 105, 0.1)
	}
	s.says("thick over thin, thin over thick", fmt.Sprint(rules[0].thick > rules[1].thick,
		rules[2].thick < rules[3].thick), "true true")
	s.is("发文字号, right", number.right, 184, 0.1)
	s.is("发文字号 below the rule: 7/8 character",
		number.y-(rules[1].y1+rules[1].thick/2), 5.644*7/8, 0.05)
	s.is("title two lines below the number", title.y-(number.y+5.644), 2*10.446, 0.3)
	s.is("title, middle", (title.x+title.right)/2, 106, 0.2)
	s.says("first page's number", s.letter.numbered()[1], "")
	s.says("second page's number", s.letter.numbered()[2], "— 2 —")
	copies := with(s, rows, "抄送：")
	s.is("抄送 on the last page", float64(copies.page), float64(s.letter.pages), 0)
	s.is("抄送, foot at the type area's", copies.y+4.939, 262, 0.05)
	s.is("rules in 版记", float64(len(s.letter.longRules(s.letter.pages, "0"))), 0, 0)
	var all strings.Builder
	for _, r := range rows {
		all.WriteString(r.text)
	}
	s.says("印发机关, 印发日期, 印数 in 版记", fmt.Sprint(strings.Contains(all.String(), "印发"),
		strings.Contains(all.String(), "不印"), strings.Contains(all.String(), "共印")),
		"false false false")
	organ, day := s.signed(rows)
	s.is("sealed date, right", day.right, 184-4*5.571, 0.1)
	s.is("sealed organ, over the date", (organ.x+organ.right)/2, (day.x+day.right)/2, 0.1)
}

func (s *sheet) briefForm() {
	fm := s.of("专报")
	rows := s.brief.rows()
	mark, issue, title := with(s, rows, "民生督查专报"), with(s, rows, "第3期"),
		with(s, rows, "2025年一季度")
	rules := s.brief.longRules(1, redTrace)
	ink := s.look(s.briefPath, 1).ink(isRed, drawn{x1: 0, x2: 210, y1: 0, y2: issue.y})
	s.says("mark: font and colour", mark.font+" "+mark.glyphs[0].colour, "biaosong 1 .2 .2")
	s.is("mark, ink below the type area's top", ink.y1-37, 35, 0.2)
	s.is("mark, ink's middle", (ink.x1+ink.x2)/2, 106, 1)
	s.says("issue", fmt.Sprintf("%s %.0f", issue.font, issue.size), "fangsong 16")
	s.is("issue, middle", (issue.x+issue.right)/2, 106, 0.2)
	line := with(s, rows, "丹东市振兴区人民政府督查室2025年4月8日")
	s.is("organ, 1 character in", line.x, 28+5.571, 0.05)
	s.is("date, 1 character in", line.right, 184-5.571, 0.1)
	s.is("red rules", float64(len(rules)), 1, 0)
	s.clause = fm.ruleBelow.clause
	s.is("rule below the line", rules[0].y1-(line.y+5.644), 4, 0.1)
	s.is("rule, left", rules[0].x1, 28, 0.1)
	s.is("rule, right", rules[0].x2, 184, 0.1)
	s.clause = fm.clause
	s.is("title two lines below the rule", title.y-rules[0].y1, 2*10.446, 0.3)
	signatures := 0
	for _, r := range rows {
		if date.MatchString(r.text) {
			signatures++
		}
	}
	s.is("signatures at the end", float64(signatures), 0, 0)
	copies := with(s, rows, "报送：")
	s.is("报送 on the last page, an even one", float64(copies.page), 2, 0)
	var thick strings.Builder
	for _, r := range s.brief.longRules(2, "0") {
		thick.WriteString(fmt.Sprintf("%.2f ", r.thick))
	}
	s.says("版记, rules", thick.String(), "0.35 0.25 0.25 0.35 ")
	s.says("page numbers", fmt.Sprint(s.brief.numbered()), "map[1:— 1 — 2:— 2 —]")
}
