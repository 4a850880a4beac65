package pdf

import (
	"encoding/binary"
	"maps"
	"slices"
)

// code is a character as it stands in the file: gofpdf knows two bytes only,
// so a character beyond U+FFFF is drawn under a code of the private use area.
type code = uint16

// firstPrivate is the first code lent to characters beyond U+FFFF.
const firstPrivate code = 0xe000

// subset builds a small TrueType file with the outlines of codes alone, under
// their old glyph numbers. gofpdf writes into the bytes it is given and copies
// them often: so it never gets the whole face.
func (f *face) subset(codes map[code]rune) []byte {
	keep := map[int]bool{0: true}
	for _, r := range codes {
		f.keepOutline(f.gid(r), keep)
	}
	glyf, loca := f.pruned(keep)
	head := slices.Clone(f.tables["head"])
	binary.BigEndian.PutUint16(head[50:], 1)
	hhea := slices.Clone(f.tables["hhea"])
	putInt16(hhea[4:], int(ascent*float64(f.upem)))
	putInt16(hhea[6:], int((ascent-1)*float64(f.upem)))
	tables := map[string][]byte{
		"cmap": f.mapOf(codes), "glyf": glyf, "head": head, "hhea": hhea,
		"hmtx": f.tables["hmtx"], "loca": loca, "maxp": f.tables["maxp"],
		"name": {0, 0, 0, 0, 0, 6}, "post": append([]byte{0, 3, 0, 0}, make([]byte, 28)...),
	}
	for _, t := range []string{"cvt ", "fpgm", "prep"} {
		if len(f.tables[t]) > 0 {
			tables[t] = f.tables[t]
		}
	}
	return assemble(tables)
}

// keepOutline adds a glyph and what it is composed of.
func (f *face) keepOutline(gid int, keep map[int]bool) {
	if keep[gid] || gid >= f.glyphs {
		return
	}
	keep[gid] = true
	from, to := f.outline(gid)
	if to-from < 10 {
		return
	}
	g := f.tables["glyf"][from:to]
	if int16(u16(g, 0)) >= 0 {
		return
	}
	const words, scale, more, scales, matrix = 1, 8, 0x20, 0x40, 0x80
	for at, flags := 10, more; flags&more != 0; {
		flags = u16(g, at)
		f.keepOutline(u16(g, at+2), keep)
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&scales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
	}
}

// pruned is glyf and loca with every outline emptied that is not kept.
func (f *face) pruned(keep map[int]bool) (glyf, loca []byte) {
	loca = make([]byte, 4*(f.glyphs+1))
	for g := range f.glyphs {
		if keep[g] {
			from, to := f.outline(g)
			glyf = append(glyf, f.tables["glyf"][from:to]...)
			for len(glyf)%4 != 0 {
				glyf = append(glyf, 0)
			}
		}
		binary.BigEndian.PutUint32(loca[4*g+4:], uint32(len(glyf)))
	}
	return glyf, loca
}

// mapOf is a cmap of format 4 with one segment a code.
func (f *face) mapOf(codes map[code]rune) []byte {
	sorted := slices.Sorted(maps.Keys(codes))
	n := len(sorted) + 1
	var ends, starts, deltas []byte
	for _, c := range sorted {
		ends = binary.BigEndian.AppendUint16(ends, c)
		starts = binary.BigEndian.AppendUint16(starts, c)
		deltas = binary.BigEndian.AppendUint16(deltas, uint16(f.gid(codes[c]))-c)
	}
	last := []byte{0xff, 0xff}
	b := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12}
	for _, v := range []int{4, 16 + 8*n, 0, 2 * n, 0, 0, 0} {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	b = append(append(b, ends...), last...)
	b = append(b, 0, 0)
	b = append(append(b, starts...), last...)
	b = append(append(b, deltas...), 0, 1)
	return append(b, make([]byte, 2*n)...)
}

// assemble writes tables into one file.
func assemble(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	b := []byte{0, 1, 0, 0, 0, byte(len(names)), 0, 0, 0, 0, 0, 0}
	at := 12 + 16*len(names)
	var body []byte
	for _, name := range names {
		t := tables[name]
		b = append(b, name...)
		b = binary.BigEndian.AppendUint32(b, 0) // a checksum nobody reads
		b = binary.BigEndian.AppendUint32(b, uint32(at+len(body)))
		b = binary.BigEndian.AppendUint32(b, uint32(len(t)))
		body = append(body, t...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(b, body...)
}

func putInt16(b []byte, v int) { binary.BigEndian.PutUint16(b, uint16(int16(v))) }
