package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// readCalendar reads the workspace's calendar of workdays.
func readCalendar(path string) (*plan.Calendar, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, &UserError{What: "没有工作日历 " + path,
			Fix: "报送截止要按工作日推算。用 duban init 另建一个目录，把其中的 plan/calendar.yaml 拷来即可。"}
	}
	return plan.ReadCalendar(path)
}

// Deadline is when the forms of a month are due: on the set workday of the
// month after it, in Beijing time. A year that the calendar does not have is
// an error that says what to do.
func (w *Workspace) Deadline(m plan.Month) (time.Time, error) {
	d, err := w.calendar.NthWorkday(m+1, w.Config.Deadline.Workday)
	if err != nil {
		return time.Time{}, &UserError{What: "推算不出" + m.Chinese() + "的报送截止时间", Err: err}
	}
	return w.Config.Deadline.on(d), nil
}

// collecting is the month whose forms are awaited at a moment: the one before
// until its deadline, then the running one.
func (w *Workspace) collecting(t time.Time) plan.Month {
	t = t.In(schedule.Zone)
	m := plan.MonthAt(t)
	if at, err := w.Deadline(m - 1); err == nil && !t.After(at) {
		return m - 1
	}
	return m
}

// on is the time of the deadline on a day.
func (c DeadlineConfig) on(d plan.Date) time.Time {
	at, err := time.Parse("15:04", c.At)
	if err != nil {
		panic("pipeline: a time that was proven does not parse: " + err.Error())
	}
	return time.Date(d.Year, time.Month(d.Month), d.Day, at.Hour(), at.Minute(), 0, 0,
		schedule.Zone)
}

// correctionDeadline is when corrections asked for by a digest are due: so many
// days after it was made, at the hour of the deadline.
func (w *Workspace) correctionDeadline(made time.Time) time.Time {
	return w.Config.Deadline.on(plan.DateOf(made.In(schedule.Zone).
		AddDate(0, 0, w.Config.Schedule.CorrectionDays)))
}

// closings are the deadlines as moments of a job. The calendar's end ends them.
func (w *Workspace) closings() schedule.Spec {
	return schedule.Moments("报送截止", func(after time.Time) time.Time {
		for m := plan.MonthAt(after) - 2; ; m++ {
			at, err := w.Deadline(m)
			if err != nil && m >= plan.MonthAt(after) {
				return time.Time{}
			}
			if err == nil && at.After(after) {
				return at
			}
		}
	})
}

// digestMoments are the moments of the digest: those of its cron line, but
// never before the deadline of the month it is about; then the next day.
func (w *Workspace) digestMoments() schedule.Spec {
	cron := cron(w.Config.Schedule.Digest)
	shifted := func(at time.Time) time.Time {
		closed, err := w.Deadline(plan.MonthAt(at) - 1)
		if err != nil || at.After(closed) {
			return at
		}
		return time.Date(closed.Year(), closed.Month(), closed.Day()+1, at.Hour(), at.Minute(),
			0, 0, schedule.Zone)
	}
	return schedule.Moments(cron.String(), func(after time.Time) time.Time {
		for at := cron.Next(after.AddDate(0, -1, 0)); ; at = cron.Next(at) {
			if at.IsZero() {
				return at
			}
			if at := shifted(at); at.After(after) {
				return at
			}
		}
	})
}

// cron is a line of the settings, which were proven.
func cron(line string) schedule.Spec {
	spec, err := schedule.Parse(line)
	if err != nil {
		panic("pipeline: a schedule that was proven does not parse: " + err.Error())
	}
	return spec
}

// calendarLacks asks for the year that the next forms need, a month before them;
// "" where the calendar has it.
func (w *Workspace) calendarLacks(next plan.Month) string {
	if _, err := w.Deadline(next); err == nil {
		return ""
	}
	return fmt.Sprintf("请注意：工作日历里没有%d年，推算不出%s的报送截止，到时不能下发填报表；"+
		"请在此以前照已有年份的样子补上 %s。", (next + 1).Year(), next.Chinese(), w.Config.Calendar)
}

// calendarEnd warns when the calendar does not reach the month's deadline.
func (w *Workspace) calendarEnd(m plan.Month) string {
	if _, err := w.Deadline(m); err != nil {
		return fmt.Sprintf("工作日历里没有%d年，本期报送截止时间暂无法推算，未判定是否迟报。", (m + 1).Year())
	}
	return ""
}
