package plan

import (
	"fmt"
	"time"
)

// Month (报送期) counts months from year 0, so that months subtract. The zero
// Month means that none is given.
type Month int

// MonthOf is the month with that year and number (1 to 12).
func MonthOf(year, number int) Month { return Month(year*12 + number - 1) }

// MonthAt is the month of a moment, by that moment's own zone.
func MonthAt(t time.Time) Month { return MonthOf(t.Year(), int(t.Month())) }

// ParseMonth reads "2025-03"; "" is no month.
func ParseMonth(s string) (Month, error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a month such as 2025-03", s)
	}
	return MonthAt(t), nil
}

// Year is the calendar year.
func (m Month) Year() int { return int(m) / 12 }

// Number is 1 for January to 12 for December.
func (m Month) Number() int { return int(m)%12 + 1 }

// String is "2025-03", "" for no month.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year(), m.Number())
}

// Chinese is "2025年3月".
func (m Month) Chinese() string { return fmt.Sprintf("%d年%d月", m.Year(), m.Number()) }

// End is the last day of the month.
func (m Month) End() Date {
	t := time.Date(m.Year(), time.Month(m.Number()+1), 0, 0, 0, 0, 0, time.UTC)
	return DateOf(t)
}

// Date is a calendar day, without a zone. The zero Date means none is given.
type Date struct{ Year, Month, Day int }

// DateOf is the calendar day of a moment, by that moment's own zone.
func DateOf(t time.Time) Date { return Date{t.Year(), int(t.Month()), t.Day()} }

// ParseDate reads "2025-03-31"; "" is no date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date such as 2025-03-31", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether no date is given.
func (d Date) IsZero() bool { return d == Date{} }

// String is "2025-03-31", "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Chinese is "2025年3月31日", as official papers write it: no leading zero.
func (d Date) Chinese() string {
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// InMonth is the month the day lies in.
func (d Date) InMonth() Month { return MonthOf(d.Year, d.Month) }

// Compare is -1, 0 or 1 as d is before, the same day as, or after e.
func (d Date) Compare(e Date) int {
	a, b := d.Year*10000+d.Month*100+d.Day, e.Year*10000+e.Month*100+e.Day
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
