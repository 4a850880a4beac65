package sheet

import (
	"strings"
	"unicode/utf8"
)

// arena keeps texts in a few large pieces instead of one allocation each.
type arena struct {
	b    strings.Builder
	size int  // of the next piece
	used *int // bytes, together with other arenas
	most int
}

// keep gives b as a string; false when there is too much text.
func (a *arena) keep(b []byte) (string, bool) {
	if len(b) == 0 {
		return "", true
	}
	if *a.used += len(b); *a.used > a.most {
		return "", false
	}
	if a.b.Cap()-a.b.Len() < len(b) {
		a.b.Reset()
		a.size = min(max(2*a.size, 1<<10), 1<<16)
		a.b.Grow(max(a.size, len(b)))
	}
	from := a.b.Len()
	a.b.Write(b)
	return a.b.String()[from:], true
}

// sharedStrings are the texts that cells refer to by number.
type sharedStrings struct {
	list []string
	text arena
}

const maxStrings = 1 << 20

func (r *reader) readStrings(e *entry) error {
	t := &r.strings
	t.text.used, t.text.most = new(int), r.lim.TextBytes
	var scratch []byte
	return scan(e, r.lim, func(x *scanner) error {
		if err := x.rootOf("sst"); err != nil {
			return err
		}
		if n, ok := parseIndex(x.get("uniqueCount"), maxStrings); ok {
			t.list = make([]string, 0, min(n, int(e.size/16), 1<<14))
		}
		for {
			ok, err := x.child()
			if err != nil || !ok {
				return err
			}
			if string(x.local) != "si" {
				if err := x.skip(); err != nil {
					return err
				}
				continue
			}
			if scratch, err = richText(x, scratch[:0]); err != nil {
				return err
			}
			s, ok := t.text.keep(scratch)
			if !ok || len(t.list) == maxStrings {
				return x.fault("too-many-cells", 0, "工作簿的文字过多。")
			}
			t.list = append(t.list, s)
		}
	})
}

// richText appends the text of a string item: its own, or that of its runs,
// without what tells how to pronounce it.
func richText(x *scanner, dst []byte) ([]byte, error) {
	for {
		ok, err := x.child()
		if err != nil || !ok {
			return dst, err
		}
		switch string(x.local) {
		case "t":
			dst, err = plainText(x, dst)
		case "r":
			dst, err = runText(x, dst)
		default:
			err = x.skip()
		}
		if err != nil {
			return dst, err
		}
	}
}

func runText(x *scanner, dst []byte) ([]byte, error) {
	for {
		ok, err := x.child()
		if err != nil || !ok {
			return dst, err
		}
		if string(x.local) == "t" {
			dst, err = plainText(x, dst)
		} else {
			err = x.skip()
		}
		if err != nil {
			return dst, err
		}
	}
}

func plainText(x *scanner, dst []byte) ([]byte, error) {
	from := len(dst)
	dst, err := x.content(dst)
	return dst[:from+len(decodeX(dst[from:]))], err
}

// longer reports whether a text has more than most UTF-16 units.
func longer(s string, most int) bool {
	if len(s) <= most {
		return false
	}
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n > most || (!utf8.ValidString(s) && len(s) > 3*most)
}
