package pdf

import (
	"math"
	"strings"
	"testing"

	"duban/pipeline/digest"
)

// TestHeadingsNeverEndAPage moves a heading down a page line by line.
func TestHeadingsNeverEndAPage(t *testing.T) {
	after := map[string]digest.Block{
		"two lines":  digest.Paragraph{Text: han(50)},
		"one line":   digest.Paragraph{Text: han(5)},
		"a table":    sampleLagging(),
		"bars":       sampleBars(),
		"a run":      digest.Heading{Level: 2, Text: "（一）题。", Run: han(60)},
		"a heading":  digest.Heading{Level: 3, Text: "1.题。"},
		"a run of 1": digest.Heading{Level: 3, Text: "1.题。", Run: han(3)},
	}
	for name, b := range after {
		for n := 10; n <= 22; n++ {
			p := &digest.Paper{}
			for range n {
				p.Body = append(p.Body, digest.Paragraph{Text: "段"})
			}
			p.Body = append(p.Body, digest.Heading{Level: 1, Text: "一、标题"}, b,
				digest.Paragraph{Text: han(60)})
			rows := traced(t, p).rows()
			at := 0
			for i, r := range rows {
				if r.text == "一、标题" {
					at = i
				}
			}
			under := 0
			for _, r := range rows[at+1:] {
				if r.page == rows[at].page {
					under++
				}
			}
			if under == 0 || name == "two lines" && under < 2 {
				t.Errorf("%s, %d lines above: %d lines under the heading", name, n, under)
			}
		}
	}
}

func TestCaptionKeepsWithHeadAndFirstRows(t *testing.T) {
	for n := 10; n <= 22; n++ {
		p := &digest.Paper{}
		for range n {
			p.Body = append(p.Body, digest.Paragraph{Text: "段"})
		}
		p.Body = append(p.Body, sampleLagging())
		rows := traced(t, p).rows()
		page := with(t, rows, "表1").page
		first := with(t, rows, "序号")
		if first.page != page {
			t.Errorf("%d lines above: the caption is alone", n)
		}
		found := false
		for _, r := range rows {
			found = found || r.page == page && strings.HasPrefix(r.text, "1区住房") ||
				r.page == page && strings.Contains(r.text, "3,456户")
		}
		if !found {
			t.Errorf("%d lines above: caption and head stand without a row", n)
		}
	}
}

func TestSignatureNeverStandsWithoutText(t *testing.T) {
	for n := 14; n <= 22; n++ {
		p := &digest.Paper{Organ: "区政府督查室", Date: "2025年4月8日"}
		for range n {
			p.Body = append(p.Body, digest.Paragraph{Text: "段"})
		}
		rows := traced(t, p).rows()
		organ := with(t, rows, "区政府")
		text := 0
		for _, r := range rows {
			if r.page == organ.page && r.text == "段" {
				text++
			}
		}
		if text == 0 {
			t.Errorf("%d lines: the signature stands alone on page %d", n, organ.page)
		}
		if date := with(t, rows, "2025年"); date.page != organ.page {
			t.Errorf("%d lines: the date left its organ", n)
		}
	}
}

func TestTitlesKeepWordsAndShape(t *testing.T) {
	s := newSetter(fontsFor(t))
	for _, c := range []struct{ title, want string }{
		{"关于做好民生工作的通知", "关于做好民生工作的通知"},
		{"关于2025年3月保障和改善民生重点任务推进情况的通报",
			"关于2025年3月保障和改善民生/重点任务推进情况的通报"},
		{"关于2025年11月保障和改善民生重点任务推进情况的通报（第2版）",
			"关于2025年11月保障和改善民生/重点任务推进情况的通报（第2版）"},
		{"自己\n断的行", "自己/断的行"},
	} {
		var lines []string
		for _, l := range s.titleLines(c.title, areaRight-areaLeft) {
			lines = append(lines, "")
			for _, g := range l.glyphs {
				lines[len(lines)-1] += string(g.r)
			}
		}
		if got := strings.Join(lines, "/"); got != c.want {
			t.Errorf("%s became %s", c.title, got)
		}
	}
}

// TestTitlesAreNoHourglass breaks titles of all lengths.
func TestTitlesAreNoHourglass(t *testing.T) {
	s := newSetter(fontsFor(t))
	long := "关于印发振兴区2025年度保障和改善民生重点任务督查考核工作实施方案及全年民生实事项目清单" +
		"并进一步做好城乡居民就业教育医疗养老住房等工作情况报送的通知"
	rs := []rune(long)
	for n := 5; n <= len(rs); n++ {
		lines := s.titleLines(string(rs[:n]), areaRight-areaLeft)
		all := 0
		for i, l := range lines {
			all += len(l.glyphs)
			if w := l.width(); w > areaRight-areaLeft {
				t.Errorf("%d characters: a line is %.1f wide", n, w)
			}
			if i > 0 && i+1 < len(lines) && l.width() < lines[i-1].width()-1 &&
				l.width() < lines[i+1].width()-1 {
				t.Errorf("%d characters: an hourglass", n)
			}
		}
		if all != n {
			t.Errorf("%d of %d characters are left", all, n)
		}
	}
}

// TestTheSpacingGivesWayBeforeTheSealLeavesItsPage finds the number of lines
// with which one blank line decides.
func TestTheSpacingGivesWayBeforeTheSealLeavesItsPage(t *testing.T) {
	gaps := map[int]int{}
	for n := 10; n <= 20; n++ {
		p := &digest.Paper{Organ: "区政府督查室", Date: "2025年4月8日", Sealed: true}
		for range n {
			p.Body = append(p.Body, digest.Paragraph{Text: "段"})
		}
		rows := traced(t, p).rows()
		organ := with(t, rows, "区政府")
		last := 0.0
		for _, r := range rows {
			if r.page == organ.page && r.text == "段" {
				last = r.y
			}
		}
		gap := int(math.Round((organ.y-last)/pitch)) - 1
		if gap < 1 || gap > 2 {
			t.Errorf("%d lines: %d blank lines for the seal", n, gap)
		}
		if organ.page == 1 {
			gaps[gap]++
		}
	}
	if gaps[1] != 1 || gaps[2] == 0 {
		t.Errorf("blank lines on the first page: %v; only the fullest has one", gaps)
	}
}
