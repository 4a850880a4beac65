//go:build unix

package intake

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test program play the daemon that is killed, and the one
// that comes second.
func TestMain(m *testing.M) {
	switch dir := os.Getenv("INTAKE_DIR"); os.Getenv("INTAKE_ROLE") {
	case "daemon":
		fmt.Fprintln(os.Stderr, daemon(dir))
		os.Exit(1)
	case "second":
		if _, err := Lock(dir); errors.Is(err, ErrLocked) {
			os.Exit(75)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// daemon takes files in for ever: it notes each hash in a ledger of its own,
// as the pipeline would commit it, and settles.
func daemon(dir string) error {
	if _, err := Lock(dir); err != nil {
		return err
	}
	f := at(dir)
	ledger, err := os.OpenFile(filepath.Join(dir, "ledger"),
		os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	take := func(claims []Claim) error {
		for _, c := range claims {
			if _, err := fmt.Fprintln(ledger, c.SHA256, c.Name, c.SubFolder); err != nil {
				return err
			}
		}
		return f.Settle(claims...)
	}
	fmt.Println("ready")
	claims, err := f.Pending()
	for ; err == nil; claims, _, err = f.Look(context.Background()) {
		if err := take(claims); err != nil {
			return err
		}
	}
	return err
}

func at(dir string) *Folder {
	return &Folder{
		Inbox: filepath.Join(dir, "inbox"), Work: filepath.Join(dir, "work"),
		Archive: filepath.Join(dir, "archive"), Quarantine: filepath.Join(dir, "quarantine"),
		Rest: 20 * time.Millisecond, Reserve: 1, Batch: 7,
	}
}

func play(role, dir string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "INTAKE_ROLE="+role, "INTAKE_DIR="+dir)
	return c
}

func TestKillsLoseNothingAndRepeatNothing(t *testing.T) {
	const files = 200
	dir := t.TempDir()
	f := at(dir)
	if err := os.MkdirAll(filepath.Join(f.Inbox, "教育局"), 0o755); err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(7, 11))
	content := map[string]string{} // by hash
	kills := 0
	for i := 0; i < files || kills < 20; {
		c := play("daemon", dir)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		bufio.NewReader(out).ReadString('\n') // it has the lock
		for range rnd.IntN(20) {
			if i == files {
				break
			}
			s := fmt.Sprintf("form %d %s", i, strings.Repeat("x", rnd.IntN(50_000)))
			name := fmt.Sprintf("表%d.xlsx", i)
			if i%3 == 0 {
				name = "教育局/" + name
			}
			content[hash([]byte(s))] = s
			fresh := filepath.Join(dir, "new")
			write(t, fresh, s)
			if err := os.Rename(fresh, filepath.Join(f.Inbox, name)); err != nil {
				t.Fatal(err)
			}
			i++
			time.Sleep(time.Duration(rnd.IntN(5000)) * time.Microsecond)
		}
		time.Sleep(time.Duration(rnd.IntN(50_000)) * time.Microsecond)
		c.Process.Kill()
		c.Wait()
		kills++
		checkConserved(t, f, content)
	}
	drain(t, dir, f)
	checkConserved(t, f, content)
	if n := len(list(t, f.Archive)); n != files {
		t.Errorf("the archive holds %d files of %d", n, files)
	}
	checkNamed(t, dir, content)
	t.Logf("%d kills, %d files", kills, files)
}

// checkNamed proves that every content was handed over, under its own name
// and folder however often.
func checkNamed(t *testing.T, dir string, content map[string]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "ledger"))
	if err != nil {
		t.Fatal(err)
	}
	noted := map[string]string{}
	for line := range strings.Lines(string(b)) {
		sha, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		if was, ok := noted[sha]; ok && was != names {
			t.Errorf("handed over as %q and again as %q", was, names)
		}
		noted[sha] = names
	}
	for sha, s := range content {
		n := strings.Fields(s)[1]
		want := "表" + n + ".xlsx"
		if i, _ := strconv.Atoi(n); i%3 == 0 {
			want += " 教育局"
		}
		if noted[sha] != want {
			t.Errorf("form %s was handed over as %q", n, noted[sha])
		}
	}
}

// drain runs a last life in this process until nothing is left.
func drain(t *testing.T, dir string, f *Folder) {
	t.Helper()
	held, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Release()
	ledger, err := os.OpenFile(filepath.Join(dir, "ledger"), os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer ledger.Close()
	claims, err := f.Pending()
	for range 1000 {
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range claims {
			fmt.Fprintln(ledger, c.SHA256, c.Name, c.SubFolder)
		}
		if err := f.Settle(claims...); err != nil {
			t.Fatal(err)
		}
		claims, _, err = f.Look(t.Context())
		if len(claims) == 0 && f.Waiting() == 0 {
			break
		}
	}
	if left := append(list(t, f.Inbox), list(t, f.Work)...); len(left) != 0 {
		t.Errorf("left over: %q", left)
	}
}

// checkConserved proves that every file that arrived is in exactly one place,
// as it was.
func checkConserved(t *testing.T, f *Folder, content map[string]string) {
	t.Helper()
	found := map[string][]string{}
	for _, root := range []string{f.Inbox, f.Work, f.Archive, f.Quarantine} {
		if _, err := os.Stat(root); err != nil {
			continue
		}
		for _, name := range list(t, root) {
			if strings.HasSuffix(name, ".json") || strings.Contains(name, ".tmp-") {
				continue
			}
			b, err := os.ReadFile(filepath.Join(root, name))
			if err != nil {
				t.Fatal(err)
			}
			found[hash(b)] = append(found[hash(b)], filepath.Join(root, name))
		}
	}
	for sha, s := range content {
		if len(found[sha]) != 1 {
			t.Errorf("%.10q… is in %d places: %q", s, len(found[sha]), found[sha])
		}
	}
	if len(found) != len(content) {
		t.Errorf("%d contents are there, %d arrived", len(found), len(content))
	}
	if t.Failed() {
		t.FailNow()
	}
}

func TestASecondDaemonIsToldSo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	second := func() int {
		c := play("second", dir)
		c.Run()
		return c.ProcessState.ExitCode()
	}
	held, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := second(); got != 75 {
		t.Errorf("another process got the lock as well: status %d", got)
	}
	if _, err := Lock(dir); !errors.Is(err, ErrLocked) {
		t.Errorf("this process got it twice: %v", err)
	}
	if err := held.Release(); err != nil {
		t.Fatal(err)
	}
	if got := second(); got != 0 {
		t.Errorf("when it was released: status %d", got)
	}
}
