package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/intake"
)

// running is a daemon that ticks every second, until the test ends.
func running(t *testing.T, dir string, o pipeline.Options) (stop func()) {
	t.Helper()
	w, err := pipeline.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- w.Run(ctx, pipeline.Rhythm{Sweep: 100 * time.Millisecond, Tick: time.Second})
	}()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := errors.Join(<-ended, w.Close()); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// awaitHealth waits until the daemon's light is as wanted.
func awaitHealth(t *testing.T, dir, want string) *pipeline.Health {
	t.Helper()
	var h *pipeline.Health
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		var err error
		if h, err = pipeline.HealthOf(dir, time.Now()); err != nil {
			t.Fatal(err)
		}
		if h.Status == want && h.Running {
			return h
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the light never was %s: %+v", want, h)
	return nil
}

// TestTheDaemonSaysHowItIs: green while all is well, red and why while the
// outbox cannot be written or the inbox is gone, and green again by itself.
func TestTheDaemonSaysHowItIs(t *testing.T) {
	dir := newWorkspace(t)
	if h, err := pipeline.HealthOf(dir, time.Now()); err != nil || h.Good() || h.Running {
		t.Fatalf("before anything ran: %+v %v", h, err)
	}
	stop := running(t, dir, pipeline.Options{})
	h := awaitHealth(t, dir, "green")
	if h.PID != os.Getpid() || h.Version != pipeline.Version || h.FreeMB == 0 || h.LastSweep == "" {
		t.Errorf("%+v", h)
	}
	inbox := filepath.Join(dir, "inbox")
	if err := os.Rename(inbox, inbox+"-away"); err != nil {
		t.Fatal(err)
	}
	h = awaitHealth(t, dir, "red")
	if !strings.Contains(strings.Join(h.Reasons, ""), "收件文件夹") {
		t.Errorf("%+v", h)
	}
	if err := os.Rename(inbox+"-away", inbox); err != nil {
		t.Fatal(err)
	}
	awaitHealth(t, dir, "green")

	receipts := filepath.Join(dir, "outbox", "receipts")
	if err := errors.Join(os.RemoveAll(receipts), os.WriteFile(receipts, nil, 0o644),
		os.WriteFile(filepath.Join(inbox, "不是表.xlsx"), []byte("%PDF-1.4 "), 0o644)); err != nil {
		t.Fatal(err)
	}
	h = awaitHealth(t, dir, "red")
	if h.Waiting != 1 || h.LastError == "" {
		t.Errorf("%+v", h)
	}
	stop()
	if h, err := pipeline.HealthOf(dir, time.Now()); err != nil || h.Good() || h.Running {
		t.Errorf("after it ended: %+v %v", h, err)
	}
}

func TestADaemonThatIsSilentIsIll(t *testing.T) {
	dir := newWorkspace(t)
	held, err := intake.Lock(filepath.Join(dir, "state"))
	if err != nil {
		t.Fatal(err)
	}
	defer held.Release()
	b := []byte(`{"status":"green","reasons":[],"at":"2025-02-05T09:00:00+08:00"}`)
	if err := os.WriteFile(filepath.Join(dir, "state", "health.json"), b, 0o644); err != nil {
		t.Fatal(err)
	}
	said := at(2025, 2, 5, 9)
	for after, want := range map[time.Duration]bool{time.Minute: true, 2 * time.Minute: true,
		4 * time.Minute: false, 24 * time.Hour: false} {
		h, err := pipeline.HealthOf(dir, said.Add(after))
		if err != nil || h.Good() != want {
			t.Errorf("after %s: %+v %v", after, h, err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "state", "health.json")); err != nil {
		t.Fatal(err)
	}
	h, err := pipeline.HealthOf(dir, said)
	if err != nil || h.Good() || !strings.Contains(strings.Join(h.Reasons, ""), "没有写出运行状况") {
		t.Errorf("without a word: %+v %v", h, err)
	}
}
