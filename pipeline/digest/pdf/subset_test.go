package pdf

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"
)

// composed is a face of four glyphs: 1 and 2 are boxes of different heights, 3
// is composed of 2; a stands for 1, b for 3.
func composed() *face {
	box := func(high byte) []byte {
		return append([]byte{0, 1, 0, 0, 0, 0, 0, 9, 0, high}, make([]byte, 10)...)
	}
	parts := []byte{0xff, 0xff, 0, 0, 0, 0, 0, 9, 0, 22, 0, 0, 0, 2, 0, 0}
	glyf, loca := []byte{}, make([]byte, 4)
	for _, g := range [][]byte{nil, box(11), box(22), parts} {
		glyf = append(glyf, g...)
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	}
	drawn := io.NewSectionReader(bytes.NewReader(glyf), 0, int64(len(glyf)))
	f := &face{glyf: drawn, tables: map[string][]byte{"loca": loca,
		"head": make([]byte, 54), "hhea": make([]byte, 36), "maxp": make([]byte, 32),
		"hmtx": {0, 0, 0, 0, 0, 100, 0, 1, 0, 200, 0, 2, 0, 3}}, // 3 has 2's advance
		gids: make([]uint16, 0x10000), upem: 1000, longs: true, glyphs: 4, wides: 3}
	binary.BigEndian.PutUint16(f.tables["head"][18:], 1000)
	f.gids['a'], f.gids['b'] = 1, 3
	return f
}

func TestSubsetNumbersPartsAnew(t *testing.T) {
	f := composed()
	b, _ := f.subset(map[code]rune{'b': 'b'})
	got, err := parseFace(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if got.glyphs != 3 {
		t.Fatalf("%d glyphs, should be 3: none, the part and the whole", got.glyphs)
	}
	whole := got.drawing(got.gid('b'))
	part := got.drawing(u16(whole, 12))
	if !bytes.Equal(part, f.drawing(2)) {
		t.Errorf("the whole is composed of % x", part)
	}
	if got.advance('b') != 200 || got.gid('a') != 0 {
		t.Errorf("b is %d wide, a is glyph %d", got.advance('b'), got.gid('a'))
	}
	if bearing := u16(got.tables["hmtx"], 4*got.gid('b')+2); bearing != 3 {
		t.Errorf("b's outline begins at %d, should be 3", bearing)
	}
	if u16(f.drawing(3), 12) != 2 {
		t.Error("the face that documents share was changed")
	}
}

// TestSmallFontFileIsWhole: what a printer's rasteriser may prove of a font file,
// or go by in it.
func TestSmallFontFileIsWhole(t *testing.T) {
	b, _ := composed().subset(map[code]rune{'a': 'a', 'b': 'b'})
	if got := checksum(b); got != 0xb1b0afba {
		t.Errorf("the file's sum is %x", got)
	}
	n := u16(b, 4)
	if got := [3]int{u16(b, 6), u16(b, 8), u16(b, 10)}; n != 9 || got != [3]int{128, 3, 16} {
		t.Errorf("%d tables are looked up by %v", n, got)
	}
	for i := range n {
		rec := b[12+16*i:]
		name, at, size := string(rec[:4]), u32(rec, 8), u32(rec, 12)
		table := bytes.Clone(b[at : at+size])
		switch name {
		case "head":
			clear(table[8:12])
		case "cmap":
			got := [3]int{u16(table, 20), u16(table, 22), u16(table, 24)}
			if got != [3]int{4, 1, 2} {
				t.Errorf("three segments are looked up by %v", got)
			}
		}
		if got := checksum(table); int(got) != u32(rec, 4) {
			t.Errorf("%s: the sum is %x, the file says %x", name, got, u32(rec, 4))
		}
	}
}
