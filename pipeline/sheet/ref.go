package sheet

import "strconv"

// Address is a place counted from 1 in A1 form, such as "H7".
func Address(row, col int) string {
	var b [24]byte
	return string(strconv.AppendInt(appendColumn(b[:0], col), int64(row), 10))
}

// appendColumn appends a column's letters.
func appendColumn(b []byte, col int) []byte {
	if col > 26 {
		b = appendColumn(b, (col-1)/26)
	}
	if col > 0 {
		b = append(b, byte('A'+(col-1)%26))
	}
	return b
}

// parseAddress reads an address such as H7: capital letters, then digits, no
// $ and no leading zero, inside the format's grid.
func parseAddress[T string | []byte](s T) (row, col int, ok bool) {
	i := 0
	for i < len(s) && s[i] >= 'A' && s[i] <= 'Z' {
		if i == 3 {
			return 0, 0, false
		}
		col = col*26 + int(s[i]-'A') + 1
		i++
	}
	row, ok = parseCount(s[i:], gridRows)
	return row, col, ok && col > 0 && col <= gridCols
}

// parseCount reads a whole number from 1 to most, digits only.
func parseCount[T string | []byte](s T, most int) (int, bool) {
	n, ok := parseIndex(s, most)
	return n, ok && n > 0 && s[0] != '0'
}

// parseIndex reads a whole number from 0 to most, digits only.
func parseIndex[T string | []byte](s T, most int) (int, bool) {
	if len(s) == 0 || len(s) > 9 {
		return 0, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, n <= most
}

// parseRange reads A1:B2, or A1 alone, corners in any order.
func parseRange(s string) (Range, bool) {
	from, to := s, s
	for i := 0; i < len(s); i++ {
		if s[i] == ':' {
			from, to = s[:i], s[i+1:]
			break
		}
	}
	r1, c1, ok1 := parseAddress(from)
	r2, c2, ok2 := parseAddress(to)
	return Range{min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)}, ok1 && ok2
}
