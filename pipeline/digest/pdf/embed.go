package pdf

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Every face is embedded as a composite font (ISO 32000-1, 9.7) of what the paper
// uses of it. Its characters stand in the file by their codes, which are those of
// Unicode, two bytes each; a table leads from them to the outlines.

// embed adds the face of a role, cut to what is used, and returns its number.
func (s *setter) embed(f *file, r role) int {
	face, used := s.fonts.faces[r], s.used[r]
	codes := slices.Sorted(maps.Keys(used))
	program, glyphs := face.subset(used)
	outlines := f.stream(program, fmt.Sprintf("/Length1 %d ", len(program)))
	toGlyph := make([]byte, 2*0x10000)
	for c, glyph := range glyphs {
		binary.BigEndian.PutUint16(toGlyph[2*int(c):], glyph)
	}
	head, em := face.tables["head"], float64(face.upem)/1000
	box := func(at int) int { return int(float64(int16(u16(head, at))) / em) }
	about := f.add("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d]"+
		" /ItalicAngle 0 /Ascent %.0f /Descent %.0f /CapHeight %.0[6]f /StemV 80"+
		" /FontFile2 %[8]d 0 R>>",
		r.family(), box(36), box(38), box(40), box(42), ascent*1000, (ascent-1)*1000, outlines)
	inside := f.add("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s"+
		" /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>>"+
		" /FontDescriptor %d 0 R /DW 1000 /W [%s] /CIDToGIDMap %d 0 R>>",
		r.family(), about, face.widths(codes, used), f.stream(toGlyph, ""))
	return f.add("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H"+
		" /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>",
		r.family(), inside, f.stream(toUnicode(codes), ""))
}

// widths is how far each code moves the pen that does not move it by an em.
func (f *face) widths(codes []code, used map[code]rune) string {
	var b strings.Builder
	for _, c := range codes {
		if w := f.advance(used[c]); w != 1000 {
			fmt.Fprintf(&b, "%d [%d] ", c, w)
		}
	}
	return b.String()
}

// toUnicode says that every code is its own character. A range may not go over
// 256 codes, nor a block over 100 ranges.
func toUnicode(codes []code) []byte {
	var rows []string
	for _, c := range codes {
		row := fmt.Sprintf("<%02x00> <%02[1]xff> <%02[1]x00>\n", c>>8)
		if len(rows) == 0 || rows[len(rows)-1] != row {
			rows = append(rows, row)
		}
	}
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n" +
		"1 begincodespacerange <0000> <ffff> endcodespacerange\n")
	for block := range slices.Chunk(rows, 100) {
		fmt.Fprintf(&b, "%d beginbfrange\n%sendbfrange\n", len(block), strings.Join(block, ""))
	}
	b.WriteString("endcmap CMapName currentdict /CMap defineresource pop end end\n")
	return []byte(b.String())
}
