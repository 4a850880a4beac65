package schedule

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/robfig/cron/v3"
)

// Ticker calls a function again and again.
type Ticker struct {
	Log *slog.Logger // told of panics and of ticks that were left out; may be nil
}

// Run calls do at every moment of the spec until ctx ends, and returns when
// the call in hand has ended. A call that takes longer than the pause is not
// overtaken: the moments it covers are left out. A panic costs one call.
func (t Ticker) Run(ctx context.Context, spec Spec, do func(context.Context)) {
	log := t.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if spec.cron == nil {
		<-ctx.Done()
		return
	}
	l := cronLog{log}
	// In this order: the other way round, a job that panicked never runs again.
	c := cron.New(cron.WithLocation(Zone), cron.WithLogger(l),
		cron.WithChain(cron.SkipIfStillRunning(l), cron.Recover(l)))
	c.Schedule(spec.cron, cron.FuncJob(func() {
		if ctx.Err() == nil {
			do(ctx)
		}
	}))
	c.Start()
	<-ctx.Done()
	<-c.Stop().Done()
}

// cronLog carries the library's words into the program's log.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(msg string, kv ...any) {
	if msg == "skip" {
		l.log.Info("上一轮还没有办完，本轮略过")
	}
}

func (l cronLog) Error(err error, msg string, kv ...any) {
	l.log.Error("定时任务出错", append([]any{"err", fmt.Sprint(err), "kind", msg}, kv...)...)
}
