package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
)

// The faces are put into the file here, where gofpdf names stand-ins: for each
// face of each paper it would make a list of 65,536 widths, write that as JSON
// to give the face a name, and pack a map of 128 KB: half a month's time. What
// it would write is written: a Type 0 font whose codes are UTF-16, and all that
// a reader needs to draw, search and copy (ISO 32000-1, 9.7).

// standIn is gofpdf's definition of a font that it need not embed. It writes
// texts in it as the bytes they are.
func standIn(r role) []byte {
	return fmt.Appendf(nil, `{"Tp":"Core","Name":"%s"}`, r.family())
}

// roleOf is what an object of gofpdf's stands in for; roles for any other object.
func roleOf(object []byte) role {
	name, ok := bytes.CutPrefix(object, []byte("<</Type /Font\n/BaseFont /"))
	for r := range roles {
		if ok && bytes.HasPrefix(name, []byte(r.family()+"\n")) {
			return r
		}
	}
	return roles
}

// toUnicode says that a code is the character it stands for: of all faces.
const toUnicode = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<</Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end`

// face writes the outlines of codes as the font of number n.
func (b *binder) face(n int, name string, f *face, codes map[code]rune) {
	file, numbers := f.subset(codes)
	name = tag(file) + "+" + name
	if b.unicode == 0 {
		b.unicode = b.next()
		b.stream(b.unicode, "", []byte(toUnicode))
	}
	below, descriptor, glyphs, outlines := b.next(), b.next(), b.next(), b.next()
	b.objectf(n, "<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H"+
		" /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>", name, below, b.unicode)
	b.objectf(below, "<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s"+
		" /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>>"+
		" /FontDescriptor %d 0 R /DW %d /W [%s] /CIDToGIDMap %d 0 R>>",
		name, descriptor, f.width(0), f.widths(codes), glyphs)
	head := f.tables["head"]
	em := func(at int) int { return int(int16(u16(head, at))) * 1000 / f.upem }
	b.objectf(descriptor, "<</Type /FontDescriptor /FontName /%s /Ascent %d /Descent %d"+
		" /CapHeight %[2]d /Flags 4 /FontBBox [%[4]d %d %d %d] /ItalicAngle 0 /StemV 109"+
		" /MissingWidth %d /FontFile2 %d 0 R>>", name, emAscent, emAscent-1000,
		em(36), em(38), em(40), em(42), f.width(0), outlines)
	last := slices.Max(slices.Collect(maps.Keys(numbers)))
	gids := make([]byte, 2*(int(last)+1))
	for c, gid := range numbers {
		putInt16(gids[2*int(c):], gid)
	}
	b.stream(glyphs, "", gids)
	b.stream(outlines, fmt.Sprintf("/Length1 %d ", len(file)), file)
}

// tag begins the name of a font that has only a part of its face's characters
// (ISO 32000-1, 9.6.4), so that nobody who binds papers together takes it for
// another part: it follows from what the file holds.
func tag(file []byte) string {
	sum := sha256.Sum256(file)
	var letters [6]byte
	for i := range letters {
		letters[i] = 'A' + sum[i]%26
	}
	return string(letters[:])
}

// emAscent is the ascent in thousandths of the type size.
const emAscent = int(ascent * 1000)

// widths is the advances of codes, as a file lists them: those alone that are not
// the width of glyph 0, which the file gives for all others.
func (f *face) widths(codes map[code]rune) string {
	var s []byte
	next := 0
	for _, c := range slices.Sorted(maps.Keys(codes)) {
		w := f.advance(codes[c])
		if w == f.width(0) {
			continue
		}
		if int(c) != next && next > 0 {
			s = append(s, "] "...)
		}
		if int(c) != next {
			s = fmt.Appendf(s, "%d [", c)
		}
		s = fmt.Appendf(s, "%d ", w)
		next = int(c) + 1
	}
	if next > 0 {
		s = append(s, ']')
	}
	return string(s)
}
