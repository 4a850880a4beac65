package pdf

import (
	"math"
	"slices"
)

// box is a piece of a page that is never cut: a line, a row, a bar.
type box struct {
	height float64 // down to where the next box may begin
	need   float64 // what of it must stand inside the type area
	lead   float64 // space above, but not at a page's head
	grid   bool    // its top stands on one of the 22 lines
	keep   bool    // on one page with the next box
	blank  bool    // left out at a page's head
	spare  bool    // left out where what it is kept with has no room otherwise
	head   []box   // set above it again where it begins a page
	draw   func(p *page, y float64)
}

// flow puts boxes on pages of one frame.
type flow struct {
	s     *setter
	frame frame
	page  *page
	y     float64 // where the next box may begin
	foot  float64 // the foot of what is set
	fresh bool    // nothing is set on the page yet
}

func (s *setter) newFlow(f frame) *flow {
	fl := &flow{s: s, frame: f}
	fl.turn()
	return fl
}

// turn begins a new page.
func (f *flow) turn() {
	f.page = &page{frame: f.frame}
	f.s.pages = append(f.s.pages, f.page)
	f.y, f.foot, f.fresh = f.frame.top, f.frame.top, true
}

// put sets the boxes; those kept together stand on one page if a page can
// hold them.
func (f *flow) put(boxes []box) {
	for len(boxes) > 0 {
		n := 1
		for n < len(boxes) && boxes[n-1].keep {
			n++
		}
		f.chain(boxes[:n])
		boxes = boxes[n:]
	}
}

func (f *flow) chain(boxes []box) {
	if tight := unspared(boxes); !f.fits(boxes, f.y, f.fresh) && f.fits(tight, f.y, f.fresh) {
		boxes = tight
	}
	if !f.fits(boxes, f.y, f.fresh) && !f.fresh && f.fits(boxes, f.frame.top, true) {
		f.turn()
	}
	for i := range boxes {
		if !f.fits(boxes[i:i+1], f.y, f.fresh) && !f.fresh {
			f.turn()
		}
		f.set(boxes[i])
	}
}

// unspared is the boxes without those that can be spared.
func unspared(boxes []box) []box {
	return slices.DeleteFunc(slices.Clone(boxes), func(b box) bool { return b.spare })
}

func (f *flow) set(b box) {
	if b.blank && f.fresh {
		return
	}
	if f.fresh {
		for _, h := range b.head {
			f.set(h)
		}
	}
	y := f.top(b, f.y, f.fresh)
	f.fresh = false
	f.foot = y + b.need
	f.y = y + b.height
	if b.draw != nil {
		b.draw(f.page, y)
	}
}

// fits tells whether the boxes stand on the page from y on.
func (f *flow) fits(boxes []box, y float64, fresh bool) bool {
	for _, b := range boxes {
		if b.blank && fresh {
			continue
		}
		if fresh {
			for _, h := range b.head {
				y += h.height
			}
		}
		top := f.top(b, y, fresh)
		if !b.blank && top+b.need > f.frame.bottom+slack {
			return false
		}
		y, fresh = top+b.height, false
	}
	return true
}

// top is where a box begins that may begin at y.
func (f *flow) top(b box, y float64, fresh bool) float64 {
	if !fresh {
		y += b.lead
	}
	if b.grid {
		n := math.Ceil((y - f.frame.top - slack) / pitch)
		y = f.frame.top + n*pitch
	}
	return y
}
