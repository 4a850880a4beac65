package mail

import (
	"slices"
	"strconv"
	"strings"
)

// nameOf finds a part's name, in Content-Disposition or else Content-Type.
func nameOf(disposition, contentType string) string {
	if s := paramOf(disposition, "filename"); s != "" {
		return s
	}
	return paramOf(contentType, "name")
}

// piece is one written piece of a parameter.
type piece struct {
	n     int  // its number, 0 for a whole one
	coded bool // with a charset and %XX (RFC 2231)
	text  string
}

// paramOf reads a parameter in every way that mail programs write one: RFC
// 2231 with its charsets and pieces, RFC 2047 words in or without quotes, raw
// bytes in UTF-8 or GBK, %XX of web programs, spaces without quotes.
func paramOf(field, name string) string {
	var coded, plain []piece
	for _, p := range params(field) {
		key, isCoded := strings.CutSuffix(p.key, "*")
		base, number, numbered := strings.Cut(key, "*")
		if base != name {
			continue
		}
		it := piece{coded: isCoded, text: p.value}
		if numbered {
			n, err := strconv.Atoi(number)
			if err != nil || n < 0 {
				continue
			}
			it.n = n
		}
		if isCoded || numbered {
			coded = append(coded, it)
		} else {
			plain = append(plain, it)
		}
	}
	if len(coded) > 0 {
		if s := join(coded); s != "" {
			return s
		}
	}
	if len(plain) == 0 {
		return ""
	}
	s := plain[0].text
	if strings.Contains(s, "=?") {
		return decodeWords(s)
	}
	if b := unescape(s, '%'); strings.Contains(s, "%") && hasHigh(b) {
		return toText(b, "")
	}
	return toText([]byte(s), "")
}

// join puts the pieces of an RFC 2231 parameter together.
func join(all []piece) string {
	slices.SortStableFunc(all, func(a, b piece) int { return a.n - b.n })
	charset := ""
	var b []byte
	for i, p := range all {
		text := p.text
		if i == 0 && p.coded {
			if parts := strings.SplitN(text, "'", 3); len(parts) == 3 {
				charset, text = parts[0], parts[2]
			}
		}
		if p.coded {
			b = append(b, unescape(text, '%')...)
		} else {
			b = append(b, text...)
		}
	}
	if strings.Contains(string(b), "=?") && !hasHigh(b) {
		return decodeWords(string(b))
	}
	return toText(b, charset)
}

func hasHigh(b []byte) bool {
	return slices.ContainsFunc(b, func(c byte) bool { return c >= 0x80 })
}

// param is one parameter as it is written.
type param struct{ key, value string } // key in lower case

// params splits a field at the semicolons outside quotes. Quotes that never
// end end with the field.
func params(field string) []param {
	var out []param
	var key, value strings.Builder
	inKey, quoted, first := true, false, true
	end := func() {
		k := strings.ToLower(strings.TrimSpace(key.String()))
		if !first && k != "" && !inKey {
			out = append(out, param{k, strings.TrimSpace(value.String())})
		}
		key.Reset()
		value.Reset()
		inKey, first = true, false
	}
	for i := 0; i < len(field); i++ {
		c := field[i]
		switch {
		case quoted && c == '\\' && i+1 < len(field) && strings.IndexByte(`"\`, field[i+1]) >= 0:
			i++
			value.WriteByte(field[i])
		case c == '"' && (quoted || !inKey):
			quoted = !quoted
		case c == ';' && !quoted:
			end()
		case c == '=' && inKey:
			inKey = false
		case inKey:
			key.WriteByte(c)
		default:
			value.WriteByte(c)
		}
	}
	end()
	return out
}
