//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"duban/pipeline/durable"
	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// The daemon as a real process: the program that TestMain put on the path.

// office is a workspace with issued forms, and what was dropped into its inbox.
type office struct {
	*testing.T
	dir     string
	blanks  map[string][]byte // by unit code
	dropped map[string]bool   // hashes
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{T: t, dir: filepath.Join(t.TempDir(), "ws"), blanks: map[string][]byte{},
		dropped: map[string]bool{}}
	o.duban("init", o.dir)
	if err := furnish(o.dir); err != nil {
		t.Fatal(err)
	}
	var forms []struct{ Unit, File string }
	out := o.duban("-C", o.dir, "--json", "forms", "--month", "2025-01")
	if err := json.Unmarshal(out, &forms); err != nil {
		t.Fatal(err)
	}
	for _, f := range forms {
		b, err := os.ReadFile(f.File)
		if err != nil {
			t.Fatal(err)
		}
		o.blanks[f.Unit] = b
	}
	return o
}

// duban runs a command that must succeed and returns its standard output.
func (o *office) duban(args ...string) []byte {
	o.Helper()
	c := exec.Command("duban", args...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		o.Fatalf("duban %v: %v\n%s", args, err, stderr.String())
	}
	return out
}

// drop puts the n-th form of a unit into the inbox as a share would: written
// beside, then renamed. Even forms go into the unit's own folder.
func (o *office) drop(unit string, n int) {
	o.Helper()
	b, err := form.Fill(o.blanks[unit], fmt.Sprintf("填报人%d", n), "审核人", nil)
	if err != nil {
		o.Fatal(err)
	}
	sum := sha256.Sum256(b)
	o.dropped[hex.EncodeToString(sum[:])] = true
	dir := filepath.Join(o.dir, "inbox")
	if n%2 == 0 {
		dir = filepath.Join(dir, unit)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		o.Fatal(err)
	}
	name := filepath.Join(dir, fmt.Sprintf("%s-%d.xlsx", unit, n))
	if err := os.WriteFile(name, b, 0o644); err != nil {
		o.Fatal(err)
	}
}

// units lists the codes of some units, in a fixed order.
func (o *office) units() []string {
	return []string{"rsj", "jyj", "cl", "jtj", "ybj", "sjj", "zfw", "sfj", "xfj", "gafj"}
}

// daemon is duban run.
type daemon struct {
	*exec.Cmd
	mu  sync.Mutex
	log bytes.Buffer
}

func (d *daemon) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.Write(p)
}

func (d *daemon) said(s string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Contains(d.log.String(), s)
}

func (o *office) start() *daemon {
	o.Helper()
	d := &daemon{Cmd: exec.Command("duban", "-C", o.dir, "run")}
	d.Stdout, d.Stderr = d, d
	if err := d.Start(); err != nil {
		o.Fatal(err)
	}
	o.Cleanup(func() {
		d.Process.Kill()
		d.Wait()
		if o.Failed() {
			d.mu.Lock()
			o.Logf("the daemon said:\n%s", d.log.String())
			d.mu.Unlock()
		}
	})
	return d
}

// end asks the daemon to end and wants status 0.
func (o *office) end(d *daemon) {
	o.Helper()
	if err := d.Process.Signal(syscall.SIGTERM); err != nil {
		o.Fatal(err)
	}
	if err := d.Wait(); err != nil {
		o.Fatalf("asked to end, the daemon ended with: %v", err)
	}
}

// until waits for the last effect of something; the limit only ends a hang.
func (o *office) until(what string, done func() bool) {
	o.Helper()
	for limit := time.Now().Add(2 * time.Minute); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(limit) {
			o.Fatalf("waited two minutes for: %s", what)
		}
	}
}

func (o *office) receipts() []string {
	found, err := filepath.Glob(filepath.Join(o.dir, "outbox", "receipts", "*", "*-回执.txt"))
	if err != nil {
		o.Fatal(err)
	}
	return found
}

// places finds every regular file below a folder of the workspace, by hash.
func (o *office) places(rel string) map[string]int {
	o.Helper()
	found := map[string]int{}
	err := filepath.WalkDir(filepath.Join(o.dir, rel), func(p string, d os.DirEntry, err error) error {
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(p)
		if errors.Is(err, os.ErrNotExist) {
			return nil // on its way
		}
		if err != nil {
			return err
		}
		sum := sha256.Sum256(b)
		found[hex.EncodeToString(sum[:])]++
		return nil
	})
	if err != nil {
		o.Fatal(err)
	}
	return found
}

// whole asks that every file dropped is in one place only, and that nothing is
// half done: no claim in work, no temporary anywhere.
func (o *office) whole() (inInbox, kept int) {
	o.Helper()
	inbox, archive := o.places("inbox"), o.places("state/archive")
	held, work := o.places("state/quarantine"), o.places("state/work")
	for sum := range o.dropped {
		if n := inbox[sum] + archive[sum] + held[sum]; n != 1 || work[sum] > 0 {
			o.Errorf("%s: inbox %d, archive %d, quarantine %d, work %d", sum[:12],
				inbox[sum], archive[sum], held[sum], work[sum])
		}
		inInbox += inbox[sum]
		kept += archive[sum]
	}
	err := filepath.WalkDir(o.dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), durable.TempPrefix) {
			o.Errorf("a temporary is left: %s", p)
		}
		return err
	})
	if err != nil {
		o.Error(err)
	}
	return inInbox, kept
}

