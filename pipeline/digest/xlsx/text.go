package xlsx

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf16"
)

// maxText is how much a cell holds, in UTF-16 units.
const maxText = 32_767

// clean takes out of a text what a workbook cannot hold or a reader cannot
// see: controls, direction marks, broken bytes; and cuts it to what a cell
// holds, with an ellipsis.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r == unicode.ReplacementChar, r == 0xFFFE, r == 0xFFFF,
			unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.TrimRight(s, " \n")
	if len(s) > maxText {
		units := 0
		for i, r := range s {
			if units += utf16.RuneLen(r); units >= maxText {
				return s[:i] + "…"
			}
		}
	}
	return s
}

// display is how wide a text stands, in characters of half a Han character.
func display(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0x2E7F || r == '“' || r == '”' || r == '—' || r == '…' {
			n++
		}
	}
	return n
}

// lines is how many lines a text takes in a column of that width.
func lines(s string, width float64) int {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n += max(1, int(math.Ceil(float64(display(line))/max(width-1, 2))))
	}
	return n
}

// sheetName makes a name that a sheet may have, and that is not taken: at most
// 31 units, none of []:*?/\, no quote at an end.
func sheetName(name string, taken map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r == '\n' {
			return '_'
		}
		return r
	}, clean(name))
	name = strings.Trim(name, "' ")
	if name == "" {
		name = "表"
	}
	one := short(name, 31)
	for i := 2; taken[strings.ToLower(one)]; i++ {
		tail := fmt.Sprintf("（%d）", i)
		one = short(name, 31-len([]rune(tail))) + tail
	}
	taken[strings.ToLower(one)] = true
	return one
}

// short cuts to so many UTF-16 units.
func short(s string, most int) string {
	units := 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units > most {
			return s[:i]
		}
	}
	return s
}

// quoted is a sheet's name as a reference writes it.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
