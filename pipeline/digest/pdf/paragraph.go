package pdf

import (
	"strings"

	"duban/pipeline/digest"
)

// blocks turns a body into boxes for a type area of the given frame.
func (s *setter) blocks(body []digest.Block, f frame) []box {
	var out []box
	for i, b := range body {
		switch b := b.(type) {
		case digest.Heading:
			out = append(out, s.heading(b, f)...)
		case digest.Paragraph:
			lines := s.paragraphs(b.Text, bodyStyle, f)
			if i > 0 && isHeading(body[i-1]) && len(lines) > 1 {
				lines[0].keep = true // two lines under a heading, not one
			}
			out = append(out, lines...)
		case digest.Table:
			out = append(out, s.table(b, f)...)
		case digest.Bars:
			out = append(out, s.bars(b, f)...)
		case digest.Strip:
			out = append(out, s.strip(b, f)...)
		}
	}
	return out
}

func isHeading(b digest.Block) bool {
	_, ok := b.(digest.Heading)
	return ok
}

// headingStyles by level: 黑体, 楷体, 仿宋, 仿宋.
var headingStyles = [...]style{1: heiStyle, 2: kaiStyle, 3: bodyStyle, 4: bodyStyle}

// heading sets a heading; it never stands alone at a page's foot.
func (s *setter) heading(h digest.Heading, f frame) []box {
	level := min(max(h.Level, 1), 4)
	text, run := oneLine(h.Text), clean(h.Run)
	first, more, _ := strings.Cut(run, "\n")
	lines := s.paragraph(f, span{text, headingStyles[level]}, span{first, bodyStyle})
	if len(lines) == 0 {
		return nil
	}
	if level == 1 {
		begin := lines[0].draw
		lines[0].draw = func(p *page, y float64) {
			p.bookmark(text, y)
			begin(p, y)
		}
	}
	if first == "" {
		for i := range lines {
			lines[i].keep = true
		}
	} else if room := f.width() - 2*cell; widthOf(s.shape(span{text, bodyStyle})) > room*0.9 {
		for i := range lines[:len(lines)-1] { // hardly a word runs on behind it
			lines[i].keep = true
		}
	}
	if more != "" {
		lines = append(lines, s.paragraphs(more, bodyStyle, f)...)
	}
	return lines
}

// bookmark notes a place on the page for the file's table of contents.
func (p *page) bookmark(text string, y float64) {
	if p.frame.across {
		y = 0
	}
	p.bookmarks = append(p.bookmarks, bookmark{text, y})
}

// paragraphs sets a text, each of its lines as a paragraph of its own.
func (s *setter) paragraphs(text string, st style, f frame) []box {
	var out []box
	for part := range strings.SplitSeq(clean(text), "\n") {
		out = append(out, s.paragraph(f, span{strings.TrimSpace(part), st})...)
	}
	return out
}

// paragraph sets spans as one paragraph, indented by two characters.
func (s *setter) paragraph(f frame, spans ...span) []box {
	return s.lines(s.shape(spans...), f.left+2*cell, f.left, f.right)
}

// lines breaks and justifies glyphs into boxes on the grid: the first line
// begins at first, the others at rest, all end at right.
func (s *setter) lines(gs []glyph, first, rest, right float64) []box {
	lines := fit(gs, right-first, right-rest)
	justify(lines, right-first, right-rest)
	boxes := make([]box, len(lines))
	for i, l := range lines {
		x := rest
		if i == 0 {
			x = first
		}
		boxes[i] = gridLine(func(p *page, y float64) {
			p.marks = append(p.marks, l.put(x, y+ascent*em3, black)...)
		})
	}
	return boxes
}

// gridLine is a box for one of the 22 lines.
func gridLine(draw func(p *page, y float64)) box {
	return box{height: pitch, need: em3, grid: true, draw: draw}
}

// blankLines is n empty lines, left out at a page's head.
func blankLines(n int) []box {
	boxes := make([]box, n)
	for i := range boxes {
		boxes[i] = gridLine(nil)
		boxes[i].blank = true
	}
	return boxes
}
