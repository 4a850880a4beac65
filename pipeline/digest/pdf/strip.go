package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
)

// A heat strip: a row a task, a field a month. The heads of the months stand
// again on every page, no row is split, and the marks are explained below. A
// row without lights is a heading of the rows under it.

const (
	stripSize     = 9.5  // points
	stripPitch    = 5.4  // the least height of a row
	stripHead     = 8.4  // years over months
	stripFull     = 6.3  // a field with room for 12月
	stripMost     = 9.0  // a field's width
	stripLeast    = 7.0  // what labels leave to a field
	stripLabel    = 36.0 // what fields leave to the labels
	stripInset    = 0.25 // of a field in its place
	stripMark     = 2.5  // a mark's width
	stripLegend   = 6.0
	stripLabelGap = 1.5
)

var (
	stripStyle = style{songTi, stripSize, 0}
	stripMonth = style{songTi, 8.5, 0}
	stripSmall = style{songTi, 9, 0}
)

// stripGrid is the measures of a strip.
type stripGrid struct {
	f     frame
	label float64 // width of the labels
	field float64 // width of a month
	years []bool  // whether a year begins with a month
}

// strip sets a heat strip.
func (s *setter) strip(b digest.Strip, f frame) []box {
	if len(b.Rows) == 0 || len(b.Months) == 0 {
		return nil
	}
	g := s.stripGrid(b, f)
	head := s.stripHead(b.Months, &g)
	head.lead = tableBefore
	out := []box{head}
	seen := map[assess.Light]bool{}
	for _, r := range b.Rows {
		row := s.stripRow(r, g)
		row.head = []box{head}
		row.keep = len(r.Lights) == 0
		out = append(out, row)
		for i := range b.Months {
			if len(r.Lights) > 0 {
				seen[lightOf(r, i)] = true
			}
		}
	}
	out[1].keep, out[len(out)-1].keep = len(b.Rows) > 1, true
	out = append(out, s.stripLegend(seen, f))
	s.figures++
	out = append(out, s.caption(fmt.Sprintf("图%d　%s", s.figures, oneLine(b.Caption)), f)...)
	last := &out[len(out)-1]
	last.keep = false
	last.height += tableAfter
	return out
}

// stripGrid gives the labels what they need and the months the rest, within
// bounds.
func (s *setter) stripGrid(b digest.Strip, f frame) stripGrid {
	widest := 0.0
	for _, r := range b.Rows {
		if len(r.Lights) > 0 {
			widest = max(widest, widthOf(s.shape(span{oneLine(r.Label), stripStyle})))
		}
	}
	n := float64(len(b.Months))
	field := (f.width() - widest - 2*stripLabelGap) / n
	field = min(max(field, stripLeast), stripMost)
	field = min(field, (f.width()-stripLabel)/n)
	return stripGrid{f: f, label: f.width() - field*n, field: field}
}

// x is where a month's field begins.
func (g stripGrid) x(month int) float64 {
	return g.f.left + g.label + float64(month)*g.field
}

// stripHead is the months, and the years over the months they begin with.
func (s *setter) stripHead(months []string, g *stripGrid) box {
	names, years := make([]line, len(months)), make([]line, len(months))
	g.years = make([]bool, len(months))
	before, widest := "", 0.0
	for i, m := range months {
		year, name := yearAndMonth(oneLine(m))
		if g.field < stripFull {
			name = strings.TrimSuffix(name, "月")
		}
		names[i].glyphs = s.shape(span{name, stripMonth})
		widest = max(widest, names[i].width())
		if year != "" && year != before {
			years[i].glyphs = s.shape(span{year, stripMonth})
			g.years[i], before = true, year
		}
	}
	at, step := *g, int(math.Ceil(widest/g.field)) // of many months some are named
	step = max(step, 1)
	return box{height: stripHead, need: stripHead, keep: true, draw: func(p *page, y float64) {
		for i := range months {
			if g.years[i] {
				x := min(at.x(i)+0.5, at.yearEnd(i)-0.5-years[i].width())
				p.marks = append(p.marks, years[i].put(x, y+3.1, black)...)
			}
			if i%step == 0 {
				x := at.x(i) + (at.field-names[i].width())/2
				p.marks = append(p.marks, names[i].put(x, y+7.1, black)...)
			}
		}
		at.yearLines(p, y, y+stripHead)
		y += stripHead
		p.marks = append(p.marks, rule{at.f.left, y, at.f.right, y, borderThick, black})
	}}
}

