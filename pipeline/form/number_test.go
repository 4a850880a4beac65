package form

import (
	"testing"
)

func TestNumbersAsOfficesWriteThem(t *testing.T) {
	for _, c := range []struct{ text, measure, want string }{
		{"１２，３４５", "人", "12345"}, {"９０％", "%", "90"}, {"－5", "%", "-5"}, {"−5", "%", "-5"},
		{"1,234.5", "万元", "1234.5"}, {"1 234 567", "人", "1234567"}, {"+3", "人", "3"},
		{"负4.5", "%", "-4.5"}, {" 300 ", "人", "300"}, {"300 人", "人", "300"},
		{"12人", "人", "12"}, {"12人次", "人次", "12"}, {"5个百分点", "%", "5"}, {"88.5 %", "%", "88.5"},
		{"0", "人", "0"}, {"12节（次）", "节(次)", "12"}, {"3公里", "公里", "3"},
		{"约300", "人", "300 about"}, {"大约 300 人", "人", "300 about"}, {"300余", "人", "300 about"},
		{"300余人", "人", "300 about"}, {"300多人", "人", "300 about"}, {"300人左右", "人", "300 about"},
		{"近300人", "人", "300 about"}, {"90%以上", "%", "90 about"}, {"约-3", "%", "-3 about"},
		{"1.2万", "人", "12000 scaled"}, {"1.2万人", "人", "12000 scaled"}, {"3千", "人", "3000 scaled"},
		{"1.2万余人", "人", "12000 about scaled"}, {"30余万", "人", "300000 about scaled"},
		{"2百万", "人", "2000000 scaled"}, {"1.2万平方米", "平方米", "12000 scaled"},
		{"1200万元", "万元", "1200"}, {"1.2亿元", "万元", "12000 scaled"}, {"12000元", "万元", "1.2 scaled"},
		{"5元", "元", "5"}, {"1.2万元", "元", "12000 scaled"}, {"1.2万", "元", "12000 scaled"},
		{"3亿元", "亿元", "3"}, {"3000万元", "亿元", "0.3 scaled"}, {"1.2万人", "万人", "1.2"},
		{"一千二百", "人", "1200 scaled"}, {"十二", "人", "12 scaled"}, {"一十二人", "人", "12 scaled"},
		{"两百", "人", "200 scaled"}, {"一百零五", "人", "105 scaled"}, {"一万零三十", "人", "10030 scaled"},
		{"一万二千", "人", "12000 scaled"}, {"壹仟贰佰", "人", "1200 scaled"}, {"零", "人", "0 scaled"},
		{"三亿零五十万", "人", "300500000 scaled"}, {"十余", "人", "10 about scaled"},
		{"百分之九十", "%", "90 scaled"}, {"百分之88.5", "%", "88.5"}, {"两个", "个", "2 scaled"},

		{"一百二十万元", "万元", "120 scaled"}, {"一百二十", "万元", "120 scaled"},
		{"一百二十万", "万元", ""}, {"壹萬", "万元", ""}, {"百分之一万", "%", ""},
		{"1.2万", "万元", ""}, {"1.2亿", "万元", ""}, {"1.2万", "%", ""}, {"1.2万", "万人", ""},
		{"12000人", "万人", ""}, {"12家", "个", ""}, {"90%", "人", ""}, {"0.9成", "%", ""},
		{"1万2", "人", ""}, {"3万5千", "人", ""}, {"1.2万万", "人", ""}, {"12元", "人", ""},
		{"12,34", "人", ""}, {"1,2345", "人", ""}, {"12 34", "人", ""}, {"1，2", "人", ""},
		{"1.2.3", "人", ""}, {"1e5", "人", ""}, {"0x10", "人", ""}, {"NaN", "人", ""}, {"", "人", ""},
		{"(12)", "人", ""}, {"300-400", "人", ""}, {"300~400", "人", ""}, {"不足300", "人", ""},
		{"一百五", "人", ""}, {"一二百", "人", ""}, {"十两", "人", ""}, {"一二三", "人", ""}, {"几十", "人", ""},
		{"零百", "人", ""}, {"一百零零五", "人", ""}, {"一千零五十", "人", "1050 scaled"}, {"一千五十", "人", ""},
		{"百", "人", ""}, {"万", "人", ""}, {"约", "人", ""}, {"人", "人", ""}, {"多", "人", ""},
		{"--5", "人", ""}, {"+-5", "人", ""}, {"下降5%", "%", ""}, {"5%%", "%", ""}, {"٣", "人", ""},
		{"1234567890123456", "人", ""}, {"300（含退休）", "人", ""}, {"=1+2", "人", ""},
	} {
		got := ""
		if n, ok := readNumeral(c.text, c.measure); ok {
			got = n.value.String()
			if n.approximate {
				got += " about"
			}
			if n.scaled {
				got += " scaled"
			}
		}
		if got != c.want {
			t.Errorf("%q of %q: %q, want %q", c.text, c.measure, got, c.want)
		}
	}
}

func TestChineseNumeralsReadBack(t *testing.T) {
	for v := int64(0); v < 2_000_000_000_00; v = v*3/2 + 1 {
		s := inChinese(v)
		if got, ok := chinese(s); !ok || got != v {
			t.Errorf("%d is %s, read as %d %v", v, s, got, ok)
		}
	}
	for v := range int64(12_000) {
		if got, ok := chinese(inChinese(v)); !ok || got != v {
			t.Errorf("%d is %s, read as %d %v", v, inChinese(v), got, ok)
		}
	}
}

// FuzzNumeral: whatever is read has bounds, and a text without a digit of any
// kind is no number.
func FuzzNumeral(f *testing.F) {
	for _, s := range []string{"1.2万", "约300余人", "一千二百", "１２，３４５", "百分之九十", "-1,234.5"} {
		f.Add(s, "人")
		f.Add(s, "%")
		f.Add(s, "万元")
	}
	f.Fuzz(func(t *testing.T, s, measure string) {
		n, ok := readNumeral(s, measure)
		if !ok {
			return
		}
		if n.value.NumDigits() > 40 || n.value.Exponent() < -40 {
			t.Errorf("%q of %q is %s", s, measure, n.value)
		}
		again, ok := readNumeral(n.value.String(), "人")
		if ok && !again.value.Equal(n.value) {
			t.Errorf("%q is %s, read back as %s", s, n.value, again.value)
		}
	})
}
