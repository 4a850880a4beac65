package sheet

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// characters proves that bytes are characters XML allows, in UTF-8. It gives
// how many are proven: all but a character cut off at the end, unless final.
func characters(b []byte, final bool) (good int, ok bool) {
	const high, space = 0x8080808080808080, 0x2020202020202020
	i := 0
	for i < len(b) {
		if len(b)-i >= 8 {
			w := binary.LittleEndian.Uint64(b[i:])
			if (w|(w-space))&high == 0 {
				i += 8
				continue
			}
		}
		c := b[i]
		if c < 0x80 {
			if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
				return i, false
			}
			i++
			continue
		}
		for i < len(b) && b[i] >= 0x80 {
			if i+2 < len(b) && b[i] > 0xe0 && b[i] < 0xed &&
				b[i+1]&0xc0 == 0x80 && b[i+2]&0xc0 == 0x80 { // as all common Chinese is
				i += 3
				continue
			}
			if !final && !utf8.FullRune(b[i:]) {
				return i, true
			}
			r, n := utf8.DecodeRune(b[i:])
			if (r == utf8.RuneError && n == 1) || !allowed(r) {
				return i, false
			}
			i += n
		}
	}
	return i, true
}

// allowed reports whether XML 1.0 lets a character stand in a document.
func allowed(r rune) bool {
	switch {
	case r < ' ':
		return r == '\n' || r == '\t' || r == '\r'
	case r >= 0xd800 && r < 0xe000, r == 0xfffe, r == 0xffff, r > utf8.MaxRune:
		return false
	}
	return true
}

// reference reads the entity or character reference that b begins with: its
// character, its length and, when it is none, what is wrong.
func reference(b []byte) (r rune, n int, wrong string) {
	stop := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if stop < 0 {
		return 0, 0, "有未转义的 & 或没有结束的字符引用"
	}
	body := b[1:stop]
	switch string(body) {
	case "lt":
		return '<', stop + 1, ""
	case "gt":
		return '>', stop + 1, ""
	case "amp":
		return '&', stop + 1, ""
	case "quot":
		return '"', stop + 1, ""
	case "apos":
		return '\'', stop + 1, ""
	}
	if len(body) < 2 || body[0] != '#' {
		return 0, 0, "有未定义的实体 &" + clip(body) + ";"
	}
	digits, base := body[1:], rune(10)
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	if len(digits) == 0 {
		return 0, 0, "字符引用不合规范"
	}
	for _, c := range digits {
		d := hexDigit(c)
		if d < 0 || d >= base || r > utf8.MaxRune {
			return 0, 0, "字符引用不合规范"
		}
		r = r*base + d
	}
	if !allowed(r) {
		return 0, 0, "字符引用 &" + clip(body) + "; 指向不允许的字符"
	}
	return r, stop + 1, ""
}

func hexDigit(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

// unescape appends text with its references resolved and its line ends made
// one: all is proven already.
func unescape(dst, b []byte) []byte {
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '&':
			r, n, _ := reference(b[i:])
			dst = utf8.AppendRune(dst, r)
			i += max(n, 1) - 1
		case '\r':
			if i+1 == len(b) || b[i+1] != '\n' {
				dst = append(dst, '\n')
			}
		default:
			dst = append(dst, b[i])
		}
	}
	return dst
}

// value is the attribute's value with its references resolved; what it gives
// may change with the next token.
func (a *attr) resolved() []byte {
	if !a.escaped {
		return a.value
	}
	b := unescape(nil, a.value)
	for i, c := range b {
		if c == '\n' || c == '\t' {
			b[i] = ' '
		}
	}
	return b
}

// decodeX undoes in place the format's own escapes: _x000D_ is a carriage
// return, _x005F_ the underscore that keeps an escape from being one.
func decodeX(b []byte) []byte {
	i := bytes.Index(b, []byte("_x"))
	if i < 0 {
		return b
	}
	out := b[:i]
	for i < len(b) {
		r, ok := escapeX(b[i:])
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		i += 7
		if utf16.IsSurrogate(r) {
			low, _ := escapeX(b[i:])
			pair := utf16.DecodeRune(r, low)
			if r = pair; pair != utf8.RuneError { // else half a character, which is none
				i += 7
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// escapeX reads one _xHHHH_ at the beginning of b.
func escapeX(b []byte) (rune, bool) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	var r rune
	for _, c := range b[2:6] {
		d := hexDigit(c)
		if d < 0 {
			return 0, false
		}
		r = r<<4 | d
	}
	return r, true
}
