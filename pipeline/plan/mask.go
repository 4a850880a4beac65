package plan

import (
	"slices"
	"strings"
)

// Personal data in texts. The rules this file keeps:
//   - an identity number (18 places, its date and its check digit right), a
//     mobile number and a bank card number (16 to 19 digits, Luhn) are personal,
//     however they are spaced and in digits of either width;
//   - amounts, dates, hashes and document numbers are not, and stay as they are;
//   - a mask keeps the length, the spacing and a few places at either end, so
//     that the sender can tell which number is meant and nobody else can.

// PersonalKind is what a personal number is, in Chinese.
type PersonalKind string

// The kinds of personal number.
const (
	IdentityNumber PersonalKind = "身份证号"
	MobileNumber   PersonalKind = "手机号码"
	CardNumber     PersonalKind = "银行卡号"
)

// Mask hides the personal numbers of a text: 210602********1234. A text without
// any, or one masked already, comes back as it is.
func Mask(s string) string {
	if !mayHold(s) {
		return s
	}
	text := []rune(s)
	hidden := false
	// Again while there are any: what hid one may have stood beside another.
	for hide := personal(text); len(hide) > 0; hide = personal(text) {
		hidden = true
		for _, p := range hide {
			head := 6
			if p.kind == MobileNumber {
				head = len(p.at) - 8
			}
			for _, i := range p.at[head : len(p.at)-4] {
				text[i] = '*'
			}
		}
	}
	if !hidden {
		return s
	}
	return string(text)
}

// Personal lists what kinds of personal number a text holds.
func Personal(s string) []PersonalKind {
	if !mayHold(s) {
		return nil
	}
	var kinds []PersonalKind
	for _, p := range personal([]rune(s)) {
		kinds = append(kinds, p.kind)
	}
	return kinds
}

// personalNumber is a personal number and where its digits stand.
type personalNumber struct {
	kind PersonalKind
	at   []int
}

// mayHold reports whether a text has digits enough.
func mayHold(s string) bool {
	n := 0
	for _, c := range s {
		if digitOf(c) >= 0 {
			if n++; n >= 11 {
				return true
			}
		}
	}
	return false
}

// digitOf is the digit a rune is, of either width; -1: none.
func digitOf(c rune) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= '０' && c <= '９':
		return int(c - '０')
	}
	return -1
}

// group is digits side by side: places from up to, but not, to.
type group struct{ from, to int }

// personal finds the personal numbers of a text, in their order.
func personal(text []rune) []personalNumber {
	var found []personalNumber
	chain := []group{}
	for i := 0; i <= len(text); {
		if i < len(text) && digitOf(text[i]) >= 0 {
			from := i
			for i < len(text) && digitOf(text[i]) >= 0 {
				i++
			}
			chain = append(chain, group{from, i})
			continue
		}
		spaced := len(chain) > 0 && i == chain[len(chain)-1].to && i+1 < len(text) &&
			strings.ContainsRune(" -\u00a0\u3000－–", text[i]) && digitOf(text[i+1]) >= 0
		if !spaced && len(chain) > 0 {
			found = append(found, inChain(text, chain)...)
			chain = chain[:0]
		}
		i++
	}
	return found
}

// inChain looks at digits that only spaces or hyphens part, the longest
// stretches first.
func inChain(text []rune, chain []group) []personalNumber {
	var found []personalNumber
	for first := 0; first < len(chain); first++ {
		for last := min(first+4, len(chain)-1); last >= first; last-- {
			if p, ok := recognise(text, chain[first:last+1]); ok {
				found = append(found, p)
				first = last
				break
			}
			if first == last {
				found = append(found, inside(text, chain[first])...)
			}
		}
	}
	return found
}

// recognise tells what one or more groups make together.
func recognise(text []rune, groups []group) (personalNumber, bool) {
	var at []int
	var shape []int
	for _, g := range groups {
		shape = append(shape, g.to-g.from)
		for i := g.from; i < g.to; i++ {
			at = append(at, i)
		}
	}
	end := groups[len(groups)-1].to
	if insideWord(text, groups[0].from, end) {
		return personalNumber{}, false
	}
	if len(at) == 17 && end < len(text) && strings.ContainsRune("XxＸｘ", text[end]) &&
		!isLetter(text, end+1) && digitAt(text, end+1) < 0 && identity(text, append(at, end)) {
		return personalNumber{IdentityNumber, append(at, end)}, true
	}
	if isLetter(text, end) {
		return personalNumber{}, false
	}
	alone := len(groups) == 1
	switch n := len(at); {
	case n == 18 && identity(text, at):
		return personalNumber{IdentityNumber, at}, true
	case mobile(text, at, shape) && !measured(text, end):
		return personalNumber{MobileNumber, at}, true
	case n >= 16 && n <= 19 && (alone || inFours(shape)) && luhn(text, at) && !measured(text, end):
		return personalNumber{CardNumber, at}, true
	}
	return personalNumber{}, false
}

