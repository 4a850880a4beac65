// Package schedule turns a cron line into the moments it names, and says which
// of them were missed.
//
// The rules it keeps:
//
//   - Every moment is in Beijing time, wherever the machine stands.
//   - What was missed while the program was off is due once, not once for each
//     moment, and the count of the others is told.
//   - A clock that is put back makes nothing due a second time.
//
// It never stores anything: the caller keeps the last moment that was done.
package schedule

import (
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // offices run on machines without a zone database

	"github.com/robfig/cron/v3"
)

// Zone is Beijing time.
var Zone = func() *time.Location {
	z, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic("schedule: the embedded zone database has no Asia/Shanghai: " + err.Error())
	}
	return z
}()

// Spec is a cron line that was read. The zero Spec never comes due.
type Spec struct {
	line string
	cron cron.Schedule
}

// Parse reads a cron line of five fields (分 时 日 月 星期), or @daily, @every 5m
// and their kin. Refused, with a Chinese sentence: what does not parse, names a
// zone of its own, never comes due, or is due more than once a minute.
func Parse(line string) (Spec, error) {
	line = strings.TrimSpace(line)
	if line == "" {
		return Spec{}, errors.New("定时为空，应写成“分 时 日 月 星期”五项，如“0 9 25 * *”")
	}
	if strings.Contains(line, "TZ=") {
		return Spec{}, fmt.Errorf("定时“%s”不得另写时区，一律为北京时间", line)
	}
	s, err := parse(line)
	if err != nil {
		return Spec{}, fmt.Errorf("定时“%s”%s", line, explain(line, err))
	}
	if e, ok := s.(cron.ConstantDelaySchedule); ok {
		every, err := time.ParseDuration(strings.TrimSpace(strings.TrimPrefix(line, "@every")))
		if err != nil || every < time.Minute || e.Delay < time.Minute {
			return Spec{}, fmt.Errorf("定时“%s”过密，间隔不得少于1m（1分钟）", line)
		}
	}
	spec := Spec{line, s}
	if spec.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, Zone)).IsZero() {
		return Spec{}, fmt.Errorf("定时“%s”永远不会到来（没有这样的日期）", line)
	}
	return spec, nil
}

// Every is a Spec for the program's own rhythm; below a second it is a second.
func Every(d time.Duration) Spec { return Spec{"@every " + d.String(), cron.Every(d)} }

// parse keeps a panic of the parser from the caller.
func parse(line string) (s cron.Schedule, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the parser panicked: %v", r)
		}
	}()
	return cron.ParseStandard(line)
}

// explain says in Chinese what is wrong with a line that does not parse.
func explain(line string, err error) string {
	const shape = "应为“分 时 日 月 星期”五项，如“0 9 25 * *”"
	fields := strings.Fields(line)
	switch {
	case strings.HasPrefix(line, "@"):
		return "读不懂；可用的有 @monthly、@weekly、@daily、@hourly 和 @every 5m 一类"
	case len(fields) != 5:
		return fmt.Sprintf("有%d项，%s", len(fields), shape)
	}
	limits := []string{"分应在0到59之间", "时应在0到23之间", "日应在1到31之间",
		"月应在1到12之间", "星期应在0到6之间（星期日写0）"}
	for i := range fields {
		one := []string{"*", "*", "*", "*", "*"}
		one[i] = fields[i]
		if _, e := parse(strings.Join(one, " ")); e != nil {
			return fmt.Sprintf("的第%d项“%s”不对：%s", i+1, fields[i], limits[i])
		}
	}
	return "读不懂：" + err.Error()
}

// String is the line as it was written.
func (s Spec) String() string { return s.line }

// Next is the first moment after t, in Beijing time; the zero time when there
// is none.
func (s Spec) Next(t time.Time) time.Time {
	if s.cron == nil {
		return time.Time{}
	}
	return s.cron.Next(t.In(Zone))
}

// maxCounted bounds the counting of missed moments.
const maxCounted = 10_000

// Due says whether a moment has come since the last one that was done: the
// latest moment after last and not after now, and how many earlier ones were
// missed (counted to 10 000 and no further). With a zero last nothing is due:
// the caller then stores the moment it began.
func (s Spec) Due(last, now time.Time) (latest time.Time, missed int, ok bool) {
	if s.cron == nil || last.IsZero() || !now.After(last) {
		return time.Time{}, 0, false
	}
	if _, every := s.cron.(cron.ConstantDelaySchedule); every {
		next := s.Next(last)
		return now.In(Zone), 0, !next.After(now) // it has no moments of its own
	}
	n := 0
	for t := s.Next(last); !t.IsZero() && !t.After(now); t = s.Next(t) {
		latest = t
		if n++; n > maxCounted {
			latest = s.latest(latest, now)
			break
		}
	}
	return latest, max(n-1, 0), n > 0
}

// latest finds the last moment not after now, looking back in growing steps;
// known is one already found.
func (s Spec) latest(known, now time.Time) time.Time {
	for back := time.Hour; now.Sub(known) > back; back *= 4 {
		from := s.Next(now.Add(-back))
		if from.IsZero() || from.After(now) {
			continue
		}
		for t := from; !t.IsZero() && !t.After(now); t = s.Next(t) {
			known = t
		}
		return known
	}
	for t := s.Next(known); !t.IsZero() && !t.After(now); t = s.Next(t) {
		known = t
	}
	return known
}

// Moments is a Spec whose moments are worked out: next gives the first one
// after a moment, the zero time when there is none.
func Moments(line string, next func(after time.Time) time.Time) Spec {
	return Spec{line, moments(next)}
}

// moments makes a cron.Schedule of a function.
type moments func(after time.Time) time.Time

// Next implements cron.Schedule.
func (m moments) Next(after time.Time) time.Time {
	at := m(after)
	if !at.After(after) {
		return time.Time{} // else a caller would never come to an end
	}
	return at.In(Zone)
}
