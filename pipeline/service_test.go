package pipeline

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A path with everything in it that systemd reads as something else.
const awkward = `督办 100% $HOME "甲" 'b' \x [1]`

func TestTheUnitIsOneThatSystemdAccepts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), awkward)
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "督办 100% [1]") // systemd allows no quotes here
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	text, err := Service("systemd", program, dir)
	if err != nil {
		t.Fatal(err)
	}
	parsed := unitOf(t, text)
	for key, want := range map[string]string{
		"ProtectSystem": "strict", "NoNewPrivileges": "yes", "User": "duban",
		"RestartPreventExitStatus": "2", "CapabilityBoundingSet": "CAP_LEASE", "Restart": "on-failure",
	} {
		if got, ok := parsed[key]; !ok || got != want {
			t.Errorf("%s is %q", key, got)
		}
	}
	path := filepath.Join(t.TempDir(), "duban.service")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("no systemd-analyze here; the unit was only parsed")
	}
	// It finds the program only where every quote and sign comes through.
	out, err := exec.Command(analyze, "verify", "--man=no", path).CombinedOutput()
	if err != nil || strings.Contains(string(out), "duban.service:") {
		t.Errorf("%v\n%s", err, out)
	}
	if want := `-C "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%", "$", "$$").Replace(dir) +
		`" run --log json`; !strings.HasSuffix(parsed["ExecStart"], want) {
		t.Errorf("%s does not end in %s", parsed["ExecStart"], want)
	}
	text = strings.Replace(text, "100%% [1]\" -C", "100%% [2]\" -C", 1)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.Command(analyze, "verify", "--man=no", path).CombinedOutput(); err == nil {
		t.Error("a program that is not there was accepted: this proved nothing")
	}
}

// unitOf reads a unit's keys; it fails at a line that is none.
func unitOf(t *testing.T, text string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == '[' {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok || strings.ContainsAny(key, " \t") {
			t.Errorf("no line of a unit: %s", line)
		}
		all[key] = value
	}
	return all
}

func TestABackupFolderElsewhereMayBeWritten(t *testing.T) {
	dir, other := filepath.Join(t.TempDir(), "ws"), filepath.Join(t.TempDir(), "备份 甲")
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "duban.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s := strings.Replace(string(b), "dir: backup", "dir: '"+other+"'", 1)
	if err := os.WriteFile(filepath.Join(dir, "duban.yaml"), []byte(s), 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := Service("systemd", "/usr/bin/duban", dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"` + dir + `" "` + other + `"`; unitOf(t, text)["ReadWritePaths"] != want {
		t.Errorf("%s, want %s", unitOf(t, text)["ReadWritePaths"], want)
	}
}

func TestTheWindowsTaskQuotesItsPaths(t *testing.T) {
	s := service{Program: `C:\Program Files\duban.exe`, Dir: `D:\督办 '25`, Office: "督查室",
		Writable: []string{`D:\督办 '25`}}
	text, err := s.text(services["windows"])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`icacls 'C:\Program Files\duban.exe' /grant`,
		`-Argument '/d /c ""C:\Program Files\duban.exe" -C "D:\督办 ''25" run --log json ` +
			`2>> "D:\督办 ''25\state\log\duban.log""'`,
		`& 'C:\Program Files\duban.exe' -C 'D:\督办 ''25' health`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s in\n%s", want, text)
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		if n := strings.Count(line, "'"); n%2 != 0 && !strings.HasPrefix(line, "#") {
			t.Errorf("a quote is open: %s", line)
		}
	}
}

func TestAServiceOfAnotherSystemIsRefused(t *testing.T) {
	if _, err := Service("upstart", "/d", t.TempDir()); err == nil {
		t.Error("a text for a system nobody knows")
	}
}
