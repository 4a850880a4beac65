package pdf

import "duban/pipeline/digest"

// 专报 is set like 纪要, GB/T 9704-2012, 10.3: the mark, the issue under it, a line
// with the organ at the left and the date at the right, a red rule. Organ and
// date stand here and not at the end.

// briefHead sets mark, issue, organ, date and rule and moves the flow below.
func (f *flow) briefHead(fm *form, p *digest.Paper) {
	y := f.frame.top
	if _, foot, ok := f.mark(p, fm); ok {
		y = foot + pitch
	}
	if number := oneLine(p.Number); number != "" {
		l := line{glyphs: f.s.shape(span{number, bodyStyle})}
		f.centre(l, y+ascent*em3, black)
		y += 2 * pitch
	}
	organ := line{glyphs: f.s.shape(span{oneLine(p.Organ), bodyStyle})}
	date := line{glyphs: f.s.shape(span{oneLine(p.Date), bodyStyle})}
	if len(organ.glyphs)+len(date.glyphs) > 0 {
		base, right := y+ascent*em3, f.frame.right-cell-date.width()
		f.page.marks = append(f.page.marks, organ.put(f.frame.left+cell, base, black)...)
		f.page.marks = append(f.page.marks, date.put(right, base, black)...)
		y += em3 + fm.ruleBelow.mm
		f.page.marks = append(f.page.marks,
			rule{f.frame.left, y, f.frame.right, y, ruleThick, red})
	}
	f.below(y)
}
