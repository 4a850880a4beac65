package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
)

// served is a daemon that goes on with what is edited, until the test ends.
func served(t *testing.T, dir string) {
	t.Helper()
	w, err := pipeline.Open(t.Context(), dir, pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- pipeline.Serve(ctx, w, pipeline.Options{},
			pipeline.Rhythm{Sweep: 100 * time.Millisecond, Tick: time.Second})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// awaitReport waits until the daemon's report is as wanted.
func awaitReport(t *testing.T, dir string, good func(*pipeline.Health) bool) *pipeline.Health {
	t.Helper()
	var h *pipeline.Health
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		var err error
		if h, err = pipeline.HealthOf(dir, time.Now()); err != nil {
			t.Fatal(err)
		}
		if h.Running && good(h) {
			return h
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the daemon never came to it: %+v", h)
	return nil
}

func edit(t *testing.T, path, old, by string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(b), old) {
		t.Fatalf("%s does not hold %q: %v", path, old, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(b), old, by, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestTheDaemonGoesOnWithWhatIsEdited: a plan that is right is taken, forms
// come in before, between and after; one that is wrong is told and changes
// nothing; mended, it is taken as well.
func TestTheDaemonGoesOnWithWhatIsEdited(t *testing.T) {
	dir := newWorkspace(t)
	units, version := filepath.Join(dir, "plan", "units.yaml"), filepath.Join(dir, "plan", "plan.yaml")
	drop := func(name string) {
		t.Helper()
		path := filepath.Join(dir, "inbox", name)
		if err := os.WriteFile(path, []byte("%PDF-1.4 "+name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	served(t, dir)
	drop("一.xlsx")
	first := awaitReport(t, dir, func(h *pipeline.Health) bool { return h.Status == "green" })

	edit(t, version, first.Plan, "2024-9")
	drop("二.xlsx")
	second := awaitReport(t, dir, func(h *pipeline.Health) bool { return h.Plan == "2024-9" })
	if second.Status != "green" {
		t.Errorf("%+v", second)
	}

	edit(t, units, "code: cl", "code: jtj")
	wrong := awaitReport(t, dir, func(h *pipeline.Health) bool { return h.Status == "yellow" })
	said := strings.Join(wrong.Reasons, "")
	if wrong.Plan != second.Plan || !strings.Contains(said, "units.yaml:") ||
		strings.Count(said, "units.yaml）") != 1 {
		t.Errorf("%+v", wrong)
	}
	drop("三.xlsx")

	edit(t, units, "code: jtj", "code: cl")
	awaitReport(t, dir, func(h *pipeline.Health) bool { return h.Status == "green" })
	edit(t, version, "2024-9", first.Plan)
	awaitReport(t, dir, func(h *pipeline.Health) bool { return h.Plan == first.Plan })
	awaitReport(t, dir, func(h *pipeline.Health) bool {
		return h.Waiting == 0 && h.InWork == 0 && len(receiptsIn(t, dir)) == 6
	})
}

func receiptsIn(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "outbox", "receipts", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
