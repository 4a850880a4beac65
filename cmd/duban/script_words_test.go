package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// words are the commands that the scripts have beyond testscript's own.
var words = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exits":    exits,
	"furnish":  furnished,
	"fill":     fill,
	"edit":     edit,
	"spoil":    spoiled,
	"rewrite":  rewrite,
	"lock":     lock,
	"clearly":  clearly,
	"above":    above,
	"marked":   marked,
	"cut":      cut,
	"cell":     cell,
	"inbook":   inBook,
	"printed":  printed,
	"setting":  setting,
	"replace":  replace,
	"sum":      sum,
	"tamper":   tamper,
	"flip":     flip,
	"oneof":    oneOf,
	"jsonget":  jsonGet,
	"jsonkeys": jsonKeys,
	"jsonset":  jsonSet,
}

// exits STATUS PROGRAM ARG… runs a program and asks for its exit status.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var failed *exec.ExitError
		if !errors.As(err, &failed) {
			ts.Fatalf("%v", err)
		}
		got = failed.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// furnished DIR makes a workspace fit for tests; see furnish.
func furnished(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(furnish(ts.MkAbs(args[0])))
}

// fill FORM OUT ID COLUMN=VALUE… ID COLUMN=VALUE… fills a form. On the opening
// form an id is ID@UNIT. by=NAME before the first id changes the signature;
// by= leaves it away.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	var all []form.Answer
	var id, unit string
	filler := "张三"
	for _, a := range args[2:] {
		column, value, ok := strings.Cut(a, "=")
		switch {
		case !ok:
			id, unit, _ = strings.Cut(a, "@")
			continue
		case column == "by":
			filler = value
			continue
		}
		all = append(all, answer(id, unit, plan.Column(column), value))
	}
	out, err := form.Fill([]byte(ts.ReadFile(args[0])), filler, "李四", all)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out, 0o644))
}

// answer reads a value as a clerk's typing would be read.
func answer(id, unit string, c plan.Column, value string) form.Answer {
	a := form.Answer{ID: id, Unit: unit, Column: c, Text: value}
	if d, err := plan.ParseDate(value); err == nil {
		a.Date = d
	} else if v, err := plan.ParseValue(value); err == nil {
		a.Number = v
	}
	return a
}

// edit BOOK OUT SHEET!CELL=VALUE… writes over any cells, as text; an empty
// value empties the cell.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenReader(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	for _, a := range args[2:] {
		where, value, _ := strings.Cut(a, "=")
		name, at, _ := strings.Cut(where, "!")
		ts.Check(f.SetCellStr(name, at, value))
	}
	var b bytes.Buffer
	ts.Check(f.Write(&b))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644))
}

// cut FILE OUT keeps the first two thirds of a file.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	b := []byte(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b[:len(b)*2/3], 0o644))
}

// book reads a workbook with our own strict reader.
func book(ts *testscript.TestScript, file string) *sheet.Workbook {
	w, err := sheet.Read([]byte(ts.ReadFile(file)), sheet.DefaultLimits)
	ts.Check(err)
	return w
}

func sheetOf(ts *testscript.TestScript, file, name string) *sheet.Sheet {
	for _, s := range book(ts, file).Sheets {
		if s.Name == name {
			return s
		}
	}
	ts.Fatalf("%s has no sheet %s", file, name)
	return nil
}

// cell BOOK SHEET!CELL TEXT asks what stands in a cell, as the file holds it.
func cell(ts *testscript.TestScript, neg bool, args []string) {
	name, at, _ := strings.Cut(args[1], "!")
	for _, c := range sheetOf(ts, args[0], name).Cells {
		if c.Address() == at {
			if (c.Raw == args[2]) == neg {
				ts.Fatalf("%s holds %q", args[1], c.Raw)
			}
			return
		}
	}
	if !neg {
		ts.Fatalf("%s is empty", args[1])
	}
}

