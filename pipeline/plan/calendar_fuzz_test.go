package plan_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"duban/pipeline/plan"
)

// FuzzCalendar: a calendar file gives a calendar that can be asked, or an error.
func FuzzCalendar(f *testing.F) {
	b, err := os.ReadFile("../../seeds/calendar.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("years: [2025\n"))
	f.Add([]byte("a: &a [*a]\n"))
	path := filepath.Join(f.TempDir(), "calendar.yaml")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := plan.ReadCalendar(path)
		if (c == nil) == (err == nil) {
			t.Fatalf("%v beside %v", c, err)
		}
		if c != nil {
			c.Workday(plan.DateOf(time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC)))
		}
	})
}
