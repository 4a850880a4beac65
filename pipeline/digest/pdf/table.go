package pdf

import (
	"fmt"
	"strings"

	"duban/pipeline/digest"
)

const (
	borderThick   = 0.18
	captionSize   = 12.0 // 小四
	captionHeight = 7.0
	tableAfter    = 3.0 // under a table or a chart
	tableBefore   = 1.5 // above its caption
)

var captionStyle = style{heiTi, captionSize, 0}

// table sets a table: caption and head keep with the first rows, the head
// stands again on each page, and no row is split.
func (s *setter) table(t digest.Table, f frame) []box {
	if len(t.Columns) == 0 {
		return nil
	}
	g := s.gridFor(t, f.width())
	var out []box
	if text := oneLine(t.Caption); text != "" {
		s.tables++
		out = s.caption(fmt.Sprintf("表%d　%s", s.tables, text), f)
	}
	head := make([]digest.Cell, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = digest.Cell{Text: oneLine(c.Head), Strong: true}
	}
	top := s.row(head, nil, g, f, true)[0]
	top.keep = true
	out = append(out, top)
	most := f.bottom - f.top - top.height
	for i, r := range t.Rows {
		pieces := s.row(r, t.Columns, g, f, false)
		if pieces[0].height > most {
			pieces = s.longRow(r, t.Columns, g, f, most)
		}
		for j := range pieces {
			pieces[j].head = []box{top}
		}
		groupRow := len(r) == 1 && r[0].Span > 1
		pieces[len(pieces)-1].keep = i+1 < len(t.Rows) && (groupRow || i == 0)
		out = append(out, pieces...)
	}
	last := &out[len(out)-1]
	last.height += tableAfter
	last.keep = false
	return out
}

// caption is a line in the middle, kept with what follows.
func (s *setter) caption(text string, f frame) []box {
	lines := fill(s.shape(span{text, captionStyle}), f.width(), f.width())
	var out []box
	for _, l := range lines {
		out = append(out, box{height: captionHeight, need: captionHeight, keep: true,
			draw: func(p *page, y float64) {
				x := (f.left + f.right - l.width()) / 2
				p.marks = append(p.marks, l.put(x, y+1+ascent*captionSize*mmPerPoint, black)...)
			}})
	}
	out[0].lead = tableBefore
	return out
}

// field is a cell ready to be drawn.
type field struct {
	x, width float64
	lines    []line
	light    string
	spark    []digest.Spot
	align    digest.Align
}

// row sets a row as one box.
func (s *setter) row(cells []digest.Cell, columns []digest.Column, g grid, f frame,
	head bool) []box {
	fields := s.fields(cells, columns, g, f)
	return []box{rowBox(fields, g, f, head)}
}

// fields breaks the texts of a row's cells; a row with too few cells is filled
// up, what is over is left out with the columns it would need.
func (s *setter) fields(cells []digest.Cell, columns []digest.Column, g grid, f frame) []field {
	var out []field
	x, i := f.left, 0
	for i < len(g.widths) {
		var c digest.Cell
		if len(out) < len(cells) {
			c = cells[len(out)]
		}
		fd := field{x: x, light: c.Light, align: digest.Centre}
		if columns != nil {
			fd.align = columns[i].Align
		}
		if len(c.Spark) > 0 {
			c.Text, fd.light, fd.align = "—", "", digest.Centre
			if drawable(c.Spark) {
				c.Text, fd.spark = "", c.Spark
			}
		}
		for range min(max(c.Span, 1), len(g.widths)-i) {
			fd.width += g.widths[i]
			i++
		}
		st := g.cells()
		if c.Strong {
			st = g.bold()
		}
		room := fd.width - 2*cellSide - lightRoom(c, g)
		for part := range strings.SplitSeq(strings.TrimSpace(clean(c.Text)), "\n") {
			lines := fill(s.shape(span{part, st}), room, room)
			if n := len(lines); n > 1 && len(lines[n-1].glyphs) == 1 {
				lines = fill(s.shape(span{part, st}), room-g.em(), room-g.em()) // none left alone
			}
			fd.lines = append(fd.lines, lines...)
		}
		out = append(out, fd)
		x += fd.width
	}
	return out
}

func rowBox(fields []field, g grid, f frame, head bool) box {
	lines := 1
	for _, fd := range fields {
		lines = max(lines, len(fd.lines))
	}
	h := float64(lines-1)*g.lead() + g.em() + 2*cellAbove
	for _, fd := range fields {
		if fd.spark != nil {
			h = max(h, sparkHigh+2*cellSpark)
		}
	}
	return box{height: h, need: h, draw: func(p *page, y float64) {
		if head {
			p.marks = append(p.marks, rule{f.left, y, f.right, y, borderThick, black})
		}
		p.marks = append(p.marks, rule{f.left, y + h, f.right, y + h, borderThick, black},
			rule{f.left, y, f.left, y + h, borderThick, black})
		for _, fd := range fields {
			right := fd.x + fd.width
			p.marks = append(p.marks, rule{right, y, right, y + h, borderThick, black})
			p.marks = append(p.marks, fd.marks(y, h, g)...)
		}
	}}
}

// marks draws a cell's text, and its light before the first line.
func (fd field) marks(y, h float64, g grid) []mark {
	if fd.spark != nil {
		return sparkMarks(fd.spark, fd.x+cellSide, y+cellSpark, fd.width-2*cellSide, h-2*cellSpark)
	}
	var out []mark
	n := len(fd.lines)
	y += (h - float64(max(n-1, 0))*g.lead() - g.em()) / 2
	room := 0.0
	if fd.light != "" {
		room = lightWidth(g)
		x := fd.x + cellSide
		if fd.align == digest.Centre && n == 1 {
			x = fd.x + (fd.width-room-fd.lines[0].width())/2
		}
		if fd.align == digest.Right && n == 1 {
			x = fd.x + fd.width - cellSide - room - fd.lines[0].width()
		}
		out = lightMarks(fd.light, x+g.em()*0.45, y+g.em()/2, g.em()*0.72)
	}
	for i, l := range fd.lines {
		x := fd.x + cellSide + room
		switch fd.align {
		case digest.Centre:
			x = fd.x + room + (fd.width-room-l.width())/2
		case digest.Right:
			x = fd.x + fd.width - cellSide - l.width()
		}
		out = append(out, l.put(x, y+float64(i)*g.lead()+ascent*g.em(), black)...)
	}
	return out
}

// longRow sets a row that no page can hold in as few pieces as will do.
func (s *setter) longRow(cells []digest.Cell, columns []digest.Column, g grid, f frame,
	most float64) []box {
	whole := s.fields(cells, columns, g, f)
	n := max(int((most-2*cellAbove-g.em())/g.lead())+1, 1)
	var out []box
	for from := 0; ; from += n {
		piece, more := make([]field, len(whole)), false
		for i, fd := range whole {
			if from > 0 {
				fd.light, fd.spark = "", nil
			}
			fd.lines = fd.lines[min(from, len(fd.lines)):min(from+n, len(fd.lines))]
			more = more || len(whole[i].lines) > from+n
			piece[i] = fd
		}
		out = append(out, rowBox(piece, g, f, false))
		if !more {
			return out
		}
	}
}
