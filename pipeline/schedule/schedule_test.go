package schedule

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLinesThatCannotBeAreRefusedInChinese(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"", "五项"},
		{"0 9 25 *", "有4项"},
		{"0 0 9 25 * *", "有6项"},
		{"TZ=Asia/Shanghai", "时区"},
		{"CRON_TZ=UTC 0 9 * * *", "时区"},
		{"0 0 30 2 *", "永远不会到来"},
		{"60 9 * * *", "第1项“60”"},
		{"0 24 * * *", "第2项“24”"},
		{"0 9 32 * *", "第3项“32”"},
		{"0 9 1 13 *", "第4项“13”"},
		{"0 9 * * 7", "星期日写0"},
		{"0 9 L * *", "第3项“L”"},
		{"@every 0s", "过密"},
		{"@every -5s", "过密"},
		{"@every 59s", "过密"},
		{"@every soon", "读不懂"},
		{"@fortnightly", "读不懂"},
		{"０ 9 * * *", "第1项"},
	} {
		_, err := Parse(c.line)
		if err == nil {
			t.Errorf("%q was accepted", c.line)
			continue
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v; want it to say %s", c.line, err, c.want)
		}
	}
}

func TestNextIsInBeijingTime(t *testing.T) {
	s := must(t, " 0 9 25 * * ")
	got := s.Next(time.Date(2025, 3, 25, 0, 59, 59, 0, time.UTC))
	want := "2025-03-25T09:00:00+08:00"
	if got.Format(time.RFC3339) != want {
		t.Errorf("next is %s, want %s", got.Format(time.RFC3339), want)
	}
	if s.String() != "0 9 25 * *" {
		t.Errorf("the line reads %q", s)
	}
	if !(Spec{}).Next(got).IsZero() {
		t.Error("the zero spec has a next moment")
	}
}

func TestDueIsTheLatestMomentAndCountsTheOthers(t *testing.T) {
	at := func(s string) time.Time {
		m, err := time.ParseInLocation("2006-01-02 15:04", s, Zone)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, c := range []struct {
		line, last, now, due string
		missed               int
	}{
		{"0 9 8 * *", "2025-03-01 00:00", "2025-03-08 08:59", "", 0},
		{"0 9 8 * *", "2025-03-01 00:00", "2025-03-08 09:00", "2025-03-08 09:00", 0},
		{"0 9 8 * *", "2025-03-08 09:00", "2025-03-08 09:00", "", 0},
		{"0 9 8 * *", "2025-03-08 09:00", "2025-03-20 00:00", "", 0},
		{"0 9 8 * *", "2025-01-08 09:00", "2025-04-09 00:00", "2025-04-08 09:00", 2},
		{"0 9 8 * *", "2025-04-08 09:00", "2025-01-01 00:00", "", 0}, // put back
		{"* * * * *", "2000-01-01 00:00", "2025-04-09 10:11", "2025-04-09 10:11", 10_000},
		{"0 0 29 2 *", "2000-01-01 00:00", "2025-04-09 10:11", "2024-02-29 00:00", 6},
		{"30 4 * * *", "1900-01-01 00:00", "2025-04-09 04:29", "2025-04-08 04:30", 10_000},
		{"@every 5m", "2025-04-09 10:00", "2025-04-09 10:04", "", 0},
		{"@every 5m", "2025-04-09 10:00", "2025-04-09 11:04", "2025-04-09 11:04", 0},
	} {
		due, missed, ok := must(t, c.line).Due(at(c.last), at(c.now))
		got := ""
		if ok {
			got = due.Format("2006-01-02 15:04")
		}
		if got != c.due || missed != c.missed {
			t.Errorf("%s from %s to %s: %q and %d missed, want %q and %d",
				c.line, c.last, c.now, got, missed, c.due, c.missed)
		}
	}
	if _, _, ok := must(t, "* * * * *").Due(time.Time{}, at("2025-01-01 00:00")); ok {
		t.Error("something is due before anything began")
	}
}

// book keeps what a ledger would: each job's last moment.
type book map[string]time.Time

func (b book) planner(now func() time.Time) *Planner {
	return &Planner{
		Now:  now,
		Last: func(_ context.Context, job string) (time.Time, error) { return b[job], nil },
		Store: func(_ context.Context, job string, m time.Time) error {
			b[job] = m
			return nil
		},
		Log: quiet,
	}
}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func TestNothingIsMissedInFourHundredDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := book{}
		var got []string
		j := Job{Name: "digest", Spec: must(t, "0 9 8 * *"), Do: note(&got)}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		p := kept.planner(time.Now)
		go func() {
			defer close(done)
			Ticker{quiet}.Run(ctx, must(t, "*/10 * * * *"), func(ctx context.Context) {
				if err := p.Once(ctx, j); err != nil {
					t.Error(err)
				}
			})
		}()
		start := time.Now().In(Zone) // synctest begins at 2000-01-01 in UTC
		time.Sleep(400 * 24 * time.Hour)
		cancel()
		<-done
		var want []string
		for m := start; !m.After(start.AddDate(0, 0, 400)); m = m.AddDate(0, 0, 1) {
			if m.Day() == 8 {
				want = append(want, m.Format("2006-01-02")+" 09:00")
			}
		}
		if len(want) != 13 {
			t.Fatalf("the test itself counts %d months", len(want))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("moments done (-want +got):\n%s", d)
		}
	})
}

