package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"duban/pipeline/digest"
)

// lay turns characters of a page set across as a reader turns the paper: x runs
// along the lines, y down them.
func lay(g printed) printed {
	if !g.across {
		return g
	}
	g.x, g.y, g.right = paperHeight-g.y, g.x, paperHeight-g.y+(g.right-g.x)
	return g
}

// pageText is a page's characters, laid and in order of rows then columns.
func pageText(tr trace, page int) string {
	var gs []printed
	for _, g := range tr.text {
		if g.page == page && (g.across || g.y < areaBottom+2) {
			gs = append(gs, lay(g))
		}
	}
	slices.SortStableFunc(gs, func(a, b printed) int {
		if math.Abs(a.y-b.y) > 0.3 {
			return int(math.Copysign(1, a.y-b.y))
		}
		return int(math.Copysign(1, a.x-b.x))
	})
	var s strings.Builder
	for _, g := range gs {
		s.WriteString(string(g.r))
	}
	return s.String()
}

// tableOver counts the pages behind the first that begin with the head of
// sampleLedger's table, and its rows that stand whole on one page.
func tableOver(tr trace, n int) (headed, whole int) {
	head := "编号指标责任单位目标完成时限完成情况完成率序时进度进度灯"
	pages := make([]string, tr.pages+1)
	for page := 2; page <= tr.pages; page++ {
		pages[page] = pageText(tr, page)
		if at := strings.Index(pages[page], head); at == 0 || page == 2 && at > 0 {
			headed++
		}
	}
	for i := range n {
		first, last := fmt.Sprintf("第%d批", i+1), fmt.Sprintf("%d人次", 3456+i*71)
		in := slices.DeleteFunc(slices.Clone(pages), func(s string) bool {
			return !strings.Contains(s, first) && !strings.Contains(s, last)
		})
		if len(in) == 1 && strings.Contains(in[0], first) && strings.Contains(in[0], last) {
			whole++
		}
	}
	return headed, whole
}

func TestHeadsOfColumnsNeverWrap(t *testing.T) {
	for _, n := range []int{2, 7, 12} {
		tab := digest.Table{Caption: "多列"}
		var cells []digest.Cell
		for range n {
			tab.Columns = append(tab.Columns, digest.Column{Head: "序时进度", Share: 0.01})
			cells = append(cells, digest.Cell{Text: "12,345.6万元"})
		}
		tab.Columns[0].Share = 1 // a greedy column
		tab.Rows = [][]digest.Cell{cells}
		rows := traced(t, &digest.Paper{Body: []digest.Block{tab}}).rows()
		if got, want := rows[1].text, strings.Repeat("序时进度", n); got != want {
			t.Errorf("%d columns: the head's line is %s", n, got)
		}
		var all strings.Builder
		for _, r := range rows[2:] {
			all.WriteString(r.text)
		}
		if strings.Count(all.String(), "万") != n {
			t.Errorf("%d columns: figures lost: %s", n, all.String())
		}
	}
}

func TestRowTallerThanAPageLosesNothing(t *testing.T) {
	text := strings.Repeat("民生保障", 700)
	p := &digest.Paper{Body: []digest.Block{digest.Table{
		Columns: []digest.Column{{Head: "编号", Share: 0.2}, {Head: "说明", Share: 0.8}},
		Rows:    [][]digest.Cell{{{Text: "T01"}, {Text: text}}, {{Text: "T02"}, {Text: "短"}}},
	}}}
	tr := traced(t, p)
	var all strings.Builder
	for page := 1; page <= tr.pages; page++ {
		all.WriteString(pageText(tr, page))
	}
	if n := strings.Count(all.String(), "民"); n != 700 {
		t.Errorf("%d of 700 repetitions are left", n)
	}
}

func TestLightsDifferInShape(t *testing.T) {
	seen := map[string]string{}
	for _, light := range []string{"done", "on_time", "behind", "far_behind", "missing",
		"pending"} {
		marks := lightMarks(light, 0, 0, 3)
		if len(marks) == 0 {
			t.Errorf("%s has no mark", light)
		}
		var form strings.Builder
		for _, m := range marks {
			s := m.(shape)
			form.WriteString(fmt.Sprintf("%d %v %v;", len(s.points), s.filled, s.points[0]))
		}
		if other := seen[form.String()]; other != "" {
			t.Errorf("%s and %s look the same in black and white", light, other)
		}
		seen[form.String()] = light
	}
}

func TestBarsBeginAtZeroAndSayWhatIsUnknown(t *testing.T) {
	p := &digest.Paper{Body: []digest.Block{digest.Bars{Caption: "占比", Bars: []digest.Bar{
		{Label: "甲", Value: 80, Known: true, Due: 50, HasDue: true},
		{Label: "乙", Value: 40, Known: true},
		{Label: "丙"},
	}}}}
	tr := traced(t, p)
	var bars []drawn
	ticks := 0
	for _, l := range tr.lines {
		if l.thick == 0 && l.y2-l.y1 > 4 {
			bars = append(bars, l)
		}
		if l.thick > 0.45 && l.y2-l.y1 > barThick {
			ticks++
			near(t, "tick at 50 of 80", l.x1-bars[0].x1, (bars[0].x2-bars[0].x1)*50/80, 0.05)
		}
	}
	if len(bars) != 2 || ticks != 1 {
		t.Fatalf("%d bars and %d ticks", len(bars), ticks)
	}
	near(t, "half the value, half the bar", (bars[1].x2-bars[1].x1)*2, bars[0].x2-bars[0].x1, 0.05)
	near(t, "bars begin together", bars[0].x1, bars[1].x1, 0.01)
	rows := tr.rows()
	if r := with(t, rows, "丙"); r.text != "丙未报" {
		t.Errorf("the unknown bar reads %s", r.text)
	}
	if r := rows[len(rows)-1]; r.text != "图1　占比" {
		t.Errorf("the caption is %s", r.text)
	}
}

func TestWidthGoesWhereTheTextIs(t *testing.T) {
	s := newSetter(fontsFor(t))
	tab := digest.Table{Columns: []digest.Column{{Head: "短", Share: 0.8}, {Head: "长", Share: 0.2}}}
	for range 5 {
		tab.Rows = append(tab.Rows, []digest.Cell{{Text: "一"}, {Text: han(24)}})
	}
	g := s.gridFor(tab, areaRight-areaLeft)
	if need := 24*g.em() + 2*cellSide; g.widths[1] < need {
		t.Errorf("the long column is %.1f wide, needs %.1f", g.widths[1], need)
	}
	near(t, "the columns fill the type area", sum(g.widths), 156, 0.01)
}
