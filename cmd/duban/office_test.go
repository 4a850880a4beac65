//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"duban/pipeline/form"
	"duban/pipeline/sheet"
)

// Forms opened, changed and saved by a real office program: a macro of
// LibreOffice types into the cells, as a clerk would. With DUBAN_OFFICE set
// (make office-test) these tests must run; else they are skipped where
// LibreOffice is not installed.

// typing is what a clerk types: an id and a head of the table, and the text.
// Text that reads as a number is typed as one.
type typing struct{ id, head, text string }

const profileLibrary = `<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" ` +
	`library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Clerk"/>
</library:library>
`

const profileModule = `<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Clerk" ` +
	`script:language="StarBasic">`

// typedByOffice opens a workbook in LibreOffice, types, and saves it as a new
// .xlsx file.
func typedByOffice(t *testing.T, from, to string, all ...typing) {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("DUBAN_OFFICE") != "" {
			t.Fatal("DUBAN_OFFICE is set, but there is no soffice")
		}
		t.Skip("no LibreOffice here: run make office-test")
	}
	profile := t.TempDir()
	run := func(arg string) {
		t.Helper()
		out, err := exec.Command(program, "-env:UserInstallation="+fileURL(profile),
			"--headless", "--norestore", arg).CombinedOutput()
		if err != nil {
			t.Fatalf("soffice %s: %v\n%s", arg, err, out)
		}
	}
	run("--terminate_after_init") // makes the profile
	var module bytes.Buffer
	module.WriteString(profileModule)
	if err := xml.EscapeText(&module, []byte(macro(t, from, to, all))); err != nil {
		t.Fatal(err)
	}
	module.WriteString("</script:module>\n")
	for name, content := range map[string][]byte{
		"script.xlb": []byte(profileLibrary), "Clerk.xba": module.Bytes(),
	} {
		path := filepath.Join(profile, "user", "basic", "Standard", name)
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run("macro:///Standard.Clerk.Work")
	if _, err := os.Stat(to); err != nil {
		t.Fatalf("LibreOffice saved nothing: %v", err)
	}
}

// macro is what LibreOffice is to do.
func macro(t *testing.T, from, to string, all []typing) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, `Sub Work
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden"
  how(0).Value = True
  book = StarDesktop.loadComponentFromURL("%s", "_blank", 0, how())
  table = book.Sheets.getByName("填报")
`, fileURL(from))
	for _, x := range all {
		// Formula is the way of the keyboard: numbers become numbers.
		fmt.Fprintf(&b, "  table.getCellRangeByName(%q).Formula = \"%s\"\n",
			cellOf(t, from, x.id, x.head), x.text)
	}
	fmt.Fprintf(&b, `  how(0).Name = "FilterName"
  how(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("%s", how())
  book.close(True)
End Sub
`, fileURL(to))
	return b.String()
}

func fileURL(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

// cellOf finds the cell of a row and a head.
func cellOf(t *testing.T, file, id, head string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w, err := sheet.Read(b, sheet.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	row, col := 0, 0
	for _, c := range tableIn(t, w).Cells {
		if c.Raw == id && c.Col == 1 {
			row = c.Row
		}
		if c.Raw == head {
			col = c.Col
		}
	}
	if row == 0 || col == 0 {
		t.Fatalf("%s has no cell for %s %s", file, id, head)
	}
	return sheet.Address(row, col)
}

// outcome is what duban submit --json says of a file.
type outcome struct {
	State, Unit, Month, Receipt string
	Findings                    []struct{ Code, Severity, Cell, Message string }
}

func (o *office) submit(status int, args ...string) outcome {
	o.Helper()
	c := exec.Command("duban", append([]string{"-C", o.dir, "--json", "submit"}, args...)...)
	out, _ := c.Output()
	if got := c.ProcessState.ExitCode(); got != status {
		o.Fatalf("duban submit %v: status %d, want %d\n%s", args, got, status, out)
	}
	var all []outcome
	if err := json.Unmarshal(out, &all); err != nil || len(all) != 1 {
		o.Fatalf("%v: %s", err, out)
	}
	return all[0]
}

func (o outcome) has(code string) bool {
	for _, f := range o.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

func (o *office) value(id string) string {
	o.Helper()
	var tr struct {
		Value json.Number
		Raw   string
	}
	out := o.duban("-C", o.dir, "--json", "trace", "--month", "2025-01", id)
	if err := json.Unmarshal(out, &tr); err != nil {
		o.Fatal(err)
	}
	return tr.Value.String()
}

// form writes a unit's blank form to a file of its own.
func (o *office) form(unit string) string {
	o.Helper()
	path := filepath.Join(o.TempDir(), "填报表 1.xlsx")
	if err := os.WriteFile(path, o.blanks[unit], 0o644); err != nil {
		o.Fatal(err)
	}
	return path
}

func TestOfficeFillsAFormAndItIsTakenIn(t *testing.T) {
	o := newOffice(t)
	from, to := o.form("jtj"), filepath.Join(t.TempDir(), "已填.xlsx")
	typedByOffice(t, from, to,
		typing{"T23-5", "本月新增", "2.5"}, typing{"T23-5", "累计完成/本期数", "2.5"},
		typing{"A10-1", "本月新增", "1"}, typing{"A10-1", "累计完成/本期数", "=1+1-1"},
		typing{"A10-2", "填报情况", "零报告"}, typing{"A10-2", "情况说明", "本月无进展"})
	got := o.submit(0, to, "--unit", "区交通运输局")
	if got.Unit != "jtj" || got.Month != "2025-01" {
		t.Errorf("taken as %s %s", got.Unit, got.Month)
	}
	for _, f := range got.Findings {
		if f.Severity == "reject" || strings.HasPrefix(f.Code, "token") || f.Code == "target-altered" {
			t.Errorf("%s %s: %s", f.Code, f.Cell, f.Message)
		}
	}
	for id, want := range map[string]string{"T23-5": "2.5", "A10-1": "1"} {
		if v := o.value(id); v != want {
			t.Errorf("%s is %s, want %s", id, v, want)
		}
	}
}

func TestOfficeMendsAReceiptAndItIsTakenAsResubmission(t *testing.T) {
	o := newOffice(t)
	from, wrong := o.form("jtj"), filepath.Join(t.TempDir(), "错.xlsx")
	typedByOffice(t, from, wrong,
		typing{"T23-5", "本月新增", "2.5"}, typing{"T23-5", "累计完成/本期数", "-2.5"},
		typing{"A10-1", "本月新增", "1"}, typing{"A10-1", "累计完成/本期数", "1"})
	first := o.submit(3, wrong, "--unit", "jtj")
	if !first.has("negative") {
		t.Errorf("the mistake was not found: %+v", first.Findings)
	}
	mended := filepath.Join(t.TempDir(), "更正.xlsx")
	typedByOffice(t, first.Receipt, mended, typing{"T23-5", "累计完成/本期数", "2.5"})
	second := o.submit(0, mended, "--unit", "jtj")
	if second.has("negative") || second.has("token-altered") || second.has("token-missing") {
		t.Errorf("the mended receipt: %+v", second.Findings)
	}
	for id, want := range map[string]string{"T23-5": "2.5", "A10-1": "1"} {
		if v := o.value(id); v != want {
			t.Errorf("%s is %s, want %s", id, v, want)
		}
	}
}

// tableIn is the sheet of the table.
func tableIn(t *testing.T, w *sheet.Workbook) *sheet.Sheet {
	t.Helper()
	for _, s := range w.Sheets {
		if s.Name == form.SheetTable {
			return s
		}
	}
	t.Fatal("no sheet of the table")
	return nil
}