// inside finds identity numbers among digits that run on, and a mobile number
// before or behind one.
func inside(text []rune, g group) []personalNumber {
	if g.to-g.from <= 19 || insideWord(text, g.from, g.to) || isLetter(text, g.to) {
		return nil
	}
	var found []personalNumber
	rest := func(from, to int) {
		if part := places(from, to); mobile(text, part, []int{len(part)}) {
			found = append(found, personalNumber{MobileNumber, part})
		}
	}
	begin := g.from
	for from := g.from; from+18 <= g.to; from++ {
		if at := places(from, from+18); identity(text, at) {
			rest(begin, from)
			found = append(found, personalNumber{IdentityNumber, at})
			begin, from = from+18, from+17
		}
	}
	if begin > g.from {
		rest(begin, g.to)
	}
	return found
}

func places(from, to int) []int {
	var at []int
	for i := from; i < to; i++ {
		at = append(at, i)
	}
	return at
}

// insideWord reports whether the digits belong to a hash, a code or a decimal.
func insideWord(text []rune, from, to int) bool {
	if isLetter(text, from-1) {
		return true
	}
	point := func(i, beyond int) bool {
		return i >= 0 && i < len(text) && (text[i] == '.' || text[i] == '．') &&
			digitAt(text, beyond) >= 0
	}
	return point(from-1, from-2) || point(to, to+1)
}

func isLetter(text []rune, i int) bool {
	if i < 0 || i >= len(text) {
		return false
	}
	c := text[i] | 0x20
	if text[i] == '_' { // a name in a program, but not 张三_138…
		return i > 0 && text[i-1] != '_' && isLetter(text, i-1)
	}
	return text[i] < 0x80 && c >= 'a' && c <= 'z'
}

func digitAt(text []rune, i int) int {
	if i < 0 || i >= len(text) {
		return -1
	}
	return digitOf(text[i])
}

// measured reports whether a measure follows: 13800000000元 is an amount.
func measured(text []rune, i int) bool {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	if i >= len(text) {
		return false
	}
	return strings.ContainsRune("元万亿人个户家件项次平公吨立米千%％", text[i])
}

// identity checks an identity number: a region, a date, the check digit of
// GB 11643.
func identity(text []rune, at []int) bool {
	weights := [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * digitOf(text[at[i]])
	}
	number := func(from, to int) int {
		n := 0
		for _, i := range at[from:to] {
			n = 10*n + digitOf(text[i])
		}
		return n
	}
	year, month, day := number(6, 10), number(10, 12), number(12, 14)
	if digitOf(text[at[0]]) == 0 || year < 1850 || year > 2150 || month < 1 || month > 12 ||
		day < 1 || day > 31 {
		return false
	}
	want := "10X98765432"[sum%11]
	last := text[at[17]]
	if digitOf(last) < 0 {
		return want == 'X'
	}
	return rune(want) == rune('0'+digitOf(last))
}

// mobile checks a mobile number, with or without the country's 86.
func mobile(text []rune, at []int, shape []int) bool {
	if len(at) == 13 && digitOf(text[at[0]]) == 8 && digitOf(text[at[1]]) == 6 {
		at = at[2:]
		if shape[0] == 2 {
			shape = shape[1:]
		} else {
			shape = append([]int{shape[0] - 2}, shape[1:]...)
		}
	}
	return len(at) == 11 && digitOf(text[at[0]]) == 1 && digitOf(text[at[1]]) >= 3 &&
		(len(shape) == 1 || slices.Equal(shape, []int{3, 4, 4}) ||
			slices.Equal(shape, []int{3, 8}) || slices.Equal(shape, []int{7, 4}))
}

// inFours reports whether digits are written as on a card: 6222 0202 …
func inFours(shape []int) bool {
	for _, n := range shape[:len(shape)-1] {
		if n != 4 && n != 6 && n != 5 {
			return false
		}
	}
	return len(shape) <= 5
}

// luhn checks a card number: the issuers' first digits and the sum.
func luhn(text []rune, at []int) bool {
	if first := digitOf(text[at[0]]); first < 3 || first > 6 {
		return false
	}
	sum := 0
	for i := range at {
		d := digitOf(text[at[len(at)-1-i]])
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
