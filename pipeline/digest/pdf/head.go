package pdf

import "duban/pipeline/digest"

// What the heads of all forms share, GB/T 9704-2012, 7.2.4 and 7.2.7.
const (
	markWidth = 150.0 // of 发文机关标志: narrower than the type area
	markThin  = 0.8   // how far it may be condensed for the sake of its height
	ruleThick = 0.53
)

// mark sets 发文机关标志 and returns the foot of its ink and that of its box.
func (f *flow) mark(p *digest.Paper, fm *form) (ink, foot float64, ok bool) {
	gs := f.s.shape(span{oneLine(p.Mark), style{biaoSong, 100, 0}})
	if len(gs) == 0 {
		return 0, 0, false
	}
	natural := widthOf(gs) / 100 // per point of size
	size := min(fm.markMost, markWidth/markThin/natural)
	stretch := min(1, markWidth/natural/size)
	low, high := f.s.inkOf(gs)
	for i := range gs {
		gs[i].size = size
	}
	baseline := fm.markTop.mm + high*size*mmPerPoint
	x := (f.frame.left + f.frame.right - natural*size*stretch) / 2
	for _, m := range (line{glyphs: gs}).put(x, baseline, red) {
		r := m.(*run)
		r.x = x + (r.x-x)*size/100*stretch
		r.stretch = stretch
		f.page.marks = append(f.page.marks, r)
	}
	return baseline - low*size*mmPerPoint, baseline + (1-ascent)*size*mmPerPoint, true
}

// inkOf is the lowest and highest point of the glyphs' outlines above the
// baseline, in parts of the type size.
func (s *setter) inkOf(gs []glyph) (low, high float64) {
	for _, g := range gs {
		if l, h, ok := s.fonts.faces[g.role].ink(g.shown); ok {
			low, high = min(low, l), max(high, h)
		}
	}
	return low, high
}

// below lets the title begin two lines below a head whose foot is y.
func (f *flow) below(y float64) {
	if y > f.frame.top {
		f.y, f.foot, f.fresh = y+2*pitch, y, false
	}
}

// centre sets a line in the middle of the type area.
func (f *flow) centre(l line, baseline float64, c colour) {
	x := (f.frame.left + f.frame.right - l.width()) / 2
	f.page.marks = append(f.page.marks, l.put(x, baseline, c)...)
}
