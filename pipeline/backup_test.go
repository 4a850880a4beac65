package pipeline_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/doctor"
	"duban/pipeline/durable"
	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// filledForms are n filled forms of one unit for January, each other bytes.
func filledForms(t *testing.T, w *pipeline.Workspace, n int) [][]byte {
	t.Helper()
	forms, err := w.IssueForms(context.Background(), plan.MonthOf(2025, 1), w.Plan.Unit("cl"))
	if err != nil {
		t.Fatal(err)
	}
	blank, err := os.ReadFile(forms[0].File)
	if err != nil {
		t.Fatal(err)
	}
	all := make([][]byte, n)
	for i := range all {
		all[i], err = form.Fill(blank, fmt.Sprint("填报人", i), "李四", []form.Answer{
			{ID: "A06-1", Column: plan.ColTotal, Number: plan.Int(int64(i))}})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// restoresWhole restores a backup and asks that it is one moment: every original the
// ledger names is kept with its bytes, and as many as the ledger counts.
func restoresWhole(t *testing.T, file string) (submissions int) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "restored")
	o := pipeline.Options{Now: func() time.Time { return at(2025, 1, 26, 10) }}
	r, err := pipeline.Restore(t.Context(), file, dir, o)
	if err != nil || len(r.Lacking)+len(r.Unwritten) > 0 {
		t.Fatalf("%v %+v", err, r)
	}
	d, err := pipeline.Examine(t.Context(), dir, pipeline.Checkup{Options: o, Deep: true})
	if err != nil || !doctor.Healthy(d.Symptoms) {
		t.Errorf("the restored workspace is ill: %v %+v", err, d)
	}
	w, err := pipeline.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	named, err := w.Ledger.Kept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range named {
		found := 0
		for _, root := range []string{"archive", "quarantine"} {
			b, err := os.ReadFile(filepath.Join(dir, "state", root, f.SHA256[:2], f.SHA256))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			sum := sha256.Sum256(b)
			if err != nil || hex.EncodeToString(sum[:]) != f.SHA256 {
				t.Errorf("%s is damaged: %v", f.SHA256, err)
			}
			found++
		}
		if found != 1 {
			t.Errorf("the original %s is kept %d times", f.SHA256, found)
		}
	}
	all, err := w.Ledger.Submissions(t.Context(), plan.MonthOf(2025, 1))
	if err != nil || len(all) != len(named) {
		t.Errorf("%d submissions, %d originals: %v", len(all), len(named), err)
	}
	return len(all)
}

