package pdf

import "fmt"

// pageNumberBelow is how far under the type area a page number's dashes lie.
const pageNumberBelow = 7.0

// pageNumbers puts — 1 — under every page: one character in from the right on
// odd pages, one in from the left on even ones; on a page set across, too, it
// stands where it always does on the paper. A bare page counts but shows none
// (GB/T 9704-2012, 7.5), like the first page of some forms.
func (s *setter) pageNumbers(fm *form) {
	st := style{songTi, size4, 0}
	low, high, _ := s.fonts.faces[songTi].ink('—')
	baseline := areaBottom + pageNumberBelow + (low+high)/2*size4*mmPerPoint
	for i, p := range s.pages {
		if p.bare || i == 0 && !fm.firstNumber {
			continue
		}
		l := line{glyphs: s.shape(span{fmt.Sprintf("— %d —", i+1), st})}
		x := areaLeft + em4
		if i%2 == 0 {
			x = areaRight - em4 - l.width()
		}
		p.fixed = append(p.fixed, l.put(x, baseline, black)...)
	}
}
