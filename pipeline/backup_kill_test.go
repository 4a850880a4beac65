package pipeline_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
)

// TestAKilledBackupLeavesNone kills the program while it backs up: a file with
// the name of a backup is a whole one.
func TestAKilledBackupLeavesNone(t *testing.T) {
	dir, c := newWorkspace(t), &clock{}
	c.set(2025, time.January, 26, 9)
	w := open(t, dir, c)
	for i, b := range filledForms(t, w, 8) {
		name := filepath.Join(t.TempDir(), fmt.Sprintf("%d.xlsx", i))
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Submit(t.Context(), []string{name}, pipeline.Handing{}); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	out := t.TempDir()
	for i := range 20 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestBackUpUntilKilled$")
		cmd.Env = append(os.Environ(), "DUBAN_BACK_UP="+dir, "DUBAN_BACK_UP_TO="+out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		await(t, filepath.Join(out, fmt.Sprintf("%d-%d.zip", cmd.Process.Pid, i%2)))
		time.Sleep(time.Duration(i) * time.Millisecond)
		cmd.Process.Kill()
		cmd.Wait()
	}
	made, err := filepath.Glob(filepath.Join(out, "*.zip"))
	if err != nil || len(made) < 5 {
		t.Fatalf("only %d backups were finished: the kills proved nothing (%v)", len(made), err)
	}
	for _, file := range []string{made[0], made[len(made)/2], made[len(made)-1]} {
		if n := restoresWhole(t, file); n != 8 {
			t.Errorf("%s has %d submissions", file, n)
		}
	}
	w = open(t, dir, c)
	defer w.Close()
	if _, err := w.Backup(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{out, filepath.Join(dir, "state", "backup")} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if n := e.Name(); !strings.HasSuffix(n, ".zip") && n != "duban.lock" {
				t.Errorf("%s/%s was left", folder, n)
			}
		}
	}
}

// await waits until a file is there that matches.
func await(t *testing.T, pattern string) {
	t.Helper()
	for range 20_000 {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("%s never came", pattern)
}

// TestBackUpUntilKilled is the program that is killed.
func TestBackUpUntilKilled(t *testing.T) {
	dir := os.Getenv("DUBAN_BACK_UP")
	if dir == "" {
		t.Skip("run by TestAKilledBackupLeavesNone")
	}
	w := open(t, dir, &clock{at(2025, 1, 26, 9)})
	for i := 0; ; i++ {
		name := fmt.Sprintf("%s/%d-%d.zip", os.Getenv("DUBAN_BACK_UP_TO"), os.Getpid(), i)
		if _, err := w.Backup(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAKilledRestoreLeavesAWholeWorkspaceOrNone kills the program while it
// restores: the folder is absent, or it is a workspace; and the next try,
// after the former, succeeds and leaves nothing aside.
func TestAKilledRestoreLeavesAWholeWorkspaceOrNone(t *testing.T) {
	dir, c := newWorkspace(t), &clock{at(2025, 1, 26, 9)}
	w := open(t, dir, c)
	made, err := w.Backup(t.Context(), filepath.Join(t.TempDir(), "b.zip"))
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	absent, whole := 0, 0
	for i := range 24 {
		to := filepath.Join(t.TempDir(), "restored")
		cmd := exec.Command(os.Args[0], "-test.run=^TestRestoreUntilKilled$")
		cmd.Env = append(os.Environ(), "DUBAN_RESTORE="+made.File, "DUBAN_RESTORE_TO="+to)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 {
			await(t, to)
		} else {
			await(t, filepath.Join(filepath.Dir(to), "*"))
		}
		time.Sleep(time.Duration(i/3) * 4 * time.Millisecond)
		cmd.Process.Kill()
		cmd.Wait()
		if _, err := os.Stat(to); errors.Is(err, fs.ErrNotExist) {
			absent++
			if _, err := pipeline.Restore(t.Context(), made.File, to, pipeline.Options{}); err != nil {
				t.Fatal(err)
			}
		} else {
			whole++
		}
		open(t, to, c).Close()
		left, err := os.ReadDir(filepath.Dir(to))
		if err != nil || len(left) != 1 {
			t.Errorf("beside it lie %v %v", left, err)
		}
	}
	t.Logf("%d absent, %d whole", absent, whole)
	if absent == 0 || whole == 0 {
		t.Errorf("%d absent, %d whole: the kills proved nothing", absent, whole)
	}
}

// TestRestoreUntilKilled is the program that is killed.
func TestRestoreUntilKilled(t *testing.T) {
	file := os.Getenv("DUBAN_RESTORE")
	if file == "" {
		t.Skip("run by TestAKilledRestoreLeavesAWholeWorkspaceOrNone")
	}
	to := os.Getenv("DUBAN_RESTORE_TO")
	if _, err := pipeline.Restore(t.Context(), file, to, pipeline.Options{}); err != nil {
		t.Fatal(err)
	}
}
