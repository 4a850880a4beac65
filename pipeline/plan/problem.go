package plan

import (
	"fmt"
	"sort"
	"strings"
)

// Problem is one thing wrong with a plan file: where it stands, and in Chinese
// what is wrong and how to mend it. Line counts from 1.
type Problem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// String is "file:line: message".
func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message) }

// FilesError is everything wrong with the files of a plan, in the order of the
// files and of their lines: one look is enough to mend them all.
type FilesError struct{ Problems []Problem }

// Error is one problem a line.
func (e *FilesError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// report gathers problems while files are read and proven.
type report struct {
	files    []string // in the order they were opened
	problems []Problem
}

// open takes note of a file, so that its problems come in its turn.
func (r *report) open(file string) { r.files = append(r.files, file) }

// add notes a problem; a line below 1 is the file's first.
func (r *report) add(file string, line int, format string, args ...any) {
	p := Problem{File: file, Line: max(line, 1), Message: fmt.Sprintf(format, args...)}
	r.problems = append(r.problems, p)
}

// err is nil when nothing is wrong.
func (r *report) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	turn := map[string]int{}
	for i, f := range r.files {
		if _, seen := turn[f]; !seen {
			turn[f] = i
		}
	}
	sort.SliceStable(r.problems, func(i, j int) bool {
		a, b := r.problems[i], r.problems[j]
		if a.File != b.File {
			return turn[a.File] < turn[b.File]
		}
		return a.Line < b.Line
	})
	return &FilesError{r.problems}
}
