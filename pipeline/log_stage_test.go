package pipeline_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/pipeline"

	"github.com/google/go-cmp/cmp"
)

// buffer is a log that goroutines share.
type buffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *buffer) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.String()
}

// unitsNamed counts the units that a line for the office names, by their names.
func unitsNamed(t *testing.T, w *pipeline.Workspace, line map[string]any) int {
	t.Helper()
	u := w.Plan.Unit(fmt.Sprint(line["unit"]))
	if line["msg"] != "收件" || u == nil {
		return 0
	}
	if line["unit"] != u.Name {
		t.Errorf("the office is told of %v, which is %s", line["unit"], u.Name)
	}
	return 1
}

// TestTheLogHasALineAFormAndStage drops two forms, one with an identity number
// in its name and a phone number in a cell: every stage has its line, with its
// keys, and nothing personal, no figure and no key stands in the log.
func TestTheLogHasALineAFormAndStage(t *testing.T) {
	dir, c := newWorkspace(t), &clock{}
	c.set(2025, time.January, 26, 9)
	w := open(t, dir, c)
	forms := filledForms(t, w, 1)
	w.Close()
	log := &buffer{}
	stop := running(t, dir, pipeline.Options{Now: c.now, Log: slog.New(slog.NewJSONHandler(log,
		&slog.HandlerOptions{Level: slog.LevelDebug}))})
	for name, b := range map[string][]byte{"210602199003071230报表.xlsx": forms[0],
		"不是表.xlsx": []byte("%PDF-1.4 13800138000")} {
		if err := os.WriteFile(filepath.Join(dir, "inbox", name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for range 200 {
		if strings.Count(log.text(), `"stage":"answered"`) == 2 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	stages, named := map[string]int{}, 0
	for lines := bufio.NewScanner(strings.NewReader(log.text())); lines.Scan(); {
		var line map[string]any
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("%s: %v", lines.Text(), err)
		}
		stage, ok := line["stage"].(string)
		if !ok {
			named += unitsNamed(t, w, line)
			continue
		}
		stages[stage]++
		for _, key := range stageKeys[stage] {
			if _, ok := line[key]; !ok {
				t.Errorf("a line of %s has no %s: %s", stage, key, lines.Text())
			}
		}
	}
	want := map[string]int{}
	for stage := range stageKeys {
		want[stage] = 2
	}
	if d := cmp.Diff(want, stages); d != "" || named != 1 {
		t.Errorf("(-want +got):\n%s\n%s", d, log.text())
	}
	key, err := os.ReadFile(filepath.Join(dir, "state", "key"))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"210602199003071230", "13800138000", "填报人0", "李四",
		strings.TrimSpace(string(key))} {
		if strings.Contains(log.text(), secret) {
			t.Errorf("%s stands in the log", secret)
		}
	}
}

var stageKeys = map[string][]string{
	"claimed":  {"claim", "file", "channel", "unit", "size"},
	"read":     {"sha256", "readable", "code"},
	"judged":   {"claim", "sha256", "unit", "month", "state", "figures", "refused", "findings"},
	"taken":    {"claim", "sha256", "delivery", "submission", "again"},
	"settled":  {"claim", "sha256", "state"},
	"answered": {"key", "kind", "delivery"},
}
