//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"duban/pipeline"
)

// The shipped program has no back door for the clock. Where a fault needs one, the
// campaign runs itself again as the daemon: the same code in a process of its own, with a
// clock that is read from a file.

// childDir is the variable that makes the campaign a daemon: its workspace.
const childDir = "DUBAN_CAMPAIGN_DAEMON"

// clock is a clock that was set: it showed Base at From, and runs Pace times as fast as
// the machine's.
type clock struct {
	Base, From time.Time
	Pace       float64
}

func (c clock) now() time.Time {
	return c.Base.Add(time.Duration(float64(time.Since(c.From)) * c.Pace))
}

// clockFile is the clock beside a workspace.
func clockFile(ws string) string { return filepath.Join(filepath.Dir(ws), "clock.json") }

// set writes the clock; a daemon reads it within a tick.
func (c clock) set(ws string) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	path := clockFile(ws)
	if err := os.WriteFile(path+".new", b, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func readClock(ws string) (c clock) {
	if b, err := os.ReadFile(clockFile(ws)); err == nil {
		err = json.Unmarshal(b, &c)
		if err == nil {
			return c
		}
	}
	return clock{time.Now(), time.Now(), 1}
}

// childTick is how often a child looks at its clock: so a minute's wait of the program
// is over in a second under a clock that runs sixty times as fast.
const childTick = 500 * time.Millisecond

// child is the daemon, and its exit status that of duban run.
func child(dir string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w, err := pipeline.Open(ctx, dir, pipeline.Options{
		Now: func() time.Time { return readClock(dir).now() }, Log: log})
	if err == nil {
		log.Info("started", "workspace", dir)
		err = w.Run(ctx, pipeline.Rhythm{Sweep: childTick, Tick: childTick})
		if closing := w.Close(); err == nil {
			err = closing
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "duban：没有做成："+err.Error())
		return 1
	}
	return 0
}

// brisk starts a daemon whose minutes are seconds, or in the long form the real one with
// its real minutes.
func (t *trial) brisk(onLine func(string)) *daemon {
	if !t.short {
		return t.up(t.launch(onLine))
	}
	now := time.Now()
	t.must(clock{now, now, 60}.set(t.ws))
	return t.ticking(onLine)
}

// ticking starts a daemon under the clock in the file.
func (t *trial) ticking(onLine func(string)) *daemon {
	t.ownClock = true
	self, err := os.Executable()
	t.must(err)
	c := exec.Command(self)
	c.Env = []string{childDir + "=" + t.ws}
	return t.up(t.launchAs(c, onLine))
}
