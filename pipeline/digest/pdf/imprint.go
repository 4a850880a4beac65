package pdf

import (
	"strings"

	"duban/pipeline/digest"
)

// 版记, GB/T 9704-2012, 7.4: at the foot of the last page, its last rule on the
// type area's edge.
const (
	imprintEnd   = 0.35 // its first and its last rule
	imprintInner = 0.25
	imprintAbove = 5.0 // free above it
	em4          = size4 * mmPerPoint
	imprintPitch = 9.0
)

var imprintStyle = style{fangSong, size4, 0}

// imprint sets the 版记 on the page the flow ends on, or on a new one where
// there is no room or the page lies across.
func (s *setter) imprint(p *digest.Paper, fl *flow) {
	side := em4 // one character in at both sides
	left, right := areaLeft+side, areaRight-side
	var copies []line
	indent := 0.0
	if to := strings.TrimRight(oneLine(p.CopyTo), "。；"); to != "" {
		word := s.shape(span{"抄送：", imprintStyle})
		indent = widthOf(word)
		text := s.shape(span{to + "。", imprintStyle})
		copies = fit(text, right-left-indent, right-left-indent)
		justify(copies, right-left-indent, right-left-indent)
		copies = append([]line{{glyphs: word}}, copies...)
	}
	printer := line{glyphs: s.shape(span{oneLine(p.Printer), imprintStyle})}
	on := line{}
	if date := oneLine(p.PrintedOn); date != "" {
		on.glyphs = s.shape(span{date + "印发", imprintStyle})
	}
	rows := max(len(copies)-1, 0)
	last := len(printer.glyphs)+len(on.glyphs) > 0
	if last {
		rows++
	}
	if rows == 0 {
		return
	}
	top := areaBottom - float64(rows)*imprintPitch
	if fl.frame.across || fl.foot+imprintAbove > top {
		fl = s.newFlow(upright)
	}
	draw := func(m ...mark) { fl.page.marks = append(fl.page.marks, m...) }
	base := func(row int) float64 {
		return top + float64(row)*imprintPitch + (imprintPitch-em4)/2 + ascent*em4
	}
	edge := func(y, thick float64) { draw(rule{areaLeft, y, areaRight, y, thick, black}) }
	edge(top, imprintEnd)
	if len(copies) > 0 {
		draw(copies[0].put(left, base(0), black)...)
		for i, l := range copies[1:] {
			draw(l.put(left+indent, base(i), black)...)
		}
		if last {
			edge(areaBottom-imprintPitch, imprintInner)
		}
	}
	if last {
		draw(printer.put(left, base(rows-1), black)...)
		draw(on.put(right-on.width(), base(rows-1), black)...)
	}
	edge(areaBottom, imprintEnd)
}
