package form

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a text is without its dress: marks that cannot be seen, forms of full
// width, blanks.

// unseen drops what cannot be seen: zero-width marks, controls, direction
// marks; odd blanks become plain ones.
func unseen(s string) string {
	if as, _ := plainly(s); as {
		return s
	}
	return strings.Map(seen, s)
}

// seen is what is seen of a character; -1 for nothing.
func seen(r rune) rune {
	switch {
	case r >= ' ' && r < 0x7F, r >= 0x4E00 && r <= 0x9FFF: // nearly all there is
		return r
	case unicode.Is(unicode.Cf, r) || r == 0xFFFD:
		return -1
	case unicode.IsSpace(r):
		if r == '\n' {
			return r
		}
		return ' '
	case unicode.IsControl(r):
		return -1
	}
	return r
}

// plainly tells of most texts at once that they are seen as they are, and even
// bare: they have nothing but ASCII, Chinese with its marks, and full-width
// forms, of which the bare have neither blanks nor those forms. It looks at
// bytes, which is several times faster than looking at characters, and a form
// has hundreds of texts.
func plainly(s string) (asSeen, asBare bool) {
	asBare = true
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7F {
			asBare = asBare && c != ' '
			i++
			continue
		}
		if i+2 >= len(s) || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
			return false, false
		}
		switch c := s[i]; {
		case c >= 0xE4 && c <= 0xE9: // from U+4000 to U+9FFF
		case c == 0xE3 && (s[i+1] != 0x80 || s[i+2] != 0x80): // below, without the wide blank
		case c == 0xEF && (s[i+1] == 0xBC || s[i+1] == 0xBD): // from U+FF00 to U+FF7F
			asBare = false
		default:
			return false, false
		}
		i += 3
	}
	return true, asBare
}

// narrow turns the full-width forms of ASCII (１２，３％－：) into ASCII, and
// the minus sign into a hyphen.
func narrow(s string) string {
	var out strings.Builder
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] != 0xEF && s[i] != 0xE2 { // all of them begin with one of these
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if c := inASCII(r); c != 0 {
			if from == 0 {
				out.Grow(len(s))
			}
			out.WriteString(s[from:i])
			out.WriteByte(c)
			from = i + n
		}
		i += n - 1
	}
	if from == 0 {
		return s
	}
	out.WriteString(s[from:])
	return out.String()
}

// inASCII is what narrow makes of a character; 0 for itself.
func inASCII(r rune) byte {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return byte(r - 0xFEE0)
	case r == '−' || r == '﹣':
		return '-'
	case r == '﹪':
		return '%'
	}
	return 0
}

// squeezed is a text without the blanks that unseen leaves.
func squeezed(s string) string {
	if strings.IndexByte(s, ' ') < 0 && strings.IndexByte(s, '\n') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != ' ' && s[i] != '\n' {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// bare is a head or label without blanks, line breaks, marks that cannot be
// seen and full-width forms.
func bare(s string) string {
	if _, as := plainly(s); as {
		return s
	}
	return squeezed(narrow(unseen(s)))
}
