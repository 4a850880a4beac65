package plan

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFileName is how many characters a name may have that files and folders are
// called by, so that what stands beside it has room as well.
const maxFileName = 60

// unfit says why a name cannot be that of a file or folder on every system, and
// what to do; "" when it can.
func unfit(name string) string {
	switch {
	case strings.ContainsAny(name, "/\\:*?\"<>|\n\t") || strings.HasPrefix(name, ".") ||
		strings.HasSuffix(name, "."):
		return "含有不能用作文件夹名的符号：请删去这些符号"
	case utf8.RuneCountInString(name) > maxFileName:
		return "太长，不能用作文件名：请用60个字以内的规范名称"
	}
	return ""
}

// unseen reports whether a character is one that nobody sees, or that turns the
// direction of writing: in a text of the plan it would come out in every paper.
func unseen(r rune) bool {
	return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r))
}
