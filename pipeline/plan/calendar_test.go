package plan_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline/plan"
)

const seedCalendar = "../../seeds/calendar.yaml"

func calendar(t *testing.T, path string) *plan.Calendar {
	t.Helper()
	c, err := plan.ReadCalendar(path)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Whatever is moved, a year has as many free days as it has Saturdays, Sundays
// and statutory holidays: 11 until 2024, 13 from 2025 on.
func TestTheSeedCalendarMovesDaysAndLosesNone(t *testing.T) {
	c := calendar(t, seedCalendar)
	for year, statutory := range map[int]int{2023: 11, 2024: 11, 2025: 13, 2026: 13} {
		works, weekdays := 0, 0
		for d := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == year; d = d.AddDate(0, 0, 1) {
			if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
				weekdays++
			}
			ok, err := c.Workday(plan.DateOf(d))
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				works++
			}
		}
		if works != weekdays-statutory {
			t.Errorf("%d: %d days are worked, want %d", year, works, weekdays-statutory)
		}
	}
}

func TestNthWorkdayGoesRoundHolidaysAndMakeUpDays(t *testing.T) {
	c := calendar(t, seedCalendar)
	for month, want := range map[string]string{
		"2023-01": "2023-01-09", // 元旦 on the 1st and 2nd
		"2023-10": "2023-10-11", // the holiday ends on the 6th; Saturday and Sunday are worked
		"2024-02": "2024-02-06", // the Sunday of the 4th is worked
		"2025-02": "2025-02-10", // 5th to 7th, Saturday the 8th, Monday the 10th
		"2025-03": "2025-03-07",
		"2025-04": "2025-04-08", // 清明节 from the 4th to the 6th
		"2025-05": "2025-05-12",
		"2025-10": "2025-10-14", // Saturday the 11th is worked
		"2026-01": "2026-01-08", // Sunday the 4th is worked
		"2026-02": "2026-02-06",
	} {
		m, err := plan.ParseMonth(month)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.NthWorkday(m, 5)
		if err != nil || got.String() != want {
			t.Errorf("the fifth workday of %s is %s (%v), want %s", month, got, err, want)
		}
	}
}

func TestAYearTheCalendarDoesNotHaveIsNotGuessed(t *testing.T) {
	_, err := calendar(t, seedCalendar).NthWorkday(plan.MonthOf(2027, 1), 5)
	var year *plan.YearError
	if !errors.As(err, &year) || year.Year != 2027 || !strings.Contains(err.Error(), "补上") {
		t.Errorf("got %v", err)
	}
}

func TestSlipsInACalendarAreToldWithTheirLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", ":1: "},
		{"no years", "years: []\n", "没有任何年份"},
		{"unknown key", "years:\n  - year: 2025\n    source: x\n    hollidays: []\n", ":4: "},
		{"no holidays", "years:\n  - year: 2025\n    source: x\n", "没有列出任何假期"},
		{"year twice", year("{name: 元旦, from: 2025-01-01, to: 2025-01-01}") +
			year("{name: 元旦, from: 2025-01-01, to: 2025-01-01}")[len("years:\n"):], "写了两段"},
		{"no source", "years:\n  - year: 2025\n    holidays:\n" +
			"      - {name: 元旦, from: 2025-01-01, to: 2025-01-01}\n", "依据（source）"},
		{"cut in the middle", year("{name: 元旦, from: 2025-01-01, to: 2025-01-01}"), ":2: 2025年没有写春节"},
		{"no such day", year("{name: 元旦, from: 2025-01-32, to: 2025-02-01}"), ":5: "},
		{"backwards", year("{name: 元旦, from: 2025-01-03, to: 2025-01-01}"), ":5: "},
		{"a slip of a month", year("{name: 春节, from: 2025-01-28, to: 2025-03-04}"), "不合常理"},
		{"other year", year("{name: 元旦, from: 2024-12-31, to: 2025-01-01}"), "跨年的假期"},
		{"worked on a Monday", year("{name: 元旦, from: 2025-01-01, to: 2025-01-01, work: [2025-01-06]}"),
			"不是周六或周日"},
		{"worked and off", year("{name: 元旦, from: 2025-01-01, to: 2025-01-05, work: [2025-01-04]}"),
			"既写成放假又写成上班"},
	} {
		path := filepath.Join(t.TempDir(), "calendar.yaml")
		if err := os.WriteFile(path, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := plan.ReadCalendar(path)
		var files *plan.FilesError
		if !errors.As(err, &files) || !strings.HasPrefix(err.Error(), path+":") ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func year(holiday string) string {
	return "years:\n  - year: 2025\n    source: x\n    holidays:\n      - " + holiday + "\n"
}
