package main

import (
	"os/exec"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// printed PDF REGEXP asks for a text on a paper, its lines joined without
// blanks. It needs pdftotext: [exec:pdftotext].
func printed(ts *testscript.TestScript, neg bool, args []string) {
	b, err := exec.Command("pdftotext", "-raw", ts.MkAbs(args[0]), "-").Output()
	ts.Check(err)
	re, err := regexp.Compile(args[1])
	ts.Check(err)
	text := strings.Join(strings.Fields(string(b)), "")
	if re.MatchString(text) == neg {
		ts.Fatalf("%s: is it printed: %v\n%s", args[1], !neg, text)
	}
}
