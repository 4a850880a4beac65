package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestADaemonDoesNotStartOnANetworkDisk(t *testing.T) {
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
	err = w.Run(t.Context(), Rhythm{})
	var user *UserError
	if !errors.As(err, &user) || !strings.Contains(user.What, "NFS") || user.Fix == "" {
		t.Errorf("%v", err)
	}
	if asked != filepath.Join(dir, "state") {
		t.Errorf("asked about %q", asked)
	}
	if _, err := os.Stat(filepath.Join(dir, "state", "health.json")); err == nil {
		t.Error("it ran")
	}
}
