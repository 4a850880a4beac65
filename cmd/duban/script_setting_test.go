package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// setting DIR OLD NEW rewrites a workspace's settings, as replace does.
func setting(ts *testscript.TestScript, neg bool, args []string) {
	replace(ts, neg, append([]string{filepath.Join(args[0], "duban.yaml")}, args[1:]...))
}

// replace FILE OLD NEW rewrites a file, which must hold OLD exactly once; \n in
// NEW is the end of a line.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	b, err := os.ReadFile(path)
	ts.Check(err)
	if n := strings.Count(string(b), args[1]); n != 1 {
		ts.Fatalf("%s holds %q %d times, not once", args[0], args[1], n)
	}
	s := strings.Replace(string(b), args[1], strings.ReplaceAll(args[2], `\n`, "\n"), 1)
	ts.Check(os.WriteFile(path, []byte(s), 0o644))
}
