package pipeline

import (
	"time"

	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// monthAfter is the first moment of the month that follows m.
func monthAfter(m plan.Month) time.Time {
	return time.Date(m.Year(), time.Month(m.Number()+1), 1, 0, 0, 0, 0, schedule.Zone)
}

// Deadline is when the forms of a month are due: the first closing time after
// the month has ended.
func (w *Workspace) Deadline(m plan.Month) time.Time {
	return w.nextOf(w.Config.Schedule.Close, monthAfter(m).Add(-time.Second))
}

// correctionDeadline is when corrections asked for by a digest are due: so many
// days after it was made, at the hour of the close.
func (w *Workspace) correctionDeadline(made time.Time) time.Time {
	due := w.Deadline(plan.MonthAt(made))
	return time.Date(made.Year(), made.Month(), made.Day()+w.Config.Schedule.CorrectionDays,
		due.Hour(), due.Minute(), 0, 0, schedule.Zone)
}

func (w *Workspace) nextOf(line string, after time.Time) time.Time {
	spec, err := schedule.Parse(line)
	if err != nil {
		panic("pipeline: a schedule that was proven does not parse: " + err.Error())
	}
	return spec.Next(after)
}
