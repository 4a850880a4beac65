//go:build linux

package main

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets the test be the daemon with a clock of its own, as main does.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir))
	}
	os.Exit(m.Run())
}

// TestCampaign is its short form: every invariant holds after every fault, and finds its
// own breach.
func TestCampaign(t *testing.T) {
	var out bytes.Buffer
	c := &campaign{out: &out, short: true, seed: 1, jobs: 8, fonts: fontsDir(t), keep: true}
	if err := c.prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !t.Failed() {
			os.RemoveAll(c.dir)
		}
	})
	t.Run("breaches are found", func(t *testing.T) {
		t.Parallel()
		findsBreaches(t, c)
	})
	t.Run("invariants hold", func(t *testing.T) {
		t.Parallel()
		err := c.run(context.Background())
		t.Logf("\n%s", out.String())
		if err != nil {
			t.Error(err)
		}
	})
}

// fontsDir is where make fonts put the faces. Only a developer's machine may do without;
// then no digest is held against the reference.
func fontsDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("DUBAN_FONTS")
	if dir == "" {
		dir = filepath.Join("..", "..", ".fonts")
	}
	if _, err := os.Stat(filepath.Join(dir, "fangsong.ttf")); err == nil {
		return dir
	}
	if os.Getenv("CI") != "" {
		t.Fatal("no fonts: run make fonts")
	}
	return ""
}

// findsBreaches harms copies of a workspace at rest, in one way for each invariant: what
// cannot fail proves nothing.
func findsBreaches(t *testing.T, c *campaign) {
	r := c.try(context.Background(), fault{name: "breaches", do: func(x *trial) {
		x.furnish()
		d := x.start()
		x.all(x.batchOf(x.usual()))
		x.drain(d)
		for i, f := range x.prove() {
			name := c.invariants[i].name
			if len(f.faults) > 0 {
				t.Errorf("%s finds without a breach: %q", name, f.faults)
			}
			harmed := *x
			harmed.ws, harmed.dropped = filepath.Join(x.dir, name), maps.Clone(x.dropped)
			x.must(os.CopyFS(harmed.ws, os.DirFS(x.ws)))
			if err := breaches[name](&harmed); err != nil {
				t.Error(err)
			}
			if _, found := c.invariants[i].prove(&harmed, harmed.gather()); len(found) == 0 {
				t.Errorf("%s does not find its breach", name)
			}
		}
	}})
	if r.failed != "" {
		t.Error(r.failed)
	}
}

// breaches are by the invariant they break.
var breaches = map[string]func(x *trial) error{
	"conserved": func(x *trial) error {
		sum := x.stock.opening.sum
		return os.Remove(filepath.Join(x.ws, "state", "archive", sum[:2], sum))
	},
	"once": func(x *trial) error {
		x.has(parcel{name: "never taken", sum: strings.Repeat("0", 64)})
		return nil
	},
	"receipts": func(x *trial) error { return os.Remove(x.receipts()[0]) },
	"figures": func(x *trial) error {
		return ledgerOf(x).exec("UPDATE figures SET total = '1' WHERE total IS NOT NULL")
	},
	"tidy": func(x *trial) error {
		return os.WriteFile(filepath.Join(x.ws, "outbox", ".tmp-1"), nil, 0o644)
	},
	"sound": func(x *trial) error {
		return ledgerOf(x).exec("PRAGMA foreign_keys = 0; DELETE FROM readings WHERE id = 2")
	},
	"verified": func(x *trial) error {
		return ledgerOf(x).exec("UPDATE deliveries SET sender = 'somebody'")
	},
	"daemons": func(x *trial) error {
		_, err := x.daemons[0].Write([]byte("panic: not really\n"))
		return err
	},
	"discreet": func(x *trial) error {
		_, err := x.daemons[0].Write([]byte(personPhone + "\n"))
		return err
	},
}

func ledgerOf(x *trial) *patient { return &patient{state: filepath.Join(x.ws, "state")} }
