package pdf

import (
	"fmt"

	"duban/pipeline/digest"
)

// annex sets an annex on new pages: 附件 and its number on the first line, its
// title on the third, a blank line, its body.
func (s *setter) annex(a digest.Annex, number, of int) *flow {
	f := upright
	if a.Landscape {
		f = across
	}
	fl := s.newFlow(f)
	word := "附件"
	if of > 1 {
		word += fmt.Sprint(number)
	}
	l := line{glyphs: s.shape(span{word, heiStyle})}
	fl.page.marks = append(fl.page.marks, l.put(f.left, f.top+ascent*em3, black)...)
	title := oneLine(a.Title)
	fl.page.bookmark(word+"　"+title, f.top)
	fl.foot = fl.title(title, f.top+2*pitch)
	fl.y = fl.foot + 0.6*pitch
	if a.Landscape {
		fl.y = fl.foot + 3
	}
	fl.put(s.blocks(a.Body, f))
	return fl
}
