package form

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"

	"github.com/shopspring/decimal"
)

// What one cell means is settled here, and only what is certain: digits and
// signs of full width, thousands separators and percent signs. Whatever else
// stands in a cell keeps its text and no number, for the checks to name.

// meaning turns a cell as the file holds it into what it says. measure is the
// row's 计量单位: percentages are in points only where it is %.
func meaning(w *sheet.Workbook, c sheet.Cell, measure string) plan.Cell {
	out := plan.Cell{Address: c.Address(), Raw: c.Raw, Format: c.Format, Formula: c.Formula,
		Hidden: c.Hidden, Outside: c.HasFormula && c.External()}
	if c.HasFormula && !c.HasValue {
		out.Kind, out.Raw = plan.NoCacheCell, "="+c.Formula
		return out
	}
	switch c.Kind {
	case sheet.Number, sheet.ISODate:
		readNumber(&out, w, c, measure)
	case sheet.Bool:
		out.Kind, out.Text = plan.BoolCell, c.Raw
	case sheet.ErrorValue:
		out.Kind, out.Text = plan.ErrorCell, c.Raw
	default:
		readText(&out, measure)
	}
	return out
}

func readNumber(out *plan.Cell, w *sheet.Workbook, c sheet.Cell, measure string) {
	out.Kind, out.Text = plan.NumberCell, c.Raw
	if c.IsDate() {
		// A number in a date's clothes may be either: it is read as a date
		// and never as a figure.
		if y, m, d, ok := w.Date(c); ok {
			out.Date = plan.Date{Year: y, Month: m, Day: d}
			out.Month, out.Text = out.Date.InMonth(), out.Date.String()
		}
		return
	}
	d, ok := exact(c.Raw)
	if !ok {
		return
	}
	out.Text = d.String()
	if percentFormat(c.Format) && measure == "%" {
		d = d.Shift(2)
	}
	out.Number = plan.Known(d)
}

// exact reads a stored number. What a program computed in floating point is
// rounded to the 15 digits an office program shows: 0.30000000000000004 is 0.3.
func exact(raw string) (decimal.Decimal, bool) {
	if len(raw) > 40 {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(strings.TrimSpace(raw))
	if err != nil {
		return decimal.Decimal{}, false
	}
	if size := d.NumDigits() + int(d.Exponent()); size > 15 || size < -15 {
		// An identity number typed as a number, 1e9999: nobody's figure.
		return decimal.Decimal{}, false
	}
	if over := d.NumDigits() - 15; over > 0 {
		d = d.Round(-d.Exponent() - int32(over))
	}
	return d, true
}

func readText(out *plan.Cell, measure string) {
	out.Kind = plan.TextCell
	out.Text = strings.TrimSpace(unseen(out.Raw))
	if isErrorText(out.Text) {
		out.Kind = plan.ErrorCell
		return
	}
	plain := narrow(out.Text)
	if strings.Contains(plain, "0:00") {
		plain = midnight.ReplaceAllString(plain, "")
	}
	plain = squeezed(plain)
	if d, ok := readDate(plain); ok {
		out.Date, out.Month = d, d.InMonth()
		return
	}
	if m, ok := readMonth(plain); ok {
		out.Month = m
	}
	if n, ok := readNumeral(out.Text, measure); ok {
		out.Number = plan.Known(n.value)
		out.Approximate, out.Scaled = n.approximate, n.scaled
	}
}

var (
	dateShape  = regexp.MustCompile(`^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?$`)
	monthShape = regexp.MustCompile(`^(\d{4})[-./年](\d{1,2})月?(?:份)?$`)
)

// Serial days from 2000-01-01 to 2099-12-31.
const firstDay, lastDay = 36526, 73050

var (
	midnight  = regexp.MustCompile(`[ T]0?0:00(:00)?(\.0+)?$`)
	packedDay = regexp.MustCompile(`^20\d{6}$`)
	packedMon = regexp.MustCompile(`^20\d{4}$`)
	dottedMon = regexp.MustCompile(`^20\d{2}\.(0[1-9]|1[0-2]|[2-9])$`) // 2025.1 may be October
)

// asDate reads a cell where a date is asked for: a number without a date's
// clothes is a serial day, or one written together (20250331, 202503).
func asDate(out *plan.Cell, w *sheet.Workbook, month bool) {
	if !out.Date.IsZero() || out.Month != 0 && out.Kind == plan.TextCell || !out.Number.Known() {
		return
	}
	s := out.Number.String()
	switch n, err := strconv.Atoi(s); {
	case packedDay.MatchString(s):
		if d, ok := readDate(s[:4] + "-" + s[4:6] + "-" + s[6:]); ok {
			out.Date, out.Month = d, d.InMonth()
		}
	case month && packedMon.MatchString(s):
		out.Month, _ = readMonth(s[:4] + "-" + s[4:])
	case month && out.Kind == plan.NumberCell && dottedMon.MatchString(s):
		out.Month, _ = readMonth(s)
	case err == nil && n >= firstDay && n <= lastDay && out.Kind == plan.NumberCell:
		if y, m, d, ok := w.Date(sheet.Cell{Kind: sheet.Number, Raw: s, HasValue: true}); ok {
			out.Date = plan.Date{Year: y, Month: m, Day: d}
			out.Month = out.Date.InMonth()
		}
	}
}

func readDate(s string) (plan.Date, bool) {
	if !startsWithDigit(s) {
		return plan.Date{}, false
	}
	m := dateShape.FindStringSubmatch(s)
	if m == nil {
		return plan.Date{}, false
	}
	y, mo, d := atoi(m[1]), atoi(m[2]), atoi(m[3])
	t := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || int(t.Month()) != mo || t.Day() != d {
		return plan.Date{}, false // 2025-02-30
	}
	return plan.DateOf(t), true
}

// readMonth reads 2025-05, 2025.5, 2025年5月, 2025年5月份.
func readMonth(s string) (plan.Month, bool) {
	if !startsWithDigit(s) {
		return 0, false
	}
	m := monthShape.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	y, mo := atoi(m[1]), atoi(m[2])
	if mo < 1 || mo > 12 {
		return 0, false
	}
	return plan.MonthOf(y, mo), true
}

// startsWithDigit spares nearly every text the patterns.
func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // digits only, by the shapes above
	return n
}

// percentFormat reports whether a number format multiplies by a hundred: a
// percent sign outside quotes, brackets and escapes.
func percentFormat(format string) bool {
	quoted := false
	for i := 0; i < len(format); i++ {
		switch format[i] {
		case '"':
			quoted = !quoted
		case '\\', '_', '*':
			i++
		case '[':
			if j := strings.IndexByte(format[i:], ']'); j > 0 && !quoted {
				i += j
			}
		case '%':
			if !quoted {
				return true
			}
		}
	}
	return false
}

func isErrorText(s string) bool {
	if !strings.HasPrefix(s, "#") {
		return false
	}
	switch strings.ToUpper(s) {
	case "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!":
		return true
	}
	return false
}
