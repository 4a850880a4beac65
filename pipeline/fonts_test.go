package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestFontsThatWereMissingAreFoundWithoutARestart(t *testing.T) {
	dir := newWorkspace(t)
	settings := filepath.Join(dir, "duban.yaml")
	b, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	_, quoted, _ := strings.Cut(string(b), "- '")
	fonts, _, _ := strings.Cut(quoted, "'")
	b = append(b, "  kaiti: 楷体.ttf\n"...)
	if err := os.WriteFile(settings, b, 0o644); err != nil {
		t.Fatal(err)
	}
	w := open(t, dir, &clock{time.Date(2025, 2, 1, 9, 0, 0, 0, time.UTC)})
	if w.CanPrint() == nil {
		t.Fatal("a font that is not there is found")
	}
	kaiti, err := os.ReadFile(filepath.Join(fonts, "kaiti.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "楷体.ttf"), kaiti, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := w.CanPrint(); err != nil {
		t.Errorf("it is there now: %v", err)
	}
}

// TestAJobThatFailsIsNamedInChinese: its fault is what health and duban once show.
func TestAJobThatFailsIsNamedInChinese(t *testing.T) {
	dir := newWorkspace(t)
	settings := filepath.Join(dir, "duban.yaml")
	if err := os.WriteFile(settings, []byte("fonts: {dirs: []}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	c := &clock{}
	c.set(2025, time.February, 1, 9)
	w := open(t, dir, c)
	defer w.Close()
	c.set(2025, time.March, 1, 9)
	_, err := w.Once(t.Context())
	if err == nil || !strings.HasPrefix(err.Error(), "出通报：") {
		t.Errorf("%v", err)
	}
}
