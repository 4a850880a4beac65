package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// terminalPair opens a pseudo-terminal: the side of the person, and that of the
// program.
func terminalPair(t *testing.T) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here")
	}
	t.Cleanup(func() { person.Close() })
	var locked, n int32
	for _, x := range []struct {
		ask uintptr
		to  *int32
	}{{syscall.TIOCSPTLCK, &locked}, {syscall.TIOCGPTN, &n}} {
		if _, _, e := syscall.Syscall(syscall.SYS_IOCTL, person.Fd(), x.ask,
			uintptr(unsafe.Pointer(x.to))); e != 0 {
			t.Fatal(e)
		}
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { program.Close() })
	return person, program
}

func TestOnATerminalAPersonIsAsked(t *testing.T) {
	s := newSmall(t)
	s.whole()
	s.hand(7)
	for _, x := range []struct {
		said    string
		edition int
	}{{"n\n", 1}, {"\n", 1}, {"y\n", 2}} {
		person, program := terminalPair(t)
		c := exec.Command("duban", "-C", s.dir, "rerun", "--month", "2025-02")
		var out bytes.Buffer
		c.Stdin, c.Stdout, c.Stderr = program, &out, &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := person.WriteString(x.said); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(); err != nil {
			t.Errorf("%q: %v", x.said, err)
		}
		if text := out.String(); strings.Count(text, "数据：1个 → 7个，更正") != 1 ||
			!strings.Contains(text, "确认生成第2版吗？[y/N]") {
			t.Errorf("%q: it said\n%s", x.said, text)
		}
		if got := s.editions("2025-02"); got != x.edition {
			t.Errorf("after %q there is edition %d", x.said, got)
		}
	}
}
