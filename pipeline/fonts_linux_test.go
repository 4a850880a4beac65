package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAClosedWorkspaceHoldsNoFont: the daemon goes on with another workspace after
// every edit.
func TestAClosedWorkspaceHoldsNoFont(t *testing.T) {
	dir := newWorkspace(t)
	fonts := filepath.Join(dir, "fonts")
	settings := filepath.Join(dir, "duban.yaml")
	b, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	_, quoted, _ := strings.Cut(string(b), "- '")
	from, _, _ := strings.Cut(quoted, "'")
	for _, name := range []string{"fangsong.ttf", "kaiti.ttf", "heiti.ttf", "biaosong.ttf",
		"songti.ttf"} {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.MkdirAll(fonts, 0o755)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(fonts, name), b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(settings, []byte("fonts: {dirs: [fonts]}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	w := open(t, dir, &clock{time.Date(2025, 2, 1, 9, 0, 0, 0, time.UTC)})
	if err := w.CanPrint(); err != nil || openBelow(t, fonts) == 0 {
		t.Fatalf("%v, %d are open", err, openBelow(t, fonts))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if n := openBelow(t, fonts); n > 0 {
		t.Errorf("%d are open", n)
	}

	if err := os.Remove(filepath.Join(fonts, "kaiti.ttf")); err != nil {
		t.Fatal(err)
	}
	w = open(t, dir, &clock{time.Date(2025, 2, 1, 9, 0, 0, 0, time.UTC)})
	defer w.Close()
	if err := w.CanPrint(); err == nil || openBelow(t, fonts) > 0 {
		t.Errorf("%v, %d are open of those that do not do", err, openBelow(t, fonts))
	}
}

// openBelow is how many files of a folder this process has open.
func openBelow(t *testing.T, dir string) (n int) {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range all {
		if to, err := os.Readlink("/proc/self/fd/" + fd.Name()); err == nil &&
			strings.HasPrefix(to, dir+string(filepath.Separator)) {
			n++
		}
	}
	return n
}
