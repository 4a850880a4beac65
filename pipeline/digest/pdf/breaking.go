package pdf

import (
	"strings"
	"unicode"
)

// Where a line may end, after GB/T 15834 and the custom of official papers:
//
//   - no line begins with a closing mark, none ends with an opening one;
//   - a dash (——) and an ellipsis (……) are whole;
//   - a number, its sign and its unit are whole: 1.2万人, 300㎡, 2024年, ≥95%, 附件2;
//   - a word of Latin letters is whole.
const (
	neverFirst = "，。、；：？！）》〉”’」』】〗〕］｝％‰℃°～·…,.;:?!)]}%»々ー"
	neverLast  = "（《〈“‘「『【〖〔［｛([{«￥$№"
	signsAhead = "+-−±≥≤＞＜><≈＋－~第"
	inNumber   = ".,:/×-–—～~·"
	multiples  = "万亿千百十余多"
)

// units is the units of more than one character; after a number any single
// character counts as its unit.
var units = []string{
	"个百分点", "个工作日", "平方公里", "平方千米", "平方米", "立方米", "公里", "千米", "公顷", "千瓦时",
	"千瓦", "人次", "人天", "户次", "个月", "小时", "分钟", "周岁", "周年", "年度", "月份", "季度",
	"公斤", "千克", "毫米", "厘米", "个数", "美元", "元人民币", "床位", "家次", "场次", "批次",
	"台套", "人份", "床", "个", "℃", "㎡", "km", "kW",
}

// breaks tells for each i whether a line may end before rs[i].
func breaks(rs []rune) []bool {
	b := make([]bool, len(rs))
	for i := 1; i < len(rs); i++ {
		b[i] = mayPart(rs, i)
	}
	for i := 0; i < len(rs); {
		if !unicode.IsDigit(rs[i]) {
			i++
			continue
		}
		from, to := i, numberEnd(rs, i)
		for from > 0 && strings.ContainsRune(signsAhead, rs[from-1]) {
			from--
		}
		from -= namedBy(rs[:from])
		for j := from + 1; j < to; j++ {
			b[j] = false
		}
		i = to
	}
	return b
}

// namedBy is how many characters before a number are one with it: 附件2, 表1,
// 〔2025〕3号.
func namedBy(rs []rune) int {
	s := string(rs[max(0, len(rs)-2):])
	switch {
	case strings.HasSuffix(s, "附件"):
		return 2
	case strings.HasSuffix(s, "〕"), strings.HasSuffix(s, "表"), strings.HasSuffix(s, "图"):
		return 1
	}
	return 0
}

// mayPart judges the two characters at i-1 and i.
func mayPart(rs []rune, i int) bool {
	a, z := rs[i-1], rs[i]
	switch {
	case strings.ContainsRune(neverFirst, z), strings.ContainsRune(neverLast, a):
		return false
	case z == ' ':
		return false
	case a == ' ':
		return true
	case a == z && (a == '—' || a == '…'):
		return false
	case strings.ContainsRune(",;:!?", a) && i > 1 && !inWord(rs[i-2]):
		return true // a Western comma in Chinese text
	}
	return !inWord(a) || !inWord(z)
}

// inWord reports a character of words and numbers that stay whole.
func inWord(r rune) bool {
	switch {
	case r > ' ' && r < 0x7f, unicode.IsDigit(r):
		return true
	}
	return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}

// numberEnd is the end of the number that begins at i, with its unit.
func numberEnd(rs []rune, i int) int {
	for i < len(rs) && (unicode.IsDigit(rs[i]) ||
		strings.ContainsRune(inNumber, rs[i]) && i+1 < len(rs) && unicode.IsDigit(rs[i+1])) {
		i++
	}
	if i < len(rs) && strings.ContainsRune("%％‰", rs[i]) {
		return i + 1
	}
	if i < len(rs) && rs[i] == '.' {
		i++ // 1.名称
	}
	for i < len(rs) && strings.ContainsRune(multiples, rs[i]) {
		i++
	}
	rest := string(rs[i:min(i+6, len(rs))])
	for _, u := range units {
		if strings.HasPrefix(rest, u) {
			return i + len([]rune(u))
		}
	}
	if i < len(rs) && isUnit(rs[i]) {
		i++
	}
	return i
}

func isUnit(r rune) bool {
	return unicode.Is(unicode.Han, r) || unicode.IsLetter(r) || r >= 0x3300 && r < 0x3400
}
