package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// IsDate reports whether the cell shows a date or a time: a number whose
// format has a date's letters outside quotes and brackets, or an ISODate.
func (c Cell) IsDate() bool {
	return c.Kind == ISODate || (c.Kind == Number && dateFormat(c.Format))
}

// Date is the calendar day a number or an ISODate stands for, whatever its
// format: ask IsDate first. It is not ok for a time without a day, for serial
// 60 of the 1900 system (a 29 February that never was), past the year 9999
// and for what is no number.
func (w *Workbook) Date(c Cell) (year, month, day int, ok bool) {
	switch c.Kind {
	case ISODate:
		head, _, _ := strings.Cut(c.Raw, "T")
		t, err := time.Parse(time.DateOnly, head)
		return t.Year(), int(t.Month()), t.Day(), err == nil
	case Number:
		if strings.Trim(c.Raw, "+-.0123456789eE") != "" {
			return 0, 0, 0, false // NaN, Inf, hexadecimal, 1_000
		}
		f, err := strconv.ParseFloat(c.Raw, 64)
		if err != nil || f < 0 || f >= 2_958_466 {
			return 0, 0, 0, false
		}
		return w.day(int(math.Floor(f)))
	}
	return 0, 0, 0, false
}

func (w *Workbook) day(serial int) (year, month, day int, ok bool) {
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case w.Date1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial == 0 || serial == 60:
		return 0, 0, 0, false
	case serial < 60:
		base = base.AddDate(0, 0, 1)
	}
	t := base.AddDate(0, 0, serial)
	return t.Year(), int(t.Month()), t.Day(), t.Year() <= 9999
}

// dateFormat reports whether a number-format code formats a date or a time.
func dateFormat(code string) bool {
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			i = past(code, i, '"')
		case '[':
			j := past(code, i, ']')
			switch strings.ToLower(code[i+1 : j]) {
			case "h", "hh", "m", "mm", "s", "ss": // elapsed time
				return true
			}
			i = j
		case '\\', '!', '_', '*': // the next character stands for itself
			i++
		case 'y', 'm', 'd', 'h', 's', 'Y', 'M', 'D', 'H', 'S':
			return true
		}
	}
	return false
}

// past is the place of the closing mark behind i, or the end.
func past(s string, i int, mark byte) int {
	if j := strings.IndexByte(s[i+1:], mark); j >= 0 {
		return i + 1 + j
	}
	return len(s)
}

// builtin gives the codes of the formats that files name by number only, as
// the Chinese programs show them.
func builtin(id int) string {
	if id < 0 || id >= len(builtins) {
		return ""
	}
	return builtins[id]
}

const (
	yearMonth = `yyyy"年"m"月"`
	monthDay  = `m"月"d"日"`
	noonTime  = `上午/下午h"时"mm"分"`
	noonClock = `上午/下午h"时"mm"分"ss"秒"`
)

var builtins = [...]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: `"¥"#,##0;"¥"\-#,##0`, 6: `"¥"#,##0;[Red]"¥"\-#,##0`,
	7: `"¥"#,##0.00;"¥"\-#,##0.00`, 8: `"¥"#,##0.00;[Red]"¥"\-#,##0.00`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
	22: "yyyy/m/d h:mm", 27: yearMonth, 28: monthDay, 29: monthDay,
	30: "m/d/yy", 31: `yyyy"年"m"月"d"日"`, 32: `h"时"mm"分"`,
	33: `h"时"mm"分"ss"秒"`, 34: noonTime, 35: noonClock, 36: yearMonth,
	37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
	40: "#,##0.00;[Red]-#,##0.00", 41: `_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ `,
	42: `_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ `,
	43: `_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `,
	44: `_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ `,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: yearMonth, 51: monthDay, 52: yearMonth, 53: monthDay, 54: monthDay,
	55: noonTime, 56: noonClock, 57: yearMonth, 58: monthDay,
}
