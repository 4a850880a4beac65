package wording

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	define  = regexp.MustCompile("\\{\\{-?\\s*define\\s+[\"`]([^\"`]*)[\"`]")
	comment = regexp.MustCompile(`(?s)\{\{-?\s*/\*.*?\*/\s*-?\}\}`)
)

// Names is the parts that a text has, in its order. The text need not parse.
func Names(text string) []string {
	var names []string
	for _, m := range define.FindAllStringSubmatch(uncommented(text), -1) {
		names = append(names, m[1])
	}
	return names
}

// uncommented is a text without its comments; its lines keep their numbers.
func uncommented(text string) string {
	return comment.ReplaceAllStringFunc(text, func(s string) string {
		return strings.Repeat("\n", strings.Count(s, "\n"))
	})
}

// partAt is the part that a line lies in; "" for none.
func partAt(text string, line int) string {
	name := ""
	for i, s := range strings.Split(uncommented(text), "\n") {
		if i >= line {
			break
		}
		if m := define.FindAllStringSubmatch(s, -1); m != nil {
			name = m[len(m)-1][1]
		}
	}
	return name
}

// linesOf is the line in which each part begins.
func linesOf(text string) map[string]int {
	lines := map[string]int{}
	for i, s := range strings.Split(uncommented(text), "\n") {
		for _, m := range define.FindAllStringSubmatch(s, -1) {
			lines[m[1]] = i + 1
		}
	}
	return lines
}

// notUTF8 is where a text stops being UTF-8; -1 when it never does.
func notUTF8(text string) int {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

// nearest is the name that differs from another in at most two characters; ""
// when none does.
func nearest(names []string, to string) string {
	for _, name := range names {
		if alike(name, to) {
			return name
		}
	}
	return ""
}

func alike(a, b string) bool {
	if len(a) > len(b)+2 || len(b) > len(a)+2 {
		return false
	}
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	j := 0
	for j < min(len(a), len(b))-i && a[len(a)-1-j] == b[len(b)-1-j] {
		j++
	}
	return max(len(a), len(b))-i-j <= 2
}
