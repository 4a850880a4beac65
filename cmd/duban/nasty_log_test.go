//go:build linux

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestNastyNamesStayOnTheirLineOfTheLog: of files with nasty names the log says
// a line each, in both its forms, and nothing of them is a line of its own.
func TestNastyNamesStayOnTheirLineOfTheLog(t *testing.T) {
	for _, form := range []string{"text", "json"} {
		o := newOffice(t)
		inbox := filepath.Join(o.dir, "inbox", nastyWord+"\n时间=1 级别=错误")
		if err := os.MkdirAll(inbox, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, b := range map[string][]byte{
			nastyWord + "\n{\"level\":\"ERROR\"}.xlsx": nastyForm(t, o.blanks["cl"]),
			"\xcc\xee\xb1\xa8\xb1\xed.xlsx":            []byte("%PDF"),
		} {
			if err := os.WriteFile(filepath.Join(inbox, name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		log := logOf(t, o.dir, form)
		looksHarmless(t, form, log)
		if !strings.Contains(log, "HYPERLINK") {
			t.Errorf("%s: nothing of the nasty names is in the log:\n%s", form, log)
		}
		for line := range strings.Lines(log) {
			switch {
			case form == "text" && !strings.HasPrefix(line, `时间="20`) && !strings.HasPrefix(line, "督办已启动") &&
				!strings.HasPrefix(line, "请注意") && !strings.HasPrefix(line, "收件照常"):
				t.Errorf("a line of its own: %q", line)
			case form == "json" && !json.Valid([]byte(line)):
				t.Errorf("no document: %q", line)
			}
		}
	}
}

// logOf runs the daemon until both files have their receipts.
func logOf(t *testing.T, dir, form string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log")
	log, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	c := exec.Command("duban", "-C", dir, "run", "--log", form)
	c.Stderr = log
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for range 600 {
		found, _ := filepath.Glob(filepath.Join(dir, "outbox", "receipts", "*", "*.txt"))
		if len(found) == 2 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
