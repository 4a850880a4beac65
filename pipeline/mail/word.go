package mail

import (
	"encoding/base64"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// word is an RFC 2047 encoded word; old programs leave spaces inside.
var word = regexp.MustCompile(`=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=`)

// decodeWords decodes a field. The bytes of neighbouring words in one charset
// are joined first: some programs cut a character in two.
func decodeWords(s string) string {
	var out strings.Builder
	var charset string
	var held []byte
	flush := func() {
		out.WriteString(toText(held, charset))
		held = nil
	}
	at := 0
	for _, i := range word.FindAllStringSubmatchIndex(s, -1) {
		between := s[at:i[0]]
		c, _, _ := strings.Cut(strings.ToLower(s[i[2]:i[3]]), "*") // RFC 2231: *language
		if held != nil && (strings.TrimSpace(between) != "" || c != charset) {
			flush()
		}
		if strings.TrimSpace(between) != "" {
			out.WriteString(toText([]byte(between), ""))
		}
		charset, at = c, i[1]
		held = append(held, decodeWord(s[i[4]:i[5]], s[i[6]:i[7]])...)
		if held == nil {
			held = []byte{}
		}
	}
	flush()
	out.WriteString(toText([]byte(s[at:]), ""))
	return out.String()
}

func decodeWord(how, text string) []byte {
	if strings.EqualFold(how, "b") {
		clean := strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || r == '=' {
				return -1
			}
			return r
		}, text)
		b, err := base64.RawStdEncoding.DecodeString(clean)
		if err != nil && len(b) == 0 {
			return []byte(text)
		}
		return b
	}
	return unescape(strings.ReplaceAll(text, "_", " "), '=')
}

// unescape decodes =XX or %XX; what is no such thing stays as it is.
func unescape(s string, mark byte) []byte {
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] == mark && i+2 < len(s) && hexDigit(s[i+1]) >= 0 && hexDigit(s[i+2]) >= 0 {
			b = append(b, byte(hexDigit(s[i+1])<<4|hexDigit(s[i+2])))
			i += 2
			continue
		}
		b = append(b, s[i])
	}
	return b
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// toText reads bytes in a charset. A charset that is unknown, missing or wrong
// is taken for UTF-8 where the bytes are, else for GB18030, which holds GB2312
// and GBK.
func toText(b []byte, charset string) string {
	if charset != "" && !isUTF8(charset) {
		if e := encodingOf(charset); e != nil {
			if s, err := e.NewDecoder().Bytes(b); err == nil &&
				!strings.ContainsRune(string(s), utf8.RuneError) {
				return string(s)
			}
		}
	}
	if utf8.Valid(b) {
		return string(b)
	}
	s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil || strings.ContainsRune(string(s), utf8.RuneError) && isUTF8(charset) {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(s)
}

func isUTF8(charset string) bool {
	return strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}

func encodingOf(charset string) encoding.Encoding {
	switch strings.ToLower(strings.TrimSpace(charset)) {
	case "gb2312", "gbk", "gb18030", "gb-2312", "gb_2312-80", "cp936", "ms936", "936",
		"windows-936", "euc-cn", "x-gbk", "chinese":
		return simplifiedchinese.GB18030 // the names are used for one another
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil
	}
	return e
}

// oneLine makes a subject fit for showing.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 300 {
		s = string(r[:299]) + "…"
	}
	return s
}

func parseDate(s string) time.Time {
	t, err := mail.ParseDate(s)
	if err != nil {
		return time.Time{}
	}
	return t
}

var bracketed = regexp.MustCompile(`<([^<>\s]+)>`)

// ids are the message ids of a field.
func ids(s string) []string {
	var out []string
	for _, m := range bracketed.FindAllStringSubmatch(s, -1) {
		if clean := asciiOnly(m[1]); clean == m[1] && len(clean) <= 500 {
			out = append(out, clean)
		}
	}
	return out
}

// firstID is a Message-ID; one without brackets is taken as it is.
func firstID(s string) string {
	if all := ids(s); len(all) > 0 {
		return all[0]
	}
	if s = strings.TrimSpace(s); s == asciiOnly(s) && !strings.ContainsAny(s, " \t<>") &&
		len(s) <= 500 {
		return s
	}
	return ""
}

func asciiOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f {
			return -1
		}
		return r
	}, s)
}

func unique(all []string) []string {
	seen := map[string]bool{}
	out := all[:0]
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
