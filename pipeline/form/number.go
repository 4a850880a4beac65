package form

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// How offices write a number where one is asked for, and what is made of it.
// A text is read only when it can mean one thing: ３００人 where persons are
// counted, 1,234, 1.2万, 一千二百. What is rounded (约300, 300余) or had to be
// worked out (1.2万) is marked, so that a check can say so. Whatever can mean
// two things (1.2万 where 万元 are counted, 12,34, 一百五) is no number: the
// checks name it, and nobody guesses.

// numeral is a number as it was written.
type numeral struct {
	value       decimal.Decimal
	approximate bool // 约, 余, 左右
	scaled      bool // 万, 亿, another measure of money, Chinese numerals
}

var (
	numberShape  = regexp.MustCompile(`^\d{1,15}(\.\d{1,15})?$`)
	groupedShape = regexp.MustCompile(`^\d{1,3}([, ]\d{3}){1,4}(\.\d{1,15})?$`)
	blankInside  = regexp.MustCompile(`[\d.,]\s+[\d.,]`)
)

// The words that say a number is rounded, before it and behind it.
var (
	aboutBefore = []string{"大约", "大概", "将近", "接近", "超过", "约", "近", "超", "逾"}
	aboutBehind = []string{"左右", "上下", "以上", "多", "余"}
)

// scales are the words that multiply, longest first.
var scales = []struct {
	word  string
	zeros int32
}{{"千万", 7}, {"百万", 6}, {"十万", 5}, {"亿", 8}, {"万", 4}, {"千", 3}, {"百", 2}}

// money are the measures of money and their zeros.
var money = map[string]int32{"元": 0, "万元": 4, "亿元": 8}

// readNumeral reads a text without marks that cannot be seen as a number of
// that measure.
func readNumeral(s, measure string) (numeral, bool) {
	if !mayBeNumeral(s) {
		return numeral{}, false
	}
	s = strings.TrimSpace(narrow(s))
	if strings.ContainsAny(s, " \n") && blankInside.MatchString(s) && !groupedShape.MatchString(strings.TrimLeft(s, "+-")) {
		return numeral{}, false
	}
	s, measure = squeezed(s), bare(measure)
	var n numeral
	s = cutAny(s, strings.CutPrefix, aboutBefore, &n.approximate)
	negative := false
	switch {
	case strings.HasPrefix(s, "-"):
		s, negative = s[1:], true
	case strings.HasPrefix(s, "负"):
		s, negative = s[len("负"):], true
	default:
		s = strings.TrimPrefix(s, "+")
	}
	s = cutAny(s, strings.CutSuffix, aboutBehind, &n.approximate)
	s, shift, measured, ok := cutMeasure(s, measure)
	if !ok {
		return numeral{}, false
	}
	s = cutAny(s, strings.CutSuffix, aboutBehind, &n.approximate)
	n.scaled = shift != 0
	// 万 and 亿 alone are clear only where the measure has none of its own.
	scalable := measure != "%" && (measured && money[measure] == 0 || !strings.ContainsAny(measure, "万亿"))
	if _, isMoney := money[measure]; isMoney && measured {
		scalable = true
	}
	if !n.read(s, scalable) {
		return numeral{}, false
	}
	n.value = n.value.Shift(shift)
	if negative {
		n.value = n.value.Neg()
	}
	return n, true
}

// numeralBegins is every character beside a digit that a number can begin with.
var numeralBegins = func() string {
	all := []rune(hanAll + "负+-")
	for _, w := range aboutBefore {
		r, _ := utf8.DecodeRuneInString(w)
		all = append(all, r)
	}
	return string(all)
}()

// mayBeNumeral tells by its beginning that nearly every text is no number.
func mayBeNumeral(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	if c := inASCII(r); c != 0 {
		r = rune(c)
	}
	return r >= '0' && r <= '9' || strings.ContainsRune(numeralBegins, r)
}

// cutAny cuts one of the words off, if one is there, and says so.
func cutAny(s string, cut func(string, string) (string, bool), words []string, found *bool) string {
	for _, w := range words {
		if rest, ok := cut(s, w); ok && rest != "" {
			*found = true
			return rest
		}
	}
	return s
}

// cutMeasure cuts the measure off that is written behind a number. It must be
// the row's own, or one of money that can be turned into it: then shift is by
// how many zeros. 元 is left standing on nothing: 1.2亿元 keeps its 亿.
func cutMeasure(s, measure string) (rest string, shift int32, measured, ok bool) {
	if measure == "%" {
		for _, w := range []string{"%", "个百分点", "百分点"} {
			if rest, ok := strings.CutSuffix(s, w); ok {
				return rest, 0, true, true
			}
		}
		if rest, ok := strings.CutPrefix(s, "百分之"); ok {
			return rest, 0, true, true
		}
		return s, 0, false, true
	}
	if measure != "" && measure != "元" {
		if rest, ok := strings.CutSuffix(s, measure); ok {
			_, isMoney := money[measure]
			return rest, 0, !isMoney, true
		}
	}
	zeros, isMoney := money[measure]
	if rest, ok := strings.CutSuffix(s, "元"); ok {
		return rest, -zeros, true, isMoney
	}
	return s, 0, false, true
}

