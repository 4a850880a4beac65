package sheet

import (
	"strconv"
	"strings"
)

// maxFormula is the length, in bytes, of a formula that is taken: the format
// allows 8,192 characters.
const maxFormula = 4 * 8192

// shifted is a shared formula as the cell so many rows and columns from its
// first one has it: relative references move along, $ ones stay.
func shifted(f string, rows, cols int) string {
	if rows == 0 && cols == 0 {
		return f
	}
	var b strings.Builder
	b.Grow(len(f) + 8)
	for i := 0; i < len(f); {
		switch c := f[i]; {
		case c == '"' || c == '\'':
			j := min(past(f, i, c)+1, len(f))
			b.WriteString(f[i:j])
			i = j
		case c == '[':
			j := bracketed(f, i)
			b.WriteString(f[i:j])
			i = j
		case wordByte(c):
			j := i
			for j < len(f) && wordByte(f[j]) {
				j++
			}
			next := byte(0)
			if j < len(f) {
				next = f[j]
			}
			if next == '(' || next == '!' || next == '[' {
				b.WriteString(f[i:j])
			} else {
				before := i > 0 && f[i-1] == ':'
				b.WriteString(shiftedWord(f[i:j], rows, cols, before || next == ':'))
			}
			i = j
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
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

// shiftedWord moves a word when it is a reference: a cell, or in a range a
// column or a row alone.
func shiftedWord(w string, rows, cols int, ranged bool) string {
	i := 0
	colFixed := i < len(w) && w[i] == '$'
	if colFixed {
		i++
	}
	col, from := 0, i
	for ; i < len(w) && i < from+4 && letter(w[i]); i++ {
		col = col*26 + int(w[i]|0x20-'a') + 1
	}
	letters := i - from
	rowFixed := false
	if letters == 0 {
		rowFixed, colFixed = colFixed, false
	} else if i < len(w) && w[i] == '$' {
		rowFixed = true
		i++
	}
	row, ok := parseCount(w[i:], gridRows)
	hasRow := i < len(w)
	switch {
	case hasRow && !ok, letters == 0 && !hasRow, col > gridCols,
		(letters == 0 || !hasRow) && !ranged, !hasRow && rowFixed:
		return w
	}
	var b []byte
	if letters > 0 {
		if !colFixed {
			col += cols
		}
		if col < 1 || col > gridCols {
			return "#REF!"
		}
		b = append(dollar(b, colFixed), columnName(col)...)
	}
	if hasRow {
		if !rowFixed {
			row += rows
		}
		if row < 1 || row > gridRows {
			return "#REF!"
		}
		b = strconv.AppendInt(dollar(b, rowFixed), int64(row), 10)
	}
	return string(b)
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func dollar(b []byte, fixed bool) []byte {
	if fixed {
		return append(b, '$')
	}
	return b
}

func columnName(col int) string {
	a := Address(1, col)
	return a[:len(a)-1]
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