func TestDaemonTakesFilesAndAnswers(t *testing.T) {
	o := newOffice(t)
	d := o.start()
	o.until("the start", func() bool { return d.said("督办已启动") })
	for n, u := range o.units() {
		o.drop(u, n)
	}
	o.until("the receipts", func() bool { return len(o.receipts()) == len(o.dropped) })
	o.end(d)
	if inInbox, kept := o.whole(); inInbox != 0 || kept != len(o.dropped) {
		t.Errorf("%d files in the inbox, %d of %d in the archive", inInbox, kept, len(o.dropped))
	}
	units := map[string]bool{}
	for _, r := range o.receipts() {
		units[strings.Split(filepath.Base(r), "-")[1]] = true
	}
	if len(units) != len(o.units()) {
		t.Errorf("receipts for %v", units)
	}
}

func TestDaemonEndsOnSIGTERMWithTheFileInHandFinished(t *testing.T) {
	o := newOffice(t)
	for n := range 40 {
		o.drop(o.units()[n%len(o.units())], n)
	}
	d := o.start()
	o.until("the first claim", func() bool { return len(o.places("inbox")) < len(o.dropped) })
	o.end(d)
	before, kept := o.whole()
	t.Logf("%d of %d files taken before the end", kept, len(o.dropped))
	if got := len(o.receipts()); got != kept {
		t.Errorf("%d files in the archive, %d receipts", kept, got)
	}
	if before+kept != len(o.dropped) {
		t.Errorf("%d in the inbox and %d taken are not the %d dropped", before, kept, len(o.dropped))
	}
	d = o.start()
	o.until("the other receipts", func() bool {
		return d.said("督办已启动") && len(o.receipts()) == len(o.dropped)
	})
	o.end(d)
	if left, kept := o.whole(); left != 0 || kept != len(o.dropped) {
		t.Errorf("%d files in the inbox, %d of %d in the archive", left, kept, len(o.dropped))
	}
}

func TestDaemonKilledAgainAndAgainLosesNothing(t *testing.T) {
	o := newOffice(t)
	random := rand.New(rand.NewPCG(1, 2))
	for kill := range 10 {
		d := o.start()
		for n := range 6 {
			o.drop(o.units()[(kill+n)%len(o.units())], kill*6+n)
			time.Sleep(time.Duration(random.IntN(150)) * time.Millisecond)
		}
		time.Sleep(time.Duration(random.IntN(300)) * time.Millisecond)
		if err := d.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		d.Wait()
		t.Logf("kill %d: %d receipts of %d", kill, len(o.receipts()), len(o.dropped))
	}
	d := o.start()
	o.until("every receipt", func() bool {
		return d.said("督办已启动") && len(o.receipts()) >= len(o.dropped)
	})
	o.end(d)
	if left, kept := o.whole(); left != 0 || kept != len(o.dropped) {
		t.Errorf("%d files in the inbox, %d of %d in the archive", left, kept, len(o.dropped))
	}
	if got := len(o.receipts()); got != len(o.dropped) {
		t.Errorf("%d receipts for %d deliveries", got, len(o.dropped))
	}
	o.countedOnce()
}

// countedOnce asks the ledger for each submission once.
func (o *office) countedOnce() {
	o.Helper()
	var units []struct {
		Unit     string
		Versions int
	}
	out := o.duban("-C", o.dir, "--json", "status", "--month", "2025-01")
	if err := json.Unmarshal(out, &units); err != nil {
		o.Fatal(err)
	}
	total := 0
	for _, u := range units {
		total += u.Versions
	}
	if total != len(o.dropped) {
		o.Errorf("the ledger counts %d submissions of %d", total, len(o.dropped))
	}
}

func TestSecondDaemonOnOneWorkspaceSaysSoAndEnds(t *testing.T) {
	o := newOffice(t)
	d := o.start()
	o.until("the start", func() bool {
		_, err := os.Stat(filepath.Join(o.dir, "state", "duban.lock"))
		return err == nil && d.said("督办已启动")
	})
	for _, command := range []string{"run", "once"} {
		c := exec.Command("duban", "-C", o.dir, command)
		out, err := c.CombinedOutput()
		if got := c.ProcessState.ExitCode(); got != 2 {
			t.Errorf("duban %s beside a running daemon: status %d (%v), want 2", command, got, err)
		}
		if !strings.Contains(string(out), "已有一个 duban 在运行") {
			t.Errorf("duban %s said: %s", command, out)
		}
	}
	// The counter and the questions stay open beside it.
	handed := filepath.Join(t.TempDir(), "表.xlsx")
	b, err := form.Fill(o.blanks["cl"], "张三", "李四", []form.Answer{
		{ID: "A06-1", Column: plan.ColAdded, Number: plan.Int(3)},
		{ID: "A06-1", Column: plan.ColTotal, Number: plan.Int(3)}})
	if err == nil {
		err = os.WriteFile(handed, b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	o.duban("-C", o.dir, "submit", handed, "--unit", "cl")
	o.duban("-C", o.dir, "trace", "--month", "2025-01", "A06-1")
	o.end(d)
	if got := len(o.receipts()); got != 1 {
		t.Errorf("%d receipts for a file handed in beside the daemon, want 1", got)
	}
}