func TestDaysOffAreCaughtUpExactlyOnce(t *testing.T) {
	now := time.Date(2025, 3, 1, 10, 0, 0, 0, Zone)
	kept := book{}
	var got []string
	j := Job{Name: "daily", Spec: must(t, "0 9 * * *"), Do: note(&got)}
	p := kept.planner(func() time.Time { return now })
	step := func(d time.Duration) {
		t.Helper()
		now = now.Add(d)
		if err := p.Once(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
	step(0)                            // it begins: nothing from before is done
	step(5 * 24 * time.Hour)           // five days off
	step(time.Minute)                  // and no second time
	step(-3 * 24 * time.Hour)          // the clock is put back
	step(3*24*time.Hour - 1)           // and comes up again
	step(23 * time.Hour)               // the next day's
	step(23*time.Hour + 1*time.Minute) // not yet
	want := []string{"2025-03-06 09:00", "2025-03-07 09:00"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("moments done (-want +got):\n%s", d)
	}
}

func TestAFaultOrPanicIsTriedAgainAndStopsNoOther(t *testing.T) {
	now := time.Date(2025, 3, 8, 9, 0, 0, 0, Zone)
	begun := now.Add(-time.Hour)
	kept := book{"breaks": begun, "fails": begun, "works": begun}
	tries := map[string]int{}
	do := func(name string, fault func(n int) error) Job {
		return Job{name, "任务" + name, must(t, "0 9 8 * *"), func(context.Context, time.Time) error {
			tries[name]++
			return fault(tries[name])
		}}
	}
	jobs := []Job{
		do("breaks", func(n int) error {
			if n == 1 {
				panic("a fault of ours")
			}
			return nil
		}),
		do("fails", func(n int) error {
			if n < 3 {
				return errors.New("disk full")
			}
			return nil
		}),
		do("works", func(int) error { return nil }),
	}
	p := kept.planner(func() time.Time { return now })
	var faults []int
	for range 4 {
		n := 0
		if err := p.Once(t.Context(), jobs...); err != nil {
			n = strings.Count(err.Error(), "任务breaks：程序出错：a fault of ours") +
				strings.Count(err.Error(), "任务fails：disk full")
			if strings.Contains(err.Error(), "goroutine") {
				t.Errorf("a reader of health gets a stack: %v", err)
			}
		}
		faults = append(faults, n)
	}
	if d := cmp.Diff([]int{2, 1, 0, 0}, faults); d != "" {
		t.Errorf("faults by round (-want +got):\n%s", d)
	}
	if d := cmp.Diff(map[string]int{"breaks": 2, "fails": 3, "works": 1}, tries); d != "" {
		t.Errorf("tries (-want +got):\n%s", d)
	}
}

func TestATickThatPanicsDoesNotStopTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute+time.Second)
		defer cancel()
		n := 0
		Ticker{quiet}.Run(ctx, must(t, "* * * * *"), func(context.Context) {
			n++
			panic("a fault of ours")
		})
		if n != 10 {
			t.Errorf("ticked %d times in ten minutes", n)
		}
	})
}

func TestASlowTickIsNotOvertakenAndIsAwaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute+time.Second)
		defer cancel()
		begun, ended, together := 0, 0, 0
		Ticker{quiet}.Run(ctx, Every(time.Minute), func(context.Context) {
			begun++
			together = max(together, begun-ended)
			time.Sleep(150 * time.Second)
			ended++
		})
		if begun != 2 || ended != 2 || together != 1 {
			t.Errorf("begun %d, ended %d, at once %d; want 2, 2, 1", begun, ended, together)
		}
	})
}

func note(got *[]string) func(context.Context, time.Time) error {
	return func(_ context.Context, due time.Time) error {
		*got = append(*got, due.In(Zone).Format("2006-01-02 15:04"))
		return nil
	}
}

func must(t *testing.T, line string) Spec {
	t.Helper()
	s, err := Parse(line)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func FuzzParseNeverPanics(f *testing.F) {
	for _, s := range []string{"0 9 25 * *", "TZ=", "@every 1h", "*/5 1-3 * JAN MON", "@"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		s, err := Parse(line)
		if err == nil && s.Next(time.Date(2025, 1, 1, 0, 0, 0, 0, Zone)).IsZero() {
			t.Errorf("%q was accepted and never comes", line)
		}
	})
}
