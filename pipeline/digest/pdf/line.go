package pdf

import "strings"

// line is the glyphs of one line and the space added at each of its joints.
type line struct {
	glyphs []glyph
	gap    float64 // millimetres
}

// slack is what rounding may add to a line.
const slack = 0.01

// fill breaks glyphs into lines of the widths given; a piece that is whole but
// wider than a line is cut.
func fill(gs []glyph, first, rest float64) []line {
	rs := make([]rune, len(gs))
	for i, g := range gs {
		rs[i] = g.r
	}
	may := breaks(rs)
	var lines []line
	for from := 0; from < len(gs); {
		room := rest
		if from == 0 {
			room = first
		}
		to := lineEnd(gs, may, from, room)
		lines = append(lines, line{glyphs: trimmed(gs[from:to])})
		from = to
		for from < len(gs) && gs[from].r == ' ' {
			from++
		}
	}
	return lines
}

// balanced breaks a short text into lines of about one width.
func balanced(gs []glyph, most float64) []line {
	lines := fill(gs, most+slack, most+slack)
	if len(lines) < 2 {
		return lines
	}
	for w := widthOf(gs) / float64(len(lines)); w < most; w += 0.5 {
		if even := fill(gs, w, w); len(even) <= len(lines) {
			return even
		}
	}
	return lines
}

// lineEnd is where the line that begins at from ends.
func lineEnd(gs []glyph, may []bool, from int, room float64) int {
	to, w := from, 0.0
	for to < len(gs) && (w+gs[to].width <= room+slack || gs[to].r == ' ') {
		w += gs[to].width
		to++
	}
	if to == len(gs) {
		return to
	}
	for i := to; i > from; i-- {
		if may[i] {
			return i
		}
	}
	for i := to; i > from+1; i-- { // whole, but too wide: cut it
		if mayCut(gs, i) {
			return i
		}
	}
	return max(to, from+1)
}

// mayCut keeps the marks' rules where a word is cut.
func mayCut(gs []glyph, i int) bool {
	return !strings.ContainsRune(neverFirst, gs[i].r) &&
		!strings.ContainsRune(neverLast, gs[i-1].r)
}

// justify spreads all lines but the last over the widths given.
func justify(lines []line, first, rest float64) {
	for i := range lines[:max(len(lines)-1, 0)] {
		room := rest
		if i == 0 {
			room = first
		}
		l := &lines[i]
		joints := 0
		for j := range l.glyphs {
			if l.joint(j) {
				joints++
			}
		}
		if joints == 0 {
			continue
		}
		gap := (room - widthOf(l.glyphs)) / float64(joints)
		if gap < l.glyphs[0].size*mmPerPoint/2 {
			l.gap = gap
		}
	}
}

// joint reports whether the line may be spread behind its glyph j: not inside
// a word or a number.
func (l line) joint(j int) bool {
	if j+1 >= len(l.glyphs) {
		return false
	}
	return !inWord(l.glyphs[j].r) || !inWord(l.glyphs[j+1].r)
}

// width is how far the line reaches.
func (l line) width() float64 {
	w := widthOf(l.glyphs)
	for j := range l.glyphs {
		if l.joint(j) {
			w += l.gap
		}
	}
	return w
}

// put draws the line with its left edge at x and its baseline at y.
func (l line) put(x, y float64, c colour) []mark {
	var out []mark
	var open *run
	for j, g := range l.glyphs {
		spacing := g.spacing
		if l.joint(j) {
			spacing += l.gap / mmPerPoint
		}
		last := j+1 == len(l.glyphs)
		lent := g.code >= firstPrivate && g.r > 0xffff
		if open == nil || lent || open.actual != "" || open.role != g.role ||
			open.size != g.size || !last && open.spacing != spacing {
			open = &run{x: x, y: y, role: g.role, size: g.size, spacing: spacing, colour: c}
			if lent {
				open.actual = string(g.r)
			}
			out = append(out, open)
		}
		open.codes = append(open.codes, g.code)
		x += g.width
		if l.joint(j) {
			x += l.gap
		}
	}
	return out
}
