package pdf

import (
	"strings"
	"unicode"
)

// geta (〓) stands for a character that no face has.
const geta = '〓'

// clean repairs a text for setting: bytes that are not UTF-8 become U+FFFD
// (printed as 〓 and reported), tabs become spaces, and what has no shape
// goes: controls, zero-width and direction marks, variation selectors.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u00a0', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r),
			unicode.Is(unicode.Variation_Selector, r),
			unicode.Is(unicode.Noncharacter_Code_Point, r):
			return -1
		}
		return r
	}, s)
}

// oneLine is clean for a text that may not hold a line's end.
func oneLine(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(clean(s), "\n", ""))
}

// private reports a code of a private use area: what it means is known to
// nobody but its maker.
func private(r rune) bool { return unicode.Is(unicode.Co, r) }
