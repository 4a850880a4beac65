package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
)

// console is a terminal or a pipe that other people's words are written to:
// names of files and folders, what stands in cells. No control or escape
// sequence, no mark that turns the direction of writing or cannot be seen
// reaches it. As \uXXXX such marks stay in the strings of a JSON document.
type console struct {
	to   io.Writer
	json func() bool
}

func (c console) Write(p []byte) (int, error) {
	quoted := c.json != nil && c.json()
	var s strings.Builder
	for _, r := range strings.ToValidUTF8(string(p), "\ufffd") {
		switch {
		case r == '\n', r == '\t':
			s.WriteRune(r)
		case !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r):
			s.WriteRune(r)
		case quoted && r < 0x10000:
			fmt.Fprintf(&s, `\u%04x`, r)
		case quoted:
			s.WriteRune(unicode.ReplacementChar)
		default:
			s.WriteByte('?')
		}
	}
	if _, err := io.WriteString(c.to, s.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// errorsTo is where faults are told.
var errorsTo = console{to: os.Stderr}
