package pdf

import "errors"

// maxMapped is how many characters a face may map, those it maps twice counted
// twice: several times as many as there are, and less than takes a while.
const maxMapped = 1 << 23

// readCmap fills the table rune → glyph from the face's Unicode maps: format 4
// for the basic plane, format 12 for everything.
func (f *face) readCmap() error {
	f.gids = make([]uint16, 0x10000)
	cmap := f.tables["cmap"]
	found := false
	for i := range u16(cmap, 2) {
		platform, encoding := u16(cmap, 4+8*i), u16(cmap, 6+8*i)
		if platform != 0 && !(platform == 3 && (encoding == 1 || encoding == 10)) {
			continue
		}
		sub := cmap[u32(cmap, 8+8*i):]
		switch u16(sub, 0) {
		case 4:
			f.readSegments(sub)
			found = true
		case 12:
			f.readGroups(sub)
			found = true
		}
	}
	if !found {
		return errors.New("没有 Unicode 编码表，不能使用")
	}
	return nil
}

// readSegments reads a map of format 4.
func (f *face) readSegments(sub []byte) {
	n := u16(sub, 6) // twice the number of segments
	ends, starts := 14, 16+n
	deltas, offsets := starts+n, starts+2*n
	for s := 0; s < n; s += 2 {
		first, last := u16(sub, starts+s), u16(sub, ends+s)
		delta, offset := u16(sub, deltas+s), u16(sub, offsets+s)
		for c := first; c <= last && c < 0xffff; c++ {
			g := c
			if offset != 0 {
				at := offsets + s + offset + 2*(c-first)
				if at+2 > len(sub) {
					break
				}
				if g = u16(sub, at); g == 0 {
					continue
				}
			}
			f.setGID(rune(c), (g+delta)&0xffff)
		}
	}
}

// readGroups reads a map of format 12.
func (f *face) readGroups(sub []byte) {
	for i := range u32(sub, 12) {
		group := sub[16+12*i:]
		first, last, g := u32(group, 0), u32(group, 4), u32(group, 8)
		for c := first; c <= last && c <= 0x10ffff; c++ {
			f.setGID(rune(c), g+c-first)
		}
	}
}

func (f *face) setGID(r rune, g int) {
	if f.mapped++; f.mapped > maxMapped {
		panic(errShort)
	}
	switch {
	case g == 0 || g >= f.glyphs:
	case r < 0x10000:
		f.gids[r] = uint16(g)
	default:
		f.beyond[r] = uint16(g)
	}
}
