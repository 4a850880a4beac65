package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain puts the program itself on the path of the scripts, as duban.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"duban": main})
}

// TestScript runs the stories of testdata/script, each in its own folder. What
// the scripts may say beyond testscript's own words is in script_words_test.go.
func TestScript(t *testing.T) {
	small, err := filepath.Abs("../../testdata/plan-small")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                words,
		Condition:           condition,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SMALL", small)
			return nil
		},
	})
}

// condition knows [fonts]: whether a digest can be set here. Only a developer's
// machine may do without; where CI is set, a script that needs them fails.
func condition(name string) (bool, error) {
	if name != "fonts" {
		return false, os.ErrInvalid
	}
	return fontsDir() != "" || os.Getenv("CI") != "", nil
}

// fontsDir is where make fonts put the faces, "" when it has not run.
func fontsDir() string {
	dir := os.Getenv("DUBAN_FONTS")
	if dir == "" {
		dir = "../../.fonts"
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	if _, err := os.Stat(filepath.Join(dir, "fangsong.ttf")); err != nil {
		return ""
	}
	return dir
}

// furnish makes a workspace's settings fit for tests: files are taken at once,
// and the faces are those of make fonts.
func furnish(dir string) error {
	path := filepath.Join(dir, "duban.yaml")
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	s := strings.Replace(string(b), "rest: 2s", "rest: 100ms", 1)
	s = strings.Replace(s, "sweep: 1m", "sweep: 1s", 1)
	if fonts := fontsDir(); fonts != "" {
		s = strings.Replace(s, "    - fonts\n", "    - '"+fonts+"'\n    - fonts\n", 1)
	}
	return os.WriteFile(path, []byte(s), 0o644)
}
