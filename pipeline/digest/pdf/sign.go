package pdf

import (
	"fmt"

	"duban/pipeline/digest"
)

// listing is the 附件说明: a blank line, then 附件：and the names, numbered where
// there are several; a turned line begins under the name's first character.
func (s *setter) listing(annexes []digest.Annex, f frame) []box {
	if len(annexes) == 0 {
		return nil
	}
	out := blankLines(1)
	word := s.shape(span{"附件：", bodyStyle})
	x := f.left + 2*cell
	for i, a := range annexes {
		lead := []glyph(nil)
		if i == 0 {
			lead = word
		}
		at := x + widthOf(word)
		number := []glyph(nil)
		if len(annexes) > 1 {
			number = s.shape(span{fmt.Sprintf("%d.", i+1), bodyStyle})
		}
		name := fill(s.shape(span{oneLine(a.Title), bodyStyle}),
			f.right-at-widthOf(number), f.right-at-widthOf(number))
		for j, l := range name {
			var before []glyph
			left := at + widthOf(number)
			if j == 0 {
				before = append(append(before, lead...), number...)
				left -= widthOf(before)
			}
			whole := line{glyphs: append(before, l.glyphs...)}
			out = append(out, gridLine(func(p *page, y float64) {
				p.marks = append(p.marks, whole.put(left, y+ascent*em3, black)...)
			}))
		}
	}
	for i := range out[:len(out)-1] {
		out[i].keep = true
	}
	return out
}

// signature is 发文机关署名, 成文日期 and the note under it. A sealed one leaves the
// seal its room: the organ stands over the date, which ends four characters
// in; an unsealed one ends two characters in. Where the head names organ and
// date, there is only the note.
func (s *setter) signature(p *digest.Paper, fm *form, f frame) []box {
	organ := line{glyphs: s.shape(span{oneLine(p.Organ), bodyStyle})}
	date := line{glyphs: s.shape(span{oneLine(p.Date), bodyStyle})}
	if !fm.signed || len(organ.glyphs)+len(date.glyphs) == 0 {
		return s.note(p.Confidence, f)
	}
	out := blankLines(1)
	organX := f.right - 2*cell - organ.width()
	dateX := organX + 2*cell
	if over := dateX + date.width() - (f.right - 2*cell); over > 0 {
		dateX -= over // a date longer than the organ: it is the one two characters in
		organX -= over
	}
	if p.Sealed {
		// 7.3.5.4: where the room is short, the spacing gives way before the
		// signature leaves its page.
		out = blankLines(2)
		out[0].spare = true
		dateX = f.right - 4*cell - date.width()
		organX = min(dateX+(date.width()-organ.width())/2, f.right-organ.width())
	}
	for _, l := range []struct {
		line
		x float64
	}{{organ, organX}, {date, dateX}} {
		if len(l.glyphs) == 0 {
			continue
		}
		out = append(out, gridLine(func(p *page, y float64) {
			p.marks = append(p.marks, l.put(l.x, y+ascent*em3, black)...)
		}))
	}
	out = append(out, s.note(p.Confidence, f)...)
	for i := range out[:len(out)-1] {
		out[i].keep = true
	}
	return out
}

// note is the 附注, e.g. （此件公开发布）.
func (s *setter) note(text string, f frame) []box {
	if text = oneLine(text); text == "" {
		return nil
	}
	return s.paragraph(f, span{text, bodyStyle})
}
