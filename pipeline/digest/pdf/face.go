package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// face is one parsed TrueType face. It is read-only after parsing, so that
// documents may share it.
type face struct {
	tables map[string][]byte
	gids   []uint16 // of the characters up to U+FFFF; 0 is missing
	beyond map[rune]uint16
	upem   int
	longs  bool // loca holds 32-bit offsets
	glyphs int  // their number
	wides  int  // how many of them have an advance of their own
}

var (
	errShort    = errors.New("文件不完整（可能没有复制完）")
	errOutlines = errors.New("是 CFF 轮廓（.otf），只能用 TrueType 轮廓的 .ttf 或 .ttc")
	errNotFont  = errors.New("不是字体文件")
)

// parseFace reads a .ttf, or the first face of a .ttc; the tables stay slices
// of b.
func parseFace(b []byte) (f *face, err error) {
	defer func() { // an offset that points nowhere
		if r := recover(); r != nil {
			f, err = nil, errShort
		}
	}()
	if len(b) < 12 {
		return nil, errNotFont
	}
	start := 0
	if string(b[:4]) == "ttcf" {
		start = int(binary.BigEndian.Uint32(b[12:]))
	}
	switch string(b[start : start+4]) {
	case "\x00\x01\x00\x00", "true":
	case "OTTO":
		return nil, errOutlines
	default:
		return nil, errNotFont
	}
	f = &face{tables: map[string][]byte{}, beyond: map[rune]uint16{}}
	for i := range u16(b, start+4) {
		rec := b[start+12+16*i:]
		off, size := u32(rec, 8), u32(rec, 12)
		f.tables[string(rec[:4])] = b[off : off+size : off+size]
	}
	for _, t := range []string{"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap"} {
		if len(f.tables[t]) == 0 {
			return nil, fmt.Errorf("缺少 %s 表，文件已损坏", t)
		}
	}
	f.upem = u16(f.tables["head"], 18)
	f.longs = u16(f.tables["head"], 50) == 1
	f.glyphs = u16(f.tables["maxp"], 4)
	f.wides = u16(f.tables["hhea"], 34)
	if f.upem == 0 || f.wides == 0 || len(f.tables["hmtx"]) < 4*f.wides {
		return nil, errShort
	}
	if _, end := f.outline(f.glyphs - 1); end > len(f.tables["glyf"]) {
		return nil, errShort
	}
	if err := f.readCmap(); err != nil {
		return nil, err
	}
	return f, nil
}

// gid is the glyph of r, 0 for none.
func (f *face) gid(r rune) int {
	if r < 0x10000 {
		return int(f.gids[r])
	}
	return int(f.beyond[r])
}

// advance is how far r moves the pen, in thousandths of the type size, rounded
// as gofpdf writes it into the file.
func (f *face) advance(r rune) int {
	i := min(f.gid(r), f.wides-1)
	w := u16(f.tables["hmtx"], 4*i)
	return (w*1000 + f.upem/2) / f.upem
}

// outline is where a glyph's outline stands in glyf.
func (f *face) outline(gid int) (from, to int) {
	loca := f.tables["loca"]
	if f.longs {
		return u32(loca, 4*gid), u32(loca, 4*gid+4)
	}
	return 2 * u16(loca, 2*gid), 2 * u16(loca, 2*gid+2)
}

// ink is the lowest and highest point of r's outline, in parts of the type
// size above the baseline; drawn is false for an empty outline.
func (f *face) ink(r rune) (low, high float64, drawn bool) {
	from, to := f.outline(f.gid(r))
	if to-from < 10 {
		return 0, 0, false
	}
	g := f.tables["glyf"][from:]
	em := float64(f.upem)
	return float64(int16(u16(g, 4))) / em, float64(int16(u16(g, 8))) / em, true
}

func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }

func u32(b []byte, at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
