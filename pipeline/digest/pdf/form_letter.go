package pdf

import "duban/pipeline/digest"

// 信函, GB/T 9704-2012, 10.1: the mark is the organ's name; a red double rule
// stands below it and another above the foot of the first page, both longer
// than the type area is wide; the number stands at the right under the first.

const (
	doubleWidth = 170.0       // 10.1
	doubleGap   = em3 * 7 / 8 // from a double rule to the text next to it, 10.1
	doubleThick = 0.9         // the standard leaves the thickness open
	doubleThin  = 0.3
	doubleSpace = 0.5
)

// letterHead sets mark, double rules and number and moves the flow below them.
func (f *flow) letterHead(fm *form, p *digest.Paper) {
	y := fm.markTop.mm
	if ink, _, ok := f.mark(p, fm); ok {
		y = ink + fm.ruleBelow.mm
	}
	y = f.doubleRule(y, doubleThick, doubleThin)
	f.doubleRule(paperHeight-fm.footRule.mm-doubleThick-doubleSpace-doubleThin,
		doubleThin, doubleThick)
	if number := oneLine(p.Number); number != "" {
		l := line{glyphs: f.s.shape(span{number, bodyStyle})}
		y += doubleGap
		x := f.frame.right - l.width()
		f.page.marks = append(f.page.marks, l.put(x, y+ascent*em3, black)...)
		y += em3
	}
	f.below(y)
}

// doubleRule draws two red rules in the paper's middle, the upper one's edge at
// y, and returns where the lower one ends.
func (f *flow) doubleRule(y, upper, lower float64) float64 {
	left := (paperWidth - doubleWidth) / 2
	for _, thick := range []float64{upper, lower} {
		mid := y + thick/2
		f.page.fixed = append(f.page.fixed,
			rule{left, mid, left + doubleWidth, mid, thick, red})
		y += thick + doubleSpace
	}
	return y - doubleSpace
}