// inbook BOOK SHEET REGEXP asks for a row of the sheet, its cells joined by a
// blank, that matches.
func inBook(ts *testscript.TestScript, neg bool, args []string) {
	re, err := regexp.Compile(args[2])
	ts.Check(err)
	rows := map[int][]string{}
	for _, c := range sheetOf(ts, args[0], args[1]).Cells {
		rows[c.Row] = append(rows[c.Row], c.Raw)
	}
	for _, row := range rows {
		if line := strings.Join(row, " "); re.MatchString(line) {
			if neg {
				ts.Fatalf("found %s", line)
			}
			return
		}
	}
	if !neg {
		ts.Fatalf("no row of %s matches %s: %v", args[1], args[2], rows)
	}
}

// sum FILE WANT asks for a file's SHA-256.
func sum(ts *testscript.TestScript, _ bool, args []string) {
	s := sha256.Sum256([]byte(ts.ReadFile(args[0])))
	if got := hex.EncodeToString(s[:]); got != args[1] {
		ts.Fatalf("SHA-256 of %s is %s", args[0], got)
	}
}

// oneof VAR PATTERN sets VAR to the only file that matches; ! oneof PATTERN
// asks for none.
func oneOf(ts *testscript.TestScript, neg bool, args []string) {
	found, err := filepath.Glob(ts.MkAbs(args[len(args)-1]))
	ts.Check(err)
	switch {
	case neg && len(found) > 0:
		ts.Fatalf("found %v", found)
	case !neg && len(found) != 1:
		ts.Fatalf("%d files match %s: %v", len(found), args[1], found)
	case !neg:
		ts.Setenv(args[0], found[0])
	}
}

// document decodes a file, or stdout, which must hold one JSON document and
// nothing else.
func document(ts *testscript.TestScript, file string) any {
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(file)))
	d.UseNumber()
	var doc any
	if err := d.Decode(&doc); err != nil {
		ts.Fatalf("%s: no JSON document: %v", file, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		ts.Fatalf("%s: something follows the JSON document", file)
	}
	return doc
}

// at follows a path such as 0.findings.[code=negative].cell; len is a length.
func at(ts *testscript.TestScript, doc any, path string) any {
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' }) {
		switch v := doc.(type) {
		case map[string]any:
			next, ok := v[step]
			if !ok {
				ts.Fatalf("%s: no key %q", path, step)
			}
			doc = next
		case []any:
			doc = element(ts, v, step)
		default:
			ts.Fatalf("%s: nothing below %v", path, doc)
		}
	}
	return doc
}

func element(ts *testscript.TestScript, list []any, step string) any {
	if step == "len" {
		return len(list)
	}
	if key, want, ok := strings.Cut(strings.Trim(step, "[]"), "="); ok {
		for _, x := range list {
			if m, ok := x.(map[string]any); ok && fmt.Sprint(m[key]) == want {
				return x
			}
		}
		ts.Fatalf("no element has %s in %v", step, list)
	}
	i, err := strconv.Atoi(step)
	if err != nil || i >= len(list) {
		ts.Fatalf("no element %s in %d", step, len(list))
	}
	return list[i]
}

// jsonget FILE PATH WANT asks for a value; null is null.
func jsonGet(ts *testscript.TestScript, neg bool, args []string) {
	v := at(ts, document(ts, args[0]), args[1])
	got := fmt.Sprint(v)
	if v == nil {
		got = "null"
	}
	if (got == args[2]) == neg {
		ts.Fatalf("%s is %s", args[1], got)
	}
}

// jsonkeys FILE PATH KEY… asks that an object has the keys; it may have more.
func jsonKeys(ts *testscript.TestScript, _ bool, args []string) {
	m, ok := at(ts, document(ts, args[0]), args[1]).(map[string]any)
	if !ok {
		ts.Fatalf("%s is no object", args[1])
	}
	for _, k := range args[2:] {
		if _, ok := m[k]; !ok {
			ts.Fatalf("%s has no key %s: %v", args[1], k, m)
		}
	}
}

// jsonset VAR FILE PATH keeps a value.
func jsonSet(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], fmt.Sprint(at(ts, document(ts, args[1]), args[2])))
}
