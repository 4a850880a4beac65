//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// daemon is duban run as a process of its own.
type daemon struct {
	*exec.Cmd
	began time.Time
	ended chan struct{} // closed when it has
	asked bool          // we killed it or asked it to end

	mu     sync.Mutex
	log    bytes.Buffer
	line   []byte            // its last, still unfinished line
	ready  time.Duration     // from its start to its word that it runs; 0: not yet
	onLine func(line string) // is shown each line as it comes; may be nil
}

// Write takes the log, line by line.
func (d *daemon) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log.Write(p)
	d.line = append(d.line, p...)
	for {
		line, rest, whole := bytes.Cut(d.line, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		if d.ready == 0 && bytes.Contains(line, []byte(`"msg":"started"`)) {
			d.ready = time.Since(d.began)
		}
		if d.onLine != nil {
			d.onLine(string(line))
		}
		d.line = rest
	}
}

// said is everything it has said.
func (d *daemon) said() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.String()
}

// runs reports whether it has said so and has not ended.
func (d *daemon) runs() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ready > 0 && !d.over()
}

func (d *daemon) over() bool {
	select {
	case <-d.ended:
		return true
	default:
		return false
	}
}

// launch starts a daemon and does not wait for its word.
func (t *trial) launch(onLine func(string)) *daemon {
	return t.launchAs(exec.Command(t.duban, "-C", t.ws, "run", "--log", "json"), onLine)
}

func (t *trial) launchAs(c *exec.Cmd, onLine func(string)) *daemon {
	d := &daemon{Cmd: c, ended: make(chan struct{}), onLine: onLine, began: time.Now()}
	d.Env = append(os.Environ(), append(d.Env, "TMPDIR="+t.tmp)...)
	d.Stdout, d.Stderr = d, d
	t.must(d.Start())
	t.daemons = append(t.daemons, d)
	number := len(t.daemons)
	go func() {
		d.Wait()
		os.WriteFile(filepath.Join(t.dir, fmt.Sprintf("daemon-%03d.log", number)),
			d.log.Bytes(), 0o644)
		close(d.ended)
	}()
	return d
}

// start starts a daemon and waits for its word.
func (t *trial) start() *daemon { return t.up(t.launch(nil)) }

func (t *trial) up(d *daemon) *daemon {
	t.until("the daemon's word that it runs", func() bool { return d.runs() || d.over() })
	if d.over() {
		t.failf("the daemon ended with %v:\n%s", d.ProcessState, tail(d.said()))
	}
	t.slowest = max(t.slowest, d.ready)
	return d
}

// kill kills it and waits for its end.
func (t *trial) kill(d *daemon) {
	d.asked = true
	d.Process.Kill()
	<-d.ended
	t.kills++
}

// stop asks it to end, and wants status 0.
func (t *trial) stop(d *daemon) {
	if d.over() {
		t.failf("the daemon ended by itself with %v:\n%s", d.ProcessState, tail(d.said()))
	}
	d.asked = true
	t.must(d.Process.Signal(syscall.SIGTERM))
	t.until("the daemon's end", d.over)
	if code := d.ProcessState.ExitCode(); code != 0 {
		t.failf("asked to end, the daemon ended with %v:\n%s", d.ProcessState, tail(d.said()))
	}
}

// refused waits for a daemon that must not run, and wants status 1 or 2 and each of
// some words.
func (t *trial) refused(status int, words ...string) {
	d := t.launch(nil)
	t.until("the daemon's refusal", d.over)
	if code := d.ProcessState.ExitCode(); code != status {
		t.failf("the daemon ended with %v, want status %d:\n%s", d.ProcessState, status,
			tail(d.said()))
	}
	for _, w := range words {
		if !strings.Contains(d.said(), w) {
			t.failf("the daemon does not say %q:\n%s", w, tail(d.said()))
		}
	}
}

// lives fails when the daemon has ended.
func (t *trial) lives(d *daemon, when string) {
	if d.over() {
		t.failf("%s the daemon ended with %v:\n%s", when, d.ProcessState, tail(d.said()))
	}
}

// command runs duban and returns what it printed and its status.
func (t *trial) command(args ...string) (stdout []byte, status int) {
	c := exec.Command(t.duban, append([]string{"-C", t.ws}, args...)...)
	var out, said bytes.Buffer
	c.Stdout, c.Stderr = &out, &said
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.must(err)
	}
	if c.ProcessState.ExitCode() == 1 {
		return append(out.Bytes(), said.Bytes()...), 1
	}
	return out.Bytes(), c.ProcessState.ExitCode()
}

// health is the light of the daemon, as duban health says it.
func (t *trial) health() string {
	time.Sleep(200 * time.Millisecond) // it is asked again and again
	out, _ := t.command("--json", "health")
	var h struct{ Status string }
	if err := json.Unmarshal(out, &h); err != nil {
		t.failf("duban health: %v: %s", err, out)
	}
	return h.Status
}

// complaints are the errors that daemons logged.
func (t *trial) complaints() (n int) {
	for _, d := range t.daemons {
		n += strings.Count(d.said(), `"level":"ERROR"`)
	}
	return n
}

// tail is the end of a log.
func tail(log string) string { return log[max(0, len(log)-1500):] }
