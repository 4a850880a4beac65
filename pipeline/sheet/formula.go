package sheet

import (
	"strconv"
	"strings"
)

// maxFormula is the length, in bytes, of a formula that is taken: the format
// allows 8,192 characters.
const maxFormula = 4 * 8192

// shifted appends a shared formula as the cell so many rows and columns from
// its first one has it: relative references move along, $ ones stay.
func shifted(b []byte, f string, rows, cols int) []byte {
	for i := 0; i < len(f); {
		j := i + 1
		switch c := f[i]; {
		case c == '"' || c == '\'':
			j = min(past(f, i, c)+1, len(f))
			b = append(b, f[i:j]...)
		case c == '[':
			j = bracketed(f, i)
			b = append(b, f[i:j]...)
		case wordByte(c):
			for j < len(f) && wordByte(f[j]) {
				j++
			}
			next := byte(0)
			if j < len(f) {
				next = f[j]
			}
			if next == '(' || next == '!' || next == '[' {
				b = append(b, f[i:j]...)
				break
			}
			ranged := next == ':' || (i > 0 && f[i-1] == ':')
			b = shiftedWord(b, f[i:j], rows, cols, ranged)
		default:
			b = append(b, c)
		}
		i = j
	}
	return b
}

// bracketed is the place behind the closing bracket of the one at i.
func bracketed(f string, i int) int {
	depth := 0
	for ; i < len(f); i++ {
		switch f[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return i
}

func wordByte(c byte) bool {
	return namePart[c] && c != '-' && c != ':' || c == '$' || c == '?' || c == '\\'
}

// cellReference is a word of a formula read as one: a cell, or in a range a
// column or a row alone.
type cellReference struct {
	row, col           int // 0 when it has none
	rowFixed, colFixed bool
}

func parseReference(w string, ranged bool) (c cellReference, ok bool) {
	i := 0
	if w[0] == '$' {
		c.colFixed = true
		i++
	}
	from := i
	for ; i < len(w) && i < from+4 && letter(w[i]); i++ {
		c.col = c.col*26 + int(w[i]|0x20-'a') + 1
	}
	switch {
	case i == from:
		c.rowFixed, c.colFixed = c.colFixed, false
	case i < len(w) && w[i] == '$':
		c.rowFixed = true
		i++
	}
	if i == len(w) {
		return c, ranged && c.col > 0 && c.col <= gridCols && !c.rowFixed
	}
	c.row, ok = parseCount(w[i:], gridRows)
	return c, ok && c.col <= gridCols && (c.col > 0 || ranged)
}

// shiftedWord appends a word, moved when it is a reference.
func shiftedWord(b []byte, w string, rows, cols int, ranged bool) []byte {
	c, ok := parseReference(w, ranged)
	if !ok {
		return append(b, w...)
	}
	if c.col > 0 && !c.colFixed {
		c.col += cols
		ok = c.col > 0 && c.col <= gridCols
	}
	if c.row > 0 && !c.rowFixed {
		c.row += rows
		ok = ok && c.row > 0 && c.row <= gridRows
	}
	if !ok {
		return append(b, "#REF!"...)
	}
	if c.col > 0 {
		b = appendColumn(dollar(b, c.colFixed), c.col)
	}
	if c.row > 0 {
		b = strconv.AppendInt(dollar(b, c.rowFixed), int64(c.row), 10)
	}
	return b
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func dollar(b []byte, fixed bool) []byte {
	if fixed {
		return append(b, '$')
	}
	return b
}

// External reports whether the cell's formula reaches outside the workbook: to
// another file, a web service or a program (DDE).
func (c Cell) External() bool { return external(c.Formula) }

func external(f string) bool {
	for i := 0; i < len(f); i++ {
		switch c := f[i]; c {
		case '"':
			i = past(f, i, c)
		case '\'':
			j := past(f, i, c)
			if strings.ContainsAny(f[i:j], "[|") {
				return true
			}
			i = j
		case '|': // program|topic!item
			return true
		case '[':
			if i == 0 || !wordByte(f[i-1]) && f[i-1] != '[' && f[i-1] != ']' {
				return true
			}
			i = bracketed(f, i) - 1
		case '(':
			switch strings.ToUpper(wordBefore(f, i)) {
			case "WEBSERVICE", "_XLFN.WEBSERVICE", "RTD", "DDE", "CALL", "REGISTER.ID",
				"EXEC", "IMAGE", "_XLFN.IMAGE":
				return true
			}
		}
	}
	return false
}

func wordBefore(f string, i int) string {
	j := i
	for j > 0 && wordByte(f[j-1]) {
		j--
	}
	return f[j:i]
}
