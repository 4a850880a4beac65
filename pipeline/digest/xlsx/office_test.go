package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// Books looked at by others: Microsoft's Open XML SDK (as ooxml-validate, an npm
// package, runs it), which proves every part against the schemas of the format,
// and LibreOffice. With DUBAN_OFFICE set (make office-test) these tests must
// run; else they are skipped where the programs are not installed.

func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("DUBAN_OFFICE") != "" {
			t.Fatalf("DUBAN_OFFICE is set, but there is no %s", name)
		}
		t.Skipf("no %s here: run make office-test", name)
	}
	return path
}

// faults is what the Open XML SDK finds wrong with a workbook.
func faults(t *testing.T, b []byte) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program(t, "ooxml-validate"), "--of", "json", path)
	c.WaitDelay = time.Minute
	out, err := c.Output()
	if err != nil {
		t.Fatalf("ooxml-validate: %v\n%s", err, out)
	}
	var found []struct {
		Description string
		Path        struct{ PartURI, XPath string }
	}
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatalf("ooxml-validate said %q: %v", out, err)
	}
	var all []string
	for _, f := range found {
		all = append(all, fmt.Sprintf("%s %s: %s", f.Path.PartURI, f.Path.XPath, f.Description))
	}
	return all
}

func TestOfficeSchemasHoldForEveryPart(t *testing.T) {
	for name, b := range map[string][]byte{
		"a whole plan": written(t, whole(300)), "an empty month": written(t, whole(0)),
		"hostile text": written(t, hostile()),
	} {
		if all := faults(t, b); len(all) > 0 {
			t.Errorf("%s: %d faults, the first: %s", name, len(all), all[0])
		}
	}
}

func TestOfficeSchemasFindEveryPartBrokenOnPurpose(t *testing.T) {
	all := parts(t, written(t, whole(40)))
	breaks := []struct{ part, from, to string }{
		{"xl/worksheets/sheet1.xml", `type="num"><xm:f>0`, `type="number"><xm:f>0`},
		{"xl/worksheets/sheet3.xml", `<mergeCells count="`, `<mergeCells number="`},
		{"xl/worksheets/sheet4.xml", `operator="equal"`, `operator="same"`},
		{"xl/charts/chart1.xml", `<barDir val="bar">`, `<barDir val="across">`},
		{"xl/drawings/drawing1.xml", `editAs="absolute"`, `editAs="anyhow"`},
		{"xl/styles.xml", `<cellXfs count="`, `<cellXfs number="`},
	}
	for _, x := range breaks {
		if !strings.Contains(all[x.part], x.from) {
			t.Fatalf("%s lacks %q", x.part, x.from)
		}
		all[x.part] = strings.Replace(all[x.part], x.from, x.to, 1)
	}
	found := strings.Join(faults(t, zipped(t, all)), "\n")
	for _, x := range breaks {
		if !strings.Contains(found, "/"+x.part) {
			t.Errorf("%s with %q in place of %q passes; found:\n%s", x.part, x.to, x.from, found)
		}
	}
}

func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// saved is a workbook opened by LibreOffice and saved as another kind of file.
func saved(t *testing.T, b []byte, kind string) []byte {
	t.Helper()
	in, out := t.TempDir(), t.TempDir()
	path := filepath.Join(in, "book.xlsx")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program(t, "soffice"),
		"-env:UserInstallation=file://"+t.TempDir(), "--headless", "--norestore",
		"--convert-to", kind, "--outdir", out, path)
	c.WaitDelay = time.Minute
	if said, err := c.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	got, err := os.ReadFile(filepath.Join(out, "book."+kind))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestOfficePrintsEverySheet(t *testing.T) {
	if pdf := saved(t, written(t, whole(40)), "pdf"); len(pdf) < 100_000 {
		t.Errorf("the PDF has %d bytes", len(pdf))
	}
}

func TestOfficeKeepsCellsConditionsAndCharts(t *testing.T) {
	for name, b := range map[string][]byte{
		"a whole plan": written(t, whole(300)), "hostile text": written(t, hostile()),
	} {
		again := saved(t, b, "xlsx")
		sameCells(t, name, reopen(t, b), reopen(t, again))
		if d := cmp.Diff(pieces(t, b), pieces(t, again)); d != "" {
			t.Errorf("%s: conditions and charts (-ours +saved):\n%s", name, d)
		}
	}
}

// sameCells compares every cell of two workbooks as it is stored.
func sameCells(t *testing.T, name string, a, b *excelize.File) {
	t.Helper()
	n := 0
	for _, sheet := range a.GetSheetList() {
		rows, err := a.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x, want := range row {
				cell := at(x+1, y+1)
				got, err := b.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				if n++; got != want && !sameNumber(got, want) {
					t.Fatalf("%s: %s!%s is %q, saved as %q", name, sheet, cell, want, got)
				}
			}
		}
	}
	if n < 50 {
		t.Errorf("%s: only %d cells were compared", name, n)
	}
}

func sameNumber(a, b string) bool {
	x, err := strconv.ParseFloat(a, 64)
	y, wrong := strconv.ParseFloat(b, 64)
	return err == nil && wrong == nil && math.Abs(x-y) < 1e-9
}

// pieces counts what a workbook has besides cells: rules and links of every
// sheet, charts, and series in all of them.
func pieces(t *testing.T, b []byte) map[string]int {
	t.Helper()
	n := map[string]int{}
	for name, part := range parts(t, b) {
		switch {
		case strings.HasPrefix(name, "xl/worksheets/sheet"):
			n[name+" words"] = strings.Count(part, `type="cellIs"`)
			n[name+" bars"] = strings.Count(part, "<dataBar ") + strings.Count(part, "<dataBar>")
			n[name+" links"] = strings.Count(part, "<hyperlink ")
			n["formulas"] += strings.Count(part, "<f>") + strings.Count(part, "<f ")
		case strings.HasPrefix(name, "xl/charts/chart"):
			n["charts"]++
			n["series"] += strings.Count(part, "<ser>") + strings.Count(part, "<c:ser>")
		}
	}
	return n
}
