package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
)

// face is one parsed TrueType face, which documents may share. Its outlines are
// nine tenths of it, of which papers need a few: those stay in the file until
// they are drawn.
type face struct {
	tables map[string][]byte // those of tableNames
	gids   []uint16          // of the characters up to U+FFFF; 0 is missing
	beyond map[rune]uint16
	upem   int
	longs  bool              // loca holds 32-bit offsets
	glyphs int               // their number
	mapped int               // how many characters were given one
	wides  int               // how many of them have an advance of their own
	glyf   *io.SectionReader // the outlines
	drawn  sync.Map          // those that were read: number → bytes
	file   *os.File          // where they are; nil: in memory
}

var (
	errShort    = errors.New("文件不完整（可能没有复制完）")
	errOutlines = errors.New("是 CFF 轮廓（.otf），只能用 TrueType 轮廓的 .ttf 或 .ttc")
	errNotFont  = errors.New("不是字体文件")
)

// tableNames is the tables that are read; the first seven must be there.
var tableNames = []string{"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap",
	"cvt ", "fpgm", "prep"}

// parseFace reads a .ttf, or the first face of a .ttc, of the size given.
// Outlines are read from r when they are needed: r stays open.
func parseFace(r io.ReaderAt, size int64) (f *face, err error) {
	defer func() { // an offset that points nowhere
		if r := recover(); r != nil {
			f, err = nil, errShort
		}
	}()
	start, err := directory(r, size)
	if err != nil {
		return nil, err
	}
	f = &face{tables: map[string][]byte{}, beyond: map[rune]uint16{}}
	for i := range u16(section(r, size, start, 12), 4) {
		rec := section(r, size, start+12+16*i, 16)
		name, off, length := string(rec[:4]), u32(rec, 8), u32(rec, 12)
		switch {
		case name == "glyf" && length > 0:
			section(r, size, off+length-1, 1)
			f.glyf = io.NewSectionReader(r, int64(off), int64(length))
		case slices.Contains(tableNames, name):
			f.tables[name] = section(r, size, off, length)
		}
	}
	if err := f.understand(); err != nil {
		return nil, err
	}
	return f, nil
}

// directory is where the face's tables are listed.
func directory(r io.ReaderAt, size int64) (start int, err error) {
	if size < 16 {
		return 0, errNotFont
	}
	if b := section(r, size, 0, 16); string(b[:4]) == "ttcf" {
		start = u32(b, 12)
	}
	switch string(section(r, size, start, 4)) {
	case "\x00\x01\x00\x00", "true":
		return start, nil
	case "OTTO":
		return 0, errOutlines
	}
	return 0, errNotFont
}

// section reads a part of the file; parseFace catches its panic.
func section(r io.ReaderAt, size int64, at, n int) []byte {
	if at < 0 || n < 0 || int64(at)+int64(n) > size {
		panic(errShort)
	}
	b := make([]byte, n)
	if got, err := r.ReadAt(b, int64(at)); got < n {
		panic(err)
	}
	return b
}

// understand proves the tables and keeps what is often asked.
func (f *face) understand() error {
	for _, t := range tableNames[:7] {
		if len(f.tables[t]) == 0 && (t != "glyf" || f.glyf == nil) {
			return fmt.Errorf("缺少 %s 表，文件已损坏", t)
		}
	}
	f.upem = u16(f.tables["head"], 18)
	f.longs = u16(f.tables["head"], 50) == 1
	f.glyphs = u16(f.tables["maxp"], 4)
	f.wides = u16(f.tables["hhea"], 34)
	if f.upem == 0 || f.wides == 0 || f.glyphs == 0 || len(f.tables["hmtx"]) < 4*f.wides {
		return errShort
	}
	for gid := range f.glyphs {
		if from, to := f.outline(gid); from > to || to > int(f.glyf.Size()) {
			return errShort
		}
	}
	return f.readCmap()
}

// gid is the glyph of r, 0 for none.
func (f *face) gid(r rune) int {
	if r < 0x10000 {
		return int(f.gids[r])
	}
	return int(f.beyond[r])
}

// advance is how far r moves the pen, in thousandths of the type size.
func (f *face) advance(r rune) int { return f.width(f.gid(r)) }

// width is a glyph's advance, in thousandths of the type size, rounded as it
// stands in the file.
func (f *face) width(gid int) int {
	w := u16(f.tables["hmtx"], 4*min(gid, f.wides-1))
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

// drawing is a glyph's outline. A file that can no longer be read is a panic,
// which Write turns into its error.
func (f *face) drawing(gid int) []byte {
	if b, ok := f.drawn.Load(gid); ok {
		return b.([]byte)
	}
	from, to := f.outline(gid)
	b := make([]byte, to-from)
	if n, err := f.glyf.ReadAt(b, int64(from)); n < len(b) {
		panic(fmt.Errorf("字体读不出来：%w", err))
	}
	f.drawn.Store(gid, b)
	return b
}

// ink is the lowest and highest point of r's outline, in parts of the type
// size above the baseline; drawn is false for an empty outline.
func (f *face) ink(r rune) (low, high float64, drawn bool) {
	g := f.drawing(f.gid(r))
	if len(g) < 10 {
		return 0, 0, false
	}
	em := float64(f.upem)
	return float64(int16(u16(g, 4))) / em, float64(int16(u16(g, 8))) / em, true
}

func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }

func u32(b []byte, at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
