package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// Job is one thing that is done at the moments of a spec.
type Job struct {
	Name  string // stable: the key under which its last moment is kept
	Title string // what the office calls it, in errors and the log
	Spec  Spec
	// Do does the work of one moment. It may be called again for the same
	// moment after a fault or a kill, so its effects are keyed by due.
	Do func(ctx context.Context, due time.Time) error
}

// Planner asks each job whether it is due, does it, and has the moment stored.
// It keeps nothing itself: a daemon asks it every minute, and on start.
type Planner struct {
	Now func() time.Time // the clock
	// Last returns the moment stored for a job, the zero time when there is
	// none.
	Last func(ctx context.Context, job string) (time.Time, error)
	// Store stores it. A new job's first moment is the one it began at, so
	// that nothing from before is caught up.
	Store func(ctx context.Context, job string, moment time.Time) error
	Log   *slog.Logger // may be nil
}

// Once does what is due, each job at most once, in their order. A fault or a
// panic of one does not keep the others from being done; its moment is not
// stored, so that it is tried again the next time.
func (p *Planner) Once(ctx context.Context, jobs ...Job) error {
	var faults error
	for _, j := range jobs {
		if ctx.Err() != nil {
			return errors.Join(faults, ctx.Err())
		}
		if err := p.one(ctx, j); err != nil {
			faults = errors.Join(faults, fmt.Errorf("%s：%w", j.Title, err))
		}
	}
	return faults
}

func (p *Planner) one(ctx context.Context, j Job) error {
	now := p.Now()
	last, err := p.Last(ctx, j.Name)
	if err != nil {
		return err
	}
	if last.IsZero() {
		return p.Store(ctx, j.Name, now)
	}
	if last.Sub(now) > time.Hour {
		p.log().Warn("系统时钟早于上次办理的时间，请核对日期",
			"job", j.Title, "last", last, "now", now)
	}
	due, missed, ok := j.Spec.Due(last, now)
	if !ok {
		return nil
	}
	if missed > 0 {
		p.log().Warn("关机期间错过的定时任务，补做一次",
			"job", j.Title, "due", due, "missed", missed)
	}
	if err := p.guarded(ctx, j, due); err != nil {
		return err
	}
	return p.Store(ctx, j.Name, due)
}

func (p *Planner) log() *slog.Logger {
	if p.Log != nil {
		return p.Log
	}
	return slog.New(slog.DiscardHandler)
}

// guarded makes a panic of a job its error; where it was met, only the log says.
func (p *Planner) guarded(ctx context.Context, j Job, due time.Time) (err error) {
	defer func() {
		if r := recover(); r != nil {
			p.log().Error("定时任务出错", "job", j.Title, "panic", r, "stack", string(debug.Stack()))
			err = fmt.Errorf("程序出错：%v", r)
		}
	}()
	return j.Do(ctx, due)
}
