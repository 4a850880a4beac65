package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// setting DIR OLD NEW rewrites a workspace's settings, which must hold OLD
// exactly once.
func setting(ts *testscript.TestScript, _ bool, args []string) {
	path := filepath.Join(ts.MkAbs(args[0]), "duban.yaml")
	b, err := os.ReadFile(path)
	ts.Check(err)
	if n := strings.Count(string(b), args[1]); n != 1 {
		ts.Fatalf("duban.yaml holds %q %d times, not once", args[1], n)
	}
	s := strings.Replace(string(b), args[1], args[2], 1)
	ts.Check(os.WriteFile(path, []byte(s), 0o644))
}
