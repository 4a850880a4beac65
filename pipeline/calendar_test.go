package pipeline

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline/schedule"
)

func workspace(t *testing.T) *Workspace {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "ws")
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 1, 10, 9, 0, 0, 0, schedule.Zone)
	w, err := Open(t.Context(), dir, Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, schedule.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestTheCloseComesAtEachDeadlineAndTheDigestNeverBeforeIt(t *testing.T) {
	w := workspace(t)
	for name, c := range map[string]struct {
		spec schedule.Spec
		want []string
	}{
		"close": {w.closings(), []string{"2025-01-08 18:00", "2025-02-10 18:00",
			"2025-03-07 18:00", "2025-04-08 18:00", "2025-05-12 18:00"}},
		"digest": {w.digestMoments(), []string{"2025-01-09 09:00", "2025-02-11 09:00",
			"2025-03-08 09:00", "2025-04-09 09:00", "2025-05-13 09:00"}},
	} {
		at := moment(t, "2025-01-01 00:00")
		for _, want := range c.want {
			if at = c.spec.Next(at); !at.Equal(moment(t, want)) {
				t.Errorf("%s: %s, want %s", name, at, want)
			}
		}
	}
	if at := w.closings().Next(moment(t, "2026-12-31 00:00")); !at.IsZero() {
		t.Errorf("the calendar ends with 2026 and a deadline comes at %s", at)
	}
}

// TestTheCalendarsEndIsToldAMonthBefore: with the forms of November, for those of
// December are due in the year that is lacking.
func TestTheCalendarsEndIsToldAMonthBefore(t *testing.T) {
	w := workspace(t)
	for due, want := range map[string]bool{"2026-10-25 09:00": false, "2026-11-25 09:00": true} {
		w.Now = func() time.Time { return moment(t, due) }
		said, err := w.formsDue(t.Context(), moment(t, due))
		if got := strings.Contains(said, "没有2027年，推算不出2026年12月的报送截止"); err != nil || got != want {
			t.Errorf("%s: %s %v", due, said, err)
		}
	}
}
