//go:build unix

package durable

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test program play the writer that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("DURABLE_WRITE"); path != "" {
		for i := 0; ; i++ {
			b := bytes.Repeat([]byte{byte('a' + i%26)}, 1<<20+i%26)
			if err := Write(path, b, 0o644); err != nil {
				os.Exit(1)
			}
		}
	}
	os.Exit(m.Run())
}

func TestAKilledWriterLeavesAWholeFileOrNone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "whole")
	rnd := rand.New(rand.NewPCG(1, 2))
	swept, seen := 0, 0
	for range 20 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "DURABLE_WRITE="+path)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		for i := 0; i < 1000 && len(names(t, dir)) == 0; i++ {
			time.Sleep(10 * time.Millisecond) // it has not begun yet
		}
		time.Sleep(time.Duration(rnd.IntN(40_000)) * time.Microsecond)
		c.Process.Kill()
		c.Wait()
		b, err := os.ReadFile(path)
		if err == nil {
			seen++
			if len(b) != 1<<20+int(b[0]-'a') || strings.Count(string(b), string(b[:1])) != len(b) {
				t.Fatalf("a file of %d bytes is not whole", len(b))
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		n, err := Sweep(dir)
		if err != nil {
			t.Fatal(err)
		}
		swept += n
		if got := names(t, dir); len(got) > 1 {
			t.Fatalf("after the sweep the folder holds %q", got)
		}
	}
	t.Logf("%d times a file was there, %d temporaries were swept", seen, swept)
	if seen == 0 {
		t.Error("no file was ever seen: the kills proved nothing")
	}
}
