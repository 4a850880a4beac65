package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/plan"

	"github.com/google/go-cmp/cmp"
)

// files counts the files of a folder of the workspace.
func files(t *testing.T, dir, rel string) int {
	t.Helper()
	found, err := os.ReadDir(filepath.Join(dir, rel))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return len(found)
}

// swept opens the workspace at a moment, looks once, and closes it again, as a
// program that is started and ends.
func swept(t *testing.T, dir string, c *clock) []string {
	t.Helper()
	w := open(t, dir, c)
	defer w.Close()
	s, err := w.Once(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, j := range s.Jobs {
		head, _, _ := strings.Cut(j, "：")
		head, _, _ = strings.Cut(head, "，")
		said = append(said, head)
	}
	return said
}

func TestMomentMissedWhileOffIsCaughtUpOnce(t *testing.T) {
	dir, c := newWorkspace(t), &clock{}
	steps := []struct {
		when time.Time
		want []string
	}{
		// A new workspace begins now: nothing from before is due.
		{at(2025, 1, 20, 10), nil},
		{at(2025, 1, 25, 8), nil},
		// Off from here until 12 February: forms, close and digest were missed.
		{at(2025, 2, 12, 10), []string{"2025年1月填报表已下发29份。", "2025年1月报送已截止", "2025年1月通报已出"}},
		{at(2025, 2, 12, 11), nil},
		{at(2025, 2, 25, 9), []string{"2025年2月填报表已下发29份。"}},
		{at(2025, 2, 25, 10), nil},
		// Off for two months: the latest moment of each, once.
		{at(2025, 4, 26, 9), []string{"2025年4月填报表已下发29份。", "2025年3月报送已截止", "2025年3月通报已出"}},
		{at(2025, 4, 26, 10), nil},
		// A clock that was set back does nothing again.
		{at(2025, 4, 20, 10), nil},
	}
	for _, s := range steps {
		c.Time = s.when
		if diff := cmp.Diff(s.want, swept(t, dir, c)); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", s.when.Format(time.DateTime), diff)
		}
	}
	for month, want := range map[string]int{"2025-01": 29, "2025-02": 0, "2025-03": 29} {
		if got := files(t, dir, "outbox/digests/"+month+"/责任单位"); got != 2*want {
			t.Errorf("%d files for the units in %s, want two for each of %d", got, month, want)
		}
	}
}

func at(year int, month time.Month, day, hour int) time.Time {
	var c clock
	c.set(year, month, day, hour)
	return c.Time
}

// TestClosingTimeDecidesWhoIsLate: one and the same minute is on time, the next
// is late, in Beijing's time whatever zone the machine is in.
func TestClosingTimeDecidesWhoIsLate(t *testing.T) {
	january := plan.MonthOf(2025, 1)
	ctx, dir, c := context.Background(), newWorkspace(t), &clock{}
	c.set(2025, time.January, 25, 9)
	w := open(t, dir, c)
	defer w.Close()
	r := newRoute(t, w)
	for i, x := range []struct {
		unit string
		when time.Time
		want bool
	}{
		{"cl", time.Date(2025, 2, 10, 10, 0, 0, 0, time.UTC), true},
		{"jtj", time.Date(2025, 2, 10, 10, 0, 1, 0, time.UTC), false},
	} {
		c.set(2025, time.January, 25, 9)
		forms, err := w.IssueForms(ctx, january, w.Plan.Unit(x.unit))
		if err != nil {
			t.Fatal(err)
		}
		c.Time = x.when
		r.hand(ctx, r.fill(forms[0].File, january, x.unit), pipeline.Handing{})
		units, err := w.Status(ctx, january)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range units {
			if u.Unit == x.unit && (u.OnTime == nil || *u.OnTime != x.want) {
				t.Errorf("%d: %s on time: %s, want %v", i, x.unit, fmt.Sprint(u.OnTime), x.want)
			}
		}
	}
}
