package sheet

import (
	"slices"
	"unicode/utf16"
)

// biffText reads texts from a record that may go on in others. Characters are
// of one byte or of two; where a text goes on in the next record, a byte there
// says anew which.
type biffText struct {
	parts [][]byte
	part  int
	at    int
}

// left is what is left of the part at hand, going on to the next when that is
// nothing.
func (t *biffText) left() []byte {
	for t.part < len(t.parts) && t.at == len(t.parts[t.part]) {
		t.part, t.at = t.part+1, 0
	}
	if t.part == len(t.parts) {
		return nil
	}
	return t.parts[t.part][t.at:]
}

// number reads a little-endian number of some bytes.
func (t *biffText) number(bytes int) (int, bool) {
	n := 0
	for i := range bytes {
		b := t.left()
		if len(b) == 0 {
			return 0, false
		}
		n |= int(b[0]) << (8 * i)
		t.at++
	}
	return n, true
}

// skip passes over bytes.
func (t *biffText) skip(n int) bool {
	for n > 0 {
		b := t.left()
		if len(b) == 0 {
			return false
		}
		k := min(n, len(b))
		t.at, n = t.at+k, n-k
	}
	return true
}

// short reads a text whose length is one byte, long one of two.
func (t *biffText) short() (string, bool) { return t.text(1) }
func (t *biffText) long() (string, bool)  { return t.text(2) }

// text reads a length, the flags and the characters, and passes over the runs
// of formats and the phonetic data that may follow.
func (t *biffText) text(lengthBytes int) (string, bool) {
	n, ok := t.number(lengthBytes)
	if !ok {
		return "", false
	}
	flags, ok := t.number(1)
	if !ok {
		return "", n == 0 // some writers leave the flags of no text out
	}
	runs, extra := 0, 0
	if flags&0x08 != 0 {
		if runs, ok = t.number(2); !ok {
			return "", false
		}
	}
	if flags&0x04 != 0 {
		if extra, ok = t.number(4); !ok {
			return "", false
		}
	}
	s, ok := t.chars(n, flags&1 != 0)
	return s, ok && t.skip(4*runs+extra)
}

func (t *biffText) chars(n int, wide bool) (string, bool) {
	var units []uint16
	for n > 0 {
		if t.part < len(t.parts) && t.at == len(t.parts[t.part]) {
			if len(t.left()) == 0 {
				return "", false
			}
			flags, _ := t.number(1)
			wide = flags&1 != 0
		}
		if t.part == len(t.parts) {
			return "", false
		}
		b := t.parts[t.part][t.at:]
		size := 1
		if wide {
			size = 2
		}
		k := min(n, len(b)/size)
		if k == 0 {
			return "", false // half a character
		}
		units = slices.Grow(units, k)
		for i := range k {
			if wide {
				units = append(units, le.Uint16(b[2*i:]))
			} else {
				units = append(units, uint16(b[i]))
			}
		}
		t.at, n = t.at+k*size, n-k
	}
	return string(utf16.Decode(units)), true
}

// perString is what a text costs beside its bytes.
const perString = 16

// sharedStrings reads the texts that cells refer to by number.
func (x *biff) sharedStrings(parts [][]byte) error {
	if x.strings != nil {
		return fault("shared-string", "", "文字表出现了两次。")
	}
	t := biffText{parts: parts}
	_, ok1 := t.number(4)
	n, ok2 := t.number(4)
	if !ok1 || !ok2 || n > maxStrings {
		return fault("shared-string", "", "文字表有误或过大。")
	}
	x.strings = make([]string, 0, min(n, 1<<14))
	for range n {
		s, ok := t.long()
		if !ok {
			return fault("shared-string", "", "文字表不完整。")
		}
		if err := x.keep(s); err != nil {
			return err
		}
		x.strings = append(x.strings, s)
	}
	return nil
}

// keep counts a text.
func (x *biff) keep(s string) error {
	if x.kept += len(s) + perString; x.kept > 2*x.lim.TextBytes {
		return fault("too-many-cells", "", "工作簿的文字过多。")
	}
	return nil
}