// TestABackupIsOneMomentWhileTheDaemonTakesFiles makes backups while files
// arrive: each, restored, has every original of its ledger, and none is torn.
func TestABackupIsOneMomentWhileTheDaemonTakesFiles(t *testing.T) {
	dir, c := newWorkspace(t), &clock{}
	c.set(2025, time.January, 26, 9)
	w := open(t, dir, c)
	defer w.Close()
	w.Config.Backup.Keep = 0
	all := filledForms(t, w, 60)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- w.Run(ctx, pipeline.Rhythm{Sweep: 50 * time.Millisecond, Tick: time.Second})
	}()
	other := open(t, dir, c) // the command is another program
	defer other.Close()
	inbox := filepath.Join(dir, "inbox", "区残联")
	if err := os.MkdirAll(inbox, 0o755); err != nil {
		t.Fatal(err)
	}
	var made []string
	for i, b := range all {
		name := filepath.Join(inbox, fmt.Sprintf("%03d.xlsx", i))
		if err := durable.Write(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if i%5 == 4 {
			file := filepath.Join(t.TempDir(), fmt.Sprintf("%d.zip", i))
			if _, err := other.Backup(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			made = append(made, file)
		}
		time.Sleep(100 * time.Millisecond)
	}
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	grew, before := 0, 0
	for _, file := range made {
		n := restoresWhole(t, file)
		if n > before {
			grew++
		}
		before = n
	}
	if grew < 4 {
		t.Errorf("the ledger grew only %d times between backups: they proved nothing", grew)
	}
}

func TestOnlySoManyBackupsAreKept(t *testing.T) {
	dir, c := newWorkspace(t), &clock{}
	c.set(2025, time.January, 26, 9)
	w := open(t, dir, c)
	defer w.Close()
	w.Config.Backup.Keep = 2
	other := filepath.Join(dir, "backup", "旧系统.zip")
	if err := os.MkdirAll(filepath.Dir(other), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		if _, err := w.Backup(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		c.Time = c.Add(time.Minute)
	}
	left, err := filepath.Glob(filepath.Join(dir, "backup", "*"))
	if err != nil || len(left) != 3 || !strings.HasSuffix(left[0], "duban-20250126-090200.zip") {
		t.Errorf("%v %v", left, err)
	}
}

func TestTheScheduleMakesBackups(t *testing.T) {
	dir, c := newWorkspace(t), &clock{}
	settings := filepath.Join(dir, "duban.yaml")
	b, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	b = append(b, "schedule:\n  backup: \"30 1 * * *\"\n"...)
	if err := os.WriteFile(settings, b, 0o644); err != nil {
		t.Fatal(err)
	}
	c.set(2025, time.January, 20, 10)
	swept(t, dir, c)
	c.set(2025, time.January, 21, 2)
	if said := swept(t, dir, c); len(said) != 1 || said[0] != "已备份" {
		t.Errorf("%q", said)
	}
	if n := files(t, dir, "backup"); n != 1 {
		t.Errorf("%d backups", n)
	}
}

// A backup onto a disk that has no room for it is refused before it begins:
// filling the disk would stop the intake.
func TestABackupNeverFillsTheDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("only root may mount a small disk")
	}
	dir, c, disk := newWorkspace(t), &clock{}, t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=8m", "none", disk).Run(); err != nil {
		t.Skip("no small disk: ", err)
	}
	defer exec.Command("umount", disk).Run()
	c.set(2025, time.January, 26, 9)
	w := open(t, dir, c)
	defer w.Close()
	_, err := w.Backup(t.Context(), disk)
	var user *pipeline.UserError
	if !errors.As(err, &user) || !strings.Contains(user.What, "只剩") {
		t.Errorf("%v", err)
	}
	if left, _ := os.ReadDir(disk); len(left) != 0 {
		t.Errorf("%v was left", left)
	}
	// Without a reserve the disk runs full while the backup is written.
	junk := make([]byte, 3<<20)
	for i := range junk {
		junk[i] = byte(rand.Uint32())
	}
	for _, n := range []string{"a", "b", "c"} {
		if err := durable.Write(filepath.Join(dir, "plan", n), junk, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w.Config.Intake.ReserveMB = -100
	if _, err := w.Backup(t.Context(), disk); err == nil || errors.As(err, &user) {
		t.Errorf("a full disk: %v", err)
	}
	if left, _ := os.ReadDir(disk); len(left) != 0 {
		t.Errorf("%v was left", left)
	}
}

// What the settings name is in the backup, wherever in the workspace it lies;
// what lies outside is named as lacking.
func TestABackupHasTheFilesTheSettingsName(t *testing.T) {
	dir, c := newWorkspace(t), &clock{at(2025, 1, 26, 9)}
	elsewhere := filepath.Join(t.TempDir(), "calendar.yaml")
	for from, to := range map[string]string{"plan/calendar.yaml": elsewhere,
		"plan/audiences.yaml": filepath.Join(dir, "受众.yaml")} {
		if err := os.Rename(filepath.Join(dir, from), to); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(filepath.Join(dir, "plan"), filepath.Join(dir, "方案 甲")); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(dir, "duban.yaml")
	b, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	b = append(b, "plan: 方案 甲/plan.yaml\ncalendar: "+elsewhere+"\naudiences: 受众.yaml\n"...)
	if err := os.WriteFile(settings, b, 0o644); err != nil {
		t.Fatal(err)
	}
	w := open(t, dir, c)
	defer w.Close()
	made, err := w.Backup(t.Context(), filepath.Join(t.TempDir(), "b.zip"))
	if err != nil {
		t.Fatal(err)
	}
	if len(made.Lacking) != 1 || made.Lacking[0].Name != elsewhere {
		t.Errorf("%+v", made.Lacking)
	}
	to := filepath.Join(t.TempDir(), "restored")
	if _, err := pipeline.Restore(t.Context(), made.File, to, pipeline.Options{Now: c.now}); err != nil {
		t.Fatal(err)
	}
	open(t, to, c).Close()
}
