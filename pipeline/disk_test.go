package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNothingIsTakenOnANetworkDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ws")
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	w, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	asked := ""
	w.disk = func(dir string) (string, bool) { asked = dir; return "NFS", true }
	form := filepath.Join(t.TempDir(), "表.xlsx")
	if err := os.WriteFile(form, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for what, do := range map[string]func() error{
		"run":  func() error { return w.Run(t.Context(), Rhythm{}) },
		"once": func() error { _, err := w.Once(t.Context()); return err },
		"submit": func() error {
			_, err := w.Submit(t.Context(), []string{form}, Handing{})
			return err
		},
	} {
		asked = ""
		err := do()
		var user *UserError
		if !errors.As(err, &user) || !strings.Contains(user.What, "NFS") || user.Fix == "" {
			t.Errorf("%s: %v", what, err)
		}
		if asked != filepath.Join(dir, "state") {
			t.Errorf("%s asked about %q", what, asked)
		}
	}
	if n, err := w.Answered(t.Context()); n != 0 || err != nil {
		t.Errorf("%d files were taken (%v)", n, err)
	}
	if _, err := w.Submit(t.Context(), []string{form}, Handing{DryRun: true}); err != nil {
		t.Errorf("what takes nothing is refused: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "state", "health.json")); err == nil {
		t.Error("it ran")
	}
}
