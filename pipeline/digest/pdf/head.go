package pdf

import "duban/pipeline/digest"

// Places on the first page, GB/T 9704-2012, 7.2 and 7.3.
const (
	markTop   = areaTop + 35 // where the ink of the red mark begins
	markWidth = 150.0        // narrower than the type area
	markMost  = 60.0         // points
	markThin  = 0.8          // how far it may be condensed for the sake of its height
	ruleBelow = 4.0          // the red rule under the number
	ruleThick = 0.53
)

// head sets red mark, number and rule on the flow's first page and moves the
// flow below what it set.
func (f *flow) head(p *digest.Paper) {
	y := f.frame.top
	if mark := f.s.shape(span{oneLine(p.Mark), style{biaoSong, 100, 0}}); len(mark) > 0 {
		y = f.mark(mark) + 2*pitch
	}
	if number := oneLine(p.Number); number != "" {
		l := line{glyphs: f.s.shape(span{number, bodyStyle})}
		f.centre(l, y+ascent*em3, black)
		y += em3
		if p.Mark != "" {
			y += ruleBelow
			f.page.marks = append(f.page.marks,
				rule{f.frame.left, y, f.frame.right, y, ruleThick, red})
		}
	}
	if y > f.frame.top {
		f.y, f.foot, f.fresh = y+2*pitch, y, false
	}
}

// mark sets the red mark and returns the foot of its box.
func (f *flow) mark(gs []glyph) float64 {
	natural := widthOf(gs) / 100 // per point of size
	size := min(markMost, markWidth/markThin/natural)
	stretch := min(1, markWidth/natural/size)
	high := 0.0
	for i := range gs {
		if _, top, ok := f.s.fonts.faces[gs[i].role].ink(gs[i].r); ok {
			high = max(high, top)
		}
		gs[i].size = size
	}
	baseline := markTop + high*size*mmPerPoint
	x := (f.frame.left + f.frame.right - natural*size*stretch) / 2
	for _, m := range (line{glyphs: gs}).put(x, baseline, red) {
		r := m.(*run)
		r.x = x + (r.x-x)*size/100*stretch
		r.stretch = stretch
		f.page.marks = append(f.page.marks, r)
	}
	return baseline + (1-ascent)*size*mmPerPoint
}

// centre sets a line in the middle of the type area.
func (f *flow) centre(l line, baseline float64, c colour) {
	x := (f.frame.left + f.frame.right - l.width()) / 2
	f.page.marks = append(f.page.marks, l.put(x, baseline, c)...)
}