// yearEnd is where the year that begins with a month ends.
func (g stripGrid) yearEnd(month int) float64 {
	for month++; month < len(g.years) && !g.years[month]; month++ {
	}
	return g.x(month)
}

// yearLines parts the years.
func (g stripGrid) yearLines(p *page, from, to float64) {
	for i, begins := range g.years {
		if begins {
			p.marks = append(p.marks, rule{g.x(i), from, g.x(i), to, borderThick, black})
		}
	}
}

// yearAndMonth parts 2024-04 and 2024年4月; a head without a year is a month.
func yearAndMonth(head string) (year, month string) {
	if len(head) == 7 && head[4] == '-' {
		return head[:4] + "年", strings.TrimPrefix(head[5:], "0") + "月"
	}
	if y, m, ok := strings.Cut(head, "年"); ok {
		return y + "年", m
	}
	return "", head
}

// lightOf is a month's light; of the months behind a row's last nothing was said.
func lightOf(r digest.StripRow, month int) assess.Light {
	if month >= len(r.Lights) {
		return ""
	}
	return assess.Light(r.Lights[month])
}

// stripRow is one row.
func (s *setter) stripRow(r digest.StripRow, g stripGrid) box {
	st, room := stripStyle, g.label-stripLabelGap
	if len(r.Lights) == 0 {
		st, room = style{heiTi, stripSize, 0}, g.f.width()
	}
	label := balanced(s.shape(span{oneLine(r.Label), st}), room)
	em := stripSize * mmPerPoint
	h := max(stripPitch, float64(len(label))*em*1.15+1.4)
	return box{height: h, need: h, draw: func(p *page, y float64) {
		mid := y + h/2
		for i, l := range label {
			top := mid - em/2 + (float64(i)-float64(len(label)-1)/2)*em*1.15
			p.marks = append(p.marks, l.put(g.f.left, top+ascent*em, black)...)
		}
		for i := range g.years {
			p.marks = append(p.marks, stripField(lightOf(r, i), g.x(i), y, g.field, h)...)
		}
		if len(r.Lights) > 0 {
			g.yearLines(p, y, y+h)
		}
		p.marks = append(p.marks, rule{g.f.left, y + h, g.f.right, y + h, 0.1, pale})
	}}
}

// stripField is a month's field with its mark.
func stripField(light assess.Light, x, y, w, h float64) []mark {
	l, known := lamps[light]
	if !known {
		return nil
	}
	left, right, top, foot := x+stripInset, x+w-stripInset, y+stripInset, y+h-stripInset
	field := shape{filled: true, fill: l.field,
		points: []point{{left, top}, {right, top}, {right, foot}, {left, foot}}}
	return append([]mark{field}, lampMarks(light, x+w/2, y+h/2, min(stripMark, w-0.8), l.on)...)
}

// stripLegend explains the lights that the strip shows.
func (s *setter) stripLegend(seen map[assess.Light]bool, f frame) box {
	const field, gap = 6.0, 4.0
	var words []line
	var shown []assess.Light
	for _, l := range slices.Concat(assess.Lights, []assess.Light{""}) {
		if !seen[l] {
			continue
		}
		word := "空白为当月无记录"
		if l != "" {
			word = l.Chinese()
		}
		shown = append(shown, l)
		words = append(words, line{glyphs: s.shape(span{word, stripSmall})})
	}
	return box{height: stripLegend, need: stripLegend, keep: true, draw: func(p *page, y float64) {
		x := f.left
		for i, l := range shown {
			if l != "" {
				p.marks = append(p.marks, stripField(l, x, y+0.8, field, 4.6)...)
				x += field + 0.8
			}
			p.marks = append(p.marks, words[i].put(x, y+4.3, black)...)
			x += words[i].width() + gap
		}
	}}
}