// read reads digits or a Chinese numeral, perhaps with a word that multiplies.
func (n *numeral) read(s string, scalable bool) bool {
	if v, ok := chinese(s); ok {
		n.value, n.scaled = decimal.NewFromInt(v), true
		return scalable || !strings.ContainsAny(hanPlain.Replace(s), "万亿")
	}
	zeros := int32(0)
	for _, m := range scales {
		if rest, ok := strings.CutSuffix(s, m.word); ok {
			if !scalable {
				return false
			}
			s, zeros, n.scaled = rest, m.zeros, true
			break
		}
	}
	s = cutAny(s, strings.CutSuffix, []string{"多", "余"}, &n.approximate)
	if groupedShape.MatchString(s) {
		s = strings.NewReplacer(",", "", " ", "").Replace(s)
	}
	if v, ok := chinese(s); ok && (zeros == 0 || n.approximate) { // 十余万
		n.value, n.scaled = decimal.NewFromInt(v), true
	} else if numberShape.MatchString(s) {
		n.value = decimal.RequireFromString(s)
	} else {
		return false
	}
	n.value = n.value.Shift(zeros)
	return true
}

// hanDigits and hanTens are what Chinese numerals are made of; the capitals
// stand on vouchers.
var (
	hanDigits = []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	hanTens   = []string{"", "十", "百", "千"}
	hanPlain  = strings.NewReplacer("〇", "零", "壹", "一", "贰", "二", "叁", "三", "肆", "四", "伍", "五",
		"陆", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十", "佰", "百", "仟", "千", "萬", "万", "億", "亿")
)

// hanAll is every character that a Chinese numeral begins with.
const hanAll = "零一二三四五六七八九十百千万亿两〇壹贰叁肆伍陆柒捌玖拾佰仟萬億"

// chinese reads a numeral up to 9999亿. It must be written in full: what reads
// back otherwise (一百五, 一二百, 十两) is none.
func chinese(s string) (int64, bool) {
	if r, _ := utf8.DecodeRuneInString(s); len(s) > 64 || !strings.ContainsRune(hanAll, r) {
		return 0, false
	}
	s = hanPlain.Replace(s)
	if s == "两" {
		return 2, true
	}
	for _, big := range []string{"百", "千", "万", "亿"} {
		s = strings.ReplaceAll(s, "两"+big, "二"+big)
	}
	var sum, section, digit int64
	for _, r := range s {
		c := string(r)
		if d := slices.Index(hanDigits, c); d >= 0 {
			digit = int64(d)
			continue
		}
		switch t := slices.Index(hanTens, c); {
		case t > 0:
			if digit == 0 {
				digit = 1 // 十二; 零百 reads back otherwise
			}
			for range t {
				digit *= 10
			}
			section, digit = section+digit, 0
		case c == "万":
			sum, section, digit = sum+(section+digit)*10_000, 0, 0
		case c == "亿":
			sum, section, digit = (sum+section+digit)*100_000_000, 0, 0
		default:
			return 0, false
		}
		if sum > 1e12 {
			return 0, false
		}
	}
	v := sum + section + digit
	full := inChinese(v)
	short, _ := strings.CutPrefix(full, "一十")
	if s != full && (short == full || s != "十"+short) {
		return 0, false
	}
	return v, true
}

// inChinese writes a number below 9999亿 in full.
func inChinese(v int64) string {
	if v == 0 {
		return hanDigits[0]
	}
	var out string
	for _, big := range []struct {
		unit int64
		word string
	}{{100_000_000, "亿"}, {10_000, "万"}, {1, ""}} {
		part := v / big.unit
		v %= big.unit
		if part == 0 {
			continue
		}
		if out != "" && part < 1000 {
			out += hanDigits[0]
		}
		out += underTenThousand(part) + big.word
	}
	return out
}

func underTenThousand(v int64) string {
	var out string
	zero := false
	for t, unit := 3, int64(1000); t >= 0; t, unit = t-1, unit/10 {
		d := v / unit % 10
		if d == 0 {
			zero = out != ""
			continue
		}
		if zero {
			out += hanDigits[0]
			zero = false
		}
		out += hanDigits[d] + hanTens[t]
	}
	return out
}
