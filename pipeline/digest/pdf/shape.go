package pdf

import (
	"maps"
	"slices"
	"unicode/utf8"
)

// setter sets one document.
type setter struct {
	fonts   *Fonts
	used    [roles]map[code]rune
	lent    map[rune]code // codes lent to characters beyond U+FFFF
	missing map[rune]bool
	err     error // of the fallback, when it was asked for
	pages   []*page
	tables  int // captions numbered so far
	figures int
}

func newSetter(f *Fonts) *setter {
	s := &setter{fonts: f, lent: map[rune]code{}, missing: map[rune]bool{}}
	for r := range roles {
		s.used[r] = map[code]rune{}
	}
	return s
}

// style is how a span is set; spacing is added behind each character.
type style struct {
	role    role
	size    float64 // points
	spacing float64 // points
}

// The styles of the body, 28 characters a line.
var (
	bodyStyle = style{fangSong, size3, tight}
	heiStyle  = style{heiTi, size3, tight}
	kaiStyle  = style{kaiTi, size3, tight}
)

// span is text of one style.
type span struct {
	text string
	style
}

// glyph is one character with its face and place's width.
type glyph struct {
	style         // role is that of the face that has it
	r     rune    // as it stands in the text
	shown rune    // r, or 〓
	code  code    // as it stands in the file
	width float64 // millimetres, spacing included
}

// shape gives every character of the spans its face, code and width.
func (s *setter) shape(spans ...span) []glyph {
	n := 0
	for _, sp := range spans {
		n += utf8.RuneCountInString(sp.text)
	}
	out := make([]glyph, 0, n)
	for _, sp := range spans {
		for _, r := range sp.text {
			out = append(out, s.glyph(r, sp.style))
		}
	}
	return out
}

func (s *setter) glyph(r rune, st style) glyph {
	shown := r
	got, ok := s.fonts.choose(st.role, r)
	if !ok {
		s.err = s.fonts.err // the fallback was asked
	}
	if !ok || private(r) || r == '\ufffd' || r > 0xffff && len(s.lent) >= lendable {
		s.missing[r] = true
		shown, got = geta, st.role
	}
	st.role = got
	g := glyph{style: st, r: r, shown: shown, code: s.codeOf(shown)}
	s.used[got][g.code] = shown
	em := float64(s.fonts.faces[got].advance(shown)) / 1000
	g.width = (em*st.size + st.spacing) * mmPerPoint
	return g
}

// lendable is how many codes the private use area has for characters beyond
// U+FFFF.
const lendable = 6400

// codeOf is the code of r in the file, a lent one beyond U+FFFF.
func (s *setter) codeOf(r rune) code {
	if r <= 0xffff {
		return code(r)
	}
	c, ok := s.lent[r]
	if !ok {
		c = firstPrivate + code(len(s.lent))
		s.lent[r] = c
	}
	return c
}

// lost is the characters that no face has, in order.
func (s *setter) lost() []rune { return slices.Sorted(maps.Keys(s.missing)) }

// widthOf is the sum of the glyphs' widths.
func widthOf(gs []glyph) float64 {
	w := 0.0
	for _, g := range gs {
		w += g.width
	}
	return w
}
