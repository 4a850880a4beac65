package pdf

import (
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"
)

// code is a character as it stands in the file, of two bytes: a character
// beyond U+FFFF is drawn under a code of the private use area.
type code = uint16

// firstPrivate is the first code lent to characters beyond U+FFFF.
const firstPrivate code = 0xe000

// subset builds a small TrueType file with the outlines of codes alone, and says
// which number each of them has there.
func (f *face) subset(codes map[code]rune) (file []byte, numbers map[code]int) {
	order := f.kept(codes)
	to := make(map[int]int, len(order)) // old number → new
	for i, g := range order {
		to[g] = i
	}
	numbers = make(map[code]int, len(codes))
	for c, r := range codes {
		numbers[c] = to[f.gid(r)]
	}
	glyf, loca := f.pruned(order, to)
	head := slices.Clone(f.tables["head"])
	binary.BigEndian.PutUint16(head[50:], 1)
	binary.BigEndian.PutUint32(head[8:], 0) // assemble's
	hhea, maxp := slices.Clone(f.tables["hhea"]), slices.Clone(f.tables["maxp"])
	putInt16(hhea[4:], int(ascent*float64(f.upem)))
	putInt16(hhea[6:], int((ascent-1)*float64(f.upem)))
	putInt16(hhea[34:], len(order))
	putInt16(maxp[4:], len(order))
	tables := map[string][]byte{
		"cmap": mapOf(numbers), "glyf": glyf, "head": head, "hhea": hhea,
		"hmtx": f.metrics(order), "loca": loca, "maxp": maxp,
		"name": {0, 0, 0, 0, 0, 6}, "post": append([]byte{0, 3, 0, 0}, make([]byte, 28)...),
	}
	for _, t := range []string{"cvt ", "fpgm", "prep"} {
		if len(f.tables[t]) > 0 {
			tables[t] = f.tables[t]
		}
	}
	return assemble(tables), numbers
}

// kept is the glyphs of the codes, and what they are composed of, in order.
func (f *face) kept(codes map[code]rune) []int {
	keep := map[int]bool{0: true}
	var add func(gid int)
	add = func(gid int) {
		if keep[gid] || gid >= f.glyphs {
			return
		}
		keep[gid] = true
		g := f.drawing(gid)
		parts(g, func(at int) { add(u16(g, at)) })
	}
	for _, r := range codes {
		add(f.gid(r))
	}
	return slices.Sorted(maps.Keys(keep))
}

// parts calls do with each place where an outline names another glyph.
func parts(g []byte, do func(at int)) {
	if len(g) < 10 || int16(u16(g, 0)) >= 0 {
		return
	}
	const words, scale, more, scales, matrix = 1, 8, 0x20, 0x40, 0x80
	for at, flags := 10, more; flags&more != 0; {
		flags = u16(g, at)
		do(at + 2)
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

// pruned is glyf and loca of the glyphs in order.
func (f *face) pruned(order []int, to map[int]int) (glyf, loca []byte) {
	loca = make([]byte, 4, 4*(len(order)+1))
	for _, gid := range order {
		begin := len(glyf)
		glyf = append(glyf, f.drawing(gid)...)
		g := glyf[begin:]
		parts(g, func(at int) { putInt16(g[at:], to[u16(g, at)]) })
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	}
	return glyf, loca
}

// metrics is hmtx of the glyphs in order, each with an advance of its own.
func (f *face) metrics(order []int) []byte {
	hmtx := f.tables["hmtx"]
	var b []byte
	for _, g := range order {
		wide := 4 * min(g, f.wides-1)
		bearing := wide + 2
		if g >= f.wides {
			bearing = 4*f.wides + 2*(g-f.wides)
		}
		b = append(b, hmtx[wide:wide+2]...)
		if bearing+2 > len(hmtx) {
			bearing = wide + 2 // a table cut short
		}
		b = append(b, hmtx[bearing:bearing+2]...)
	}
	return b
}

// mapOf is a cmap of format 4 with one segment a code.
func mapOf(numbers map[code]int) []byte {
	sorted := slices.Sorted(maps.Keys(numbers))
	n := len(sorted) + 1
	var ends, starts, deltas []byte
	for _, c := range sorted {
		ends = binary.BigEndian.AppendUint16(ends, c)
		starts = binary.BigEndian.AppendUint16(starts, c)
		deltas = binary.BigEndian.AppendUint16(deltas, uint16(numbers[c])-c)
	}
	last := []byte{0xff, 0xff}
	b := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12}
	within, halvings, rest := halved(n, 2)
	for _, v := range []int{4, 16 + 8*n, 0, 2 * n, within, halvings, rest} {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	b = append(append(b, ends...), last...)
	b = append(b, 0, 0)
	b = append(append(b, starts...), last...)
	b = append(append(b, deltas...), 0, 1)
	return append(b, make([]byte, 2*n)...)
}

// halved is what a list of n entries, each of so many bytes, says of itself to
// those who look an entry up by halves.
func halved(n, size int) (within, halvings, rest int) {
	halvings = bits.Len(uint(n)) - 1
	within = size << halvings
	return within, halvings, n*size - within
}

// assemble writes tables into one file.
func assemble(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	b := []byte{0, 1, 0, 0}
	within, halvings, rest := halved(len(names), 16)
	for _, v := range []int{len(names), within, halvings, rest} {
		b = binary.BigEndian.AppendUint16(b, uint16(v))
	}
	at := len(b) + 16*len(names)
	head := 0
	var body []byte
	for _, name := range names {
		t := tables[name]
		if name == "head" {
			head = at + len(body)
		}
		b = append(b, name...)
		b = binary.BigEndian.AppendUint32(b, checksum(t))
		b = binary.BigEndian.AppendUint32(b, uint32(at+len(body)))
		b = binary.BigEndian.AppendUint32(b, uint32(len(t)))
		body = append(body, t...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	b = append(b, body...)
	binary.BigEndian.PutUint32(b[head+8:], checksumOfAll-checksum(b))
	return b
}

// checksumOfAll is the sum of a whole font file, by a number in its head.
const checksumOfAll uint32 = 0xb1b0afba

// checksum is the sum of the numbers of four bytes.
func checksum(t []byte) (sum uint32) {
	for ; len(t) >= 4; t = t[4:] {
		sum += binary.BigEndian.Uint32(t)
	}
	var last [4]byte
	copy(last[:], t)
	return sum + binary.BigEndian.Uint32(last[:])
}

func putInt16(b []byte, v int) { binary.BigEndian.PutUint16(b, uint16(int16(v))) }
