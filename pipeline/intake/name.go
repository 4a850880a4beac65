package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// maxName bounds a shown name, in runes.
const maxName = 200

// CleanName makes a file name fit for showing: bytes that are no UTF-8 are
// read as GB18030, composed characters are joined (NFC), and what cannot be
// seen, turns the direction of writing or parts a path is taken out. It is
// never a path.
func CleanName(raw string) string {
	if !utf8.ValidString(raw) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(raw); err == nil {
			raw = s
		}
		raw = strings.ToValidUTF8(raw, "\uFFFD")
	}
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '/' || r == '\\':
			return '_'
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return -1 // bidi overrides, zero widths, marks without a glyph
		}
		return r
	}, norm.NFC.String(raw))
	name = strings.Join(strings.Fields(name), " ")
	if r := []rune(name); len(r) > maxName {
		name = string(r[:maxName-1]) + "…"
	}
	if name == "" {
		return "未命名文件"
	}
	return name
}

// ignored reports whether a name is that of a lock file or of something that
// is not finished.
func ignored(name string) bool {
	low := strings.ToLower(name)
	for _, p := range []string{"~$", "."} { // .~lock.x#, ._x, .DS_Store are among these
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	for _, s := range []string{".tmp", ".part", ".crdownload"} {
		if strings.HasSuffix(low, s) {
			return true
		}
	}
	return low == "thumbs.db" || low == "desktop.ini"
}

// hiddenFolder reports whether a folder belongs to a system or a program.
func hiddenFolder(name string) bool {
	switch name {
	case "System Volume Information", "lost+found", "@eaDir":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "$")
}
