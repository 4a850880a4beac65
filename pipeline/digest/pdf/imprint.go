package pdf

import (
	"fmt"
	"strings"

	"duban/pipeline/digest"
)

// 版记, GB/T 9704-2012, 7.4: at the foot of the last page, its last rule on the
// type area's edge. Where the form asks for an even page (papers are printed on
// both sides), it goes to the back of the last sheet; a page that holds nothing
// else, and an empty one before it, show no number (7.5).
const (
	imprintEnd   = 0.35 // its first and its last rule
	imprintInner = 0.25
	imprintAbove = 5.0 // free above it
	em4          = size4 * mmPerPoint
	imprintPitch = 9.0

	imprintLeft  = areaLeft + em4 // one character in at both sides
	imprintRight = areaRight - em4
)

var imprintStyle = style{fangSong, size4, 0}

// imprintRow is a line of 版记; one that opens an element has a rule above it.
type imprintRow struct {
	lines []line
	at    []float64 // where each begins
	opens bool
}

// imprint sets the 版记 on the page the flow ends on, or behind it.
func (s *setter) imprint(p *digest.Paper, fm *form, fl *flow) {
	rows := s.copyRows(fm.copyWord, p.CopyTo)
	if fm.ruled {
		rows = append(append(rows, s.countRow(p.Copies)...), s.printerRow(p)...)
	}
	if len(rows) == 0 {
		return
	}
	top := areaBottom - float64(len(rows))*imprintPitch
	foot := (imprintPitch - em4) / 2 // from the text to the rule under it
	pg := s.imprintPage(fm, fl, top)
	edge := func(y, thick float64) {
		if fm.ruled {
			pg.marks = append(pg.marks, rule{areaLeft, y, areaRight, y, thick, black})
		}
	}
	if !fm.ruled {
		foot = 0
	}
	for i, r := range rows {
		y := top + float64(i)*imprintPitch
		switch {
		case i == 0:
			edge(y, imprintEnd)
		case r.opens:
			edge(y, imprintInner)
		}
		for j, l := range r.lines {
			base := y + imprintPitch - foot - (1-ascent)*em4
			pg.marks = append(pg.marks, l.put(r.at[j], base, black)...)
		}
	}
	edge(areaBottom, imprintEnd)
}

// imprintPage is the page for a 版记 that begins at top.
func (s *setter) imprintPage(fm *form, fl *flow, top float64) *page {
	odd := func() bool { return len(s.pages)%2 == 1 }
	room := !fl.frame.across && fl.foot+imprintAbove <= top
	if room && !(fm.even && odd()) {
		return fl.page
	}
	for more := true; more; more = fm.even && odd() {
		fl = s.newFlow(upright)
		fl.page.bare = true
	}
	return fl.page
}

// copyRows is 抄送 and those it names; a turned line begins behind the colon.
func (s *setter) copyRows(word, to string) []imprintRow {
	if to = strings.TrimRight(oneLine(to), "。；"); to == "" {
		return nil
	}
	lead := line{glyphs: s.shape(span{word, imprintStyle})}
	at := imprintLeft + lead.width()
	room := imprintRight - at
	lines := fit(s.shape(span{to + "。", imprintStyle}), room, room)
	justify(lines, room, room)
	rows := make([]imprintRow, len(lines))
	for i, l := range lines {
		rows[i] = imprintRow{lines: []line{l}, at: []float64{at}}
	}
	rows[0] = imprintRow{[]line{lead, lines[0]}, []float64{imprintLeft, at}, true}
	return rows
}

// countRow is 印数, an element of its own (7.4.3); none when it is not known.
func (s *setter) countRow(copies int) []imprintRow {
	if copies <= 0 {
		return nil
	}
	l := line{glyphs: s.shape(span{fmt.Sprintf("（共印%d份）", copies), imprintStyle})}
	return []imprintRow{{[]line{l}, []float64{imprintRight - l.width()}, true}}
}

// printerRow is 印发机关 and 印发日期.
func (s *setter) printerRow(p *digest.Paper) []imprintRow {
	printer := line{glyphs: s.shape(span{oneLine(p.Printer), imprintStyle})}
	on := line{}
	if date := oneLine(p.PrintedOn); date != "" {
		on.glyphs = s.shape(span{date + "印发", imprintStyle})
	}
	if len(printer.glyphs)+len(on.glyphs) == 0 {
		return nil
	}
	return []imprintRow{{[]line{printer, on},
		[]float64{imprintLeft, imprintRight - on.width()}, true}}
}
