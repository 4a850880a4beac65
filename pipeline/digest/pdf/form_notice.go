package pdf

import "duban/pipeline/digest"

// 通报 has the red head of 文件式 papers, GB/T 9704-2012, 7.2: the mark, two blank
// lines, the number in the middle, the red rule as wide as the type area.

// noticeHead sets mark, number and rule and moves the flow below them.
func (f *flow) noticeHead(fm *form, p *digest.Paper) {
	y := f.frame.top
	if _, foot, ok := f.mark(p, fm); ok {
		y = foot + 2*pitch
	}
	if number := oneLine(p.Number); number != "" {
		l := line{glyphs: f.s.shape(span{number, bodyStyle})}
		f.centre(l, y+ascent*em3, black)
		y += em3
		if p.Mark != "" {
			y += fm.ruleBelow.mm
			f.page.marks = append(f.page.marks,
				rule{f.frame.left, y, f.frame.right, y, ruleThick, red})
		}
	}
	f.below(y)
}
