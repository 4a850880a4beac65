//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet"
	"duban/pipeline/sheet/parts"
)

// hostileForm is a good form of 区残联, spoilt: it is read as a form, so all of
// the way is gone, the annotated copy too.
type hostileForm struct {
	name  string
	part  string // of the archive; "table" is the sheet 填报
	spoil func(xml string) string
	code  string // a finding it must get; "" for none that the good form has not
	says  string // words of that finding
	plain bool   // it is answered by a list alone
}

// rowsBehind puts rows behind those of the sheet.
func rowsBehind(n int, row string) func(string) string {
	return func(xml string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, row, 1000+i)
		}
		return strings.Replace(xml, "</sheetData>", b.String()+"</sheetData>", 1)
	}
}

// before puts many copies of a text, each with a number, before an end tag.
func before(end string, n int, format string) func(string) string {
	return func(xml string) string {
		if !strings.Contains(xml, end) {
			panic("no " + end)
		}
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i, i*7919)
		}
		return strings.Replace(xml, end, b.String()+end, 1)
	}
}

// instead puts a cell into the place of the one that holds the number 5.
func instead(cell string) func(string) string {
	return func(xml string) string {
		i := strings.Index(xml, "<v>5</v>")
		from := strings.LastIndex(xml[:i], "<c ")
		address := xml[from:][:strings.Index(xml[from:], ">")]
		_, address, _ = strings.Cut(address, ` r="`)
		address, _, _ = strings.Cut(address, `"`)
		to := i + strings.Index(xml[i:], "</c>") + len("</c>")
		return xml[:from] + strings.ReplaceAll(cell, "@", address) + xml[to:]
	}
}

const (
	styledRow = `<row r="%[1]d"><c r="A%[1]d" s="1"/></row>`
	tableRow  = `<row r="%[1]d"><c r="J%[1]d"><v>1</v></c></row>`
	realRow   = `<row r="%[1]d"><c r="AA%[1]d"><v>1</v></c></row>`
	farCell   = `<row r="%[1]d"><c r="XFD%[1]d" s="1"/></row>`
)

var hostileForms = []hostileForm{
	// Large, and read: the copy must not cost more than the reading.
	{"a million empty styled rows", "table", rowsBehind(1_040_000, styledRow), "passed-over", "空单元格",
		true},
	{"eight empty styled cells in each", "table", rowsBehind(1_040_000,
		`<row r="%[1]d">`+strings.Repeat(`<c s="1"/>`, 8)+`</row>`), "passed-over", "空单元格", true},
	{"twelve", "table", rowsBehind(1_040_000,
		`<row r="%[1]d">`+strings.Repeat(`<c s="1"/>`, 12)+`</row>`), "unreadable", "too-big", true},
	{"60,000 values beside the table", "table", rowsBehind(60_000, realRow), "not-a-form",
		"60", true},
	{"60,000 values in the table", "table", rowsBehind(60_000, tableRow), "not-a-form", "60", true},
	{"as many rows as are read", "table", rowsBehind(4_900, tableRow), "row-without-id", "", false},
	{"empty cells in the last column", "table", rowsBehind(60_000, farCell), "", "", true},
	{"a value in the last column", "table", rowsBehind(1, `<row r="%[1]d"><c r="XFD%[1]d">`+
		`<v>1</v></c></row>`), "unreadable", "outside", true},
	{"as many empty rows as are copied", "table", rowsBehind(95_000, styledRow), "", "", false},
	{"as wide a grid as is copied", "table", rowsBehind(15_000, `<row r="%[1]d">`+
		`<c r="Y%[1]d" s="1"/></row>`), "", "", false},
	{"a wider one", "table", rowsBehind(17_000, `<row r="%[1]d"><c r="Y%[1]d" s="1"/></row>`),
		"", "", true},
	{"fonts as many as are copied", "xl/styles.xml", before("</fonts>", 90_000,
		`<font><sz val="%d.%d"/></font>`), "", "", false},
	{"more fonts", "xl/styles.xml", before("</fonts>", 140_000, `<font><sz val="%d.%d"/></font>`),
		"", "", true},
	{"very many borders", "xl/styles.xml", before("</borders>", 1_000_000,
		`<border a="%d" b="%d"/>`), "", "", true},
	{"one border very often", "xl/styles.xml", func(xml string) string {
		return strings.Replace(xml, "</borders>", strings.Repeat("<border/>", 2_000_000)+"</borders>", 1)
	}, "unreadable", "bomb", true},
	{"cell formats without end", "xl/styles.xml", before("</cellXfs>", 140_000,
		`<xf numFmtId="0" a="%d" b="%d"/>`), "unreadable", "style", true},
	{"9,000 merged ranges", "table", before("</mergeCells>", 9_000,
		`<mergeCell ref="AA1%04[1]d:AB1%04[1]d"/><!--%[2]d-->`), "", "", false},
	{"defined names", "xl/workbook.xml", before("</definedNames>", 100_000,
		`<definedName name="a%d">填报!$A$%d</definedName>`), "", "", false},
	{"a comment of megabytes", "table", before("</worksheet>", 1, "<!--%d %d"+
		strings.Repeat("0123456789abcdef", 1_300_000)+"-->"), "unreadable", "", true},
	{"20 MB beside the cells", "table", before("</worksheet>", 400_000,
		"<!-- %d 0123456789abcdef0123456789abcdef %d-->"), "", "", true},

	// What a cell can say (table 2c).
	{"formula without a result", "table", instead(`<c r="@"><f>2+3</f></c>`),
		"formula-without-value", "", false},
	{"error value", "table", instead(`<c r="@" t="e"><v>#REF!</v></c>`), "error-value", "", false},
	{"error value as text", "table", instead(`<c r="@" t="str"><v>#N/A</v></c>`),
		"error-value", "", false},
	{"formula that reaches out", "table", instead(`<c r="@"><f>[1]表!A1</f><v>5</v></c>`),
		"formula-external", "", false},
	{"DDE", "table", instead(`<c r="@"><f>cmd|'/c calc'!A0</f><v>5</v></c>`),
		"formula-external", "", false},
	{"WEBSERVICE", "table", instead(`<c r="@"><f>WEBSERVICE("http://x/")</f><v>5</v></c>`),
		"formula-external", "", false},
	{"1e9999", "table", instead(`<c r="@"><v>1e9999</v></c>`), "not-a-number", "", false},
	{"NaN", "table", instead(`<c r="@"><v>NaN</v></c>`), "not-a-number", "", false},
	{"INF", "table", instead(`<c r="@"><v>INF</v></c>`), "not-a-number", "", false},
	{"0x10", "table", instead(`<c r="@"><v>0x10</v></c>`), "not-a-number", "", false},
	{"Arabic digits", "table", instead(`<c r="@" t="str"><v>٣</v></c>`), "not-a-number", "", false},
	{"full-width digits are read", "table", instead(`<c r="@" t="str"><v>５</v></c>`), "", "", false},
	{"zero widths are passed over", "table", instead("<c r=\"@\" t=\"str\"><v>\u200b5\ufeff</v></c>"),
		"", "", false},
	{"what it shows is not what it is", "table", instead(`<c r="@" s="0"><v>-5</v></c>`),
		"negative", "", false},
	{"an identity number as a figure", "table",
		instead(`<c r="@"><v>210602199003071230</v></c>`), "not-a-number", "", false},

	// What comes along.
	{"macros", "+xl/vbaProject.bin", nil, "passed-over", "宏不会被执行", true},
	{"an embedded object", "+xl/embeddings/oleObject1.bin", nil, "passed-over", "对象", true},
	{"an external link", "+xl/externalLinks/externalLink1.xml", nil, "passed-over", "链接",
		false},
	{"Strict OOXML", "*", func(xml string) string {
		return strings.NewReplacer(
			"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
			"http://purl.oclc.org/ooxml/spreadsheetml/main",
			"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
			"http://purl.oclc.org/ooxml/officeDocument/relationships").Replace(xml)
	}, "", "", false},
}

// spoilt is the good form with one part changed, added (+) or all changed (*).
func (h hostileForm) spoilt(t *testing.T, good []byte) []byte {
	t.Helper()
	part := h.part
	if part == "table" {
		book, err := sheet.Read(good, sheet.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		part = tableIn(t, book).Part
	}
	all := parts.Of(good)
	for i, p := range all {
		if p.Name == part || part == "*" {
			all[i].Text = h.spoil(p.Text)
		}
	}
	if added, ok := strings.CutPrefix(part, "+"); ok {
		all = append(all, parts.Part{Name: added, Text: "x"})
	}
	return parts.Pack(all)
}

// TestHostileFormsAreWrittenOut is no test: it makes the files in a process of
// its own. What this process had resident at its highest is counted to every
// child of it by the system, so it stays small.
func TestHostileFormsAreWrittenOut(t *testing.T) {
	dir := os.Getenv("DUBAN_HOSTILE_FORMS")
	if dir == "" {
		t.Skip("DUBAN_HOSTILE_FORMS is not set")
	}
	good, err := os.ReadFile(filepath.Join(dir, "good.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range hostileForms {
		if err := os.WriteFile(formFile(dir, i), h.spoilt(t, good), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func formFile(dir string, i int) string { return filepath.Join(dir, fmt.Sprintf("%02d.xlsx", i)) }

// TestHostileFormsAreAnswered takes forms of every kind the whole way, the
// annotated copy of the largest among them, within the limits.
func TestHostileFormsAreAnswered(t *testing.T) {
	o := newOffice(t)
	good, err := form.Fill(o.blanks["cl"], "张三", "李四", []form.Answer{
		{ID: "A06-1", Column: plan.ColAdded, Number: plan.Int(5)},
		{ID: "A06-1", Column: plan.ColTotal, Number: plan.Int(5)},
	})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	whole := filepath.Join(dir, "good.xlsx")
	if err := os.WriteFile(whole, good, 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(os.Args[0], "-test.run=^TestHostileFormsAreWrittenOut$")
	c.Env = append(os.Environ(), "DUBAN_HOSTILE_FORMS="+dir)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var base []string
	for _, f := range o.tried(t, whole).files(t)[0].Findings {
		base = append(base, f.Code)
	}
	var slow, large result
	for i, h := range hostileForms {
		t.Run(h.name, func(t *testing.T) {
			r := o.tried(t, formFile(dir, i))
			h.expect(t, r.files(t)[0], base)
			again := o.swept(t, formFile(dir, i))
			if got := again.files(t); len(got) != 1 || h.plain != plainReceipt(t, got[0].Receipt) {
				t.Errorf("once: %+v", got)
			}
			for _, r := range []result{r, again} {
				t.Logf("%v, %d MB", r.took.Round(time.Millisecond), r.resident>>20)
				if r.took > slow.took {
					slow = r
				}
				if r.resident > large.resident {
					large = r
				}
			}
		})
	}
	t.Logf("at most %v and %d MB", slow.took, large.resident>>20)
	t.Run("all at once", o.allAtOnce)
}

// allAtOnce sweeps every one of them together, again: the biggest side by side
// keep to the memory of one.
func (o *office) allAtOnce(t *testing.T) {
	inbox := filepath.Join(o.dir, "inbox", "cl")
	for _, root := range []string{"archive", "quarantine"} {
		kept, err := filepath.Glob(filepath.Join(o.dir, "state", root, "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range kept {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b = append(b, '\n') // bytes that are not known
			if err := os.WriteFile(filepath.Join(inbox, filepath.Base(path)+".xlsx"), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	r := bounded(t, time.Duration(len(hostileForms))*mostTime, "-C", o.dir, "--json", "once")
	if got := len(r.files(t)); got < len(hostileForms) {
		t.Errorf("%d of %d are answered", got, len(hostileForms))
	}
	t.Logf("%v, %d MB", r.took.Round(time.Millisecond), r.resident>>20)
}

// tried is a trial at the counter.
func (o *office) tried(t *testing.T, path string) result {
	t.Helper()
	return bounded(t, mostTime, "-C", o.dir, "--json", "submit", "--dry-run", "--unit", "cl", path)
}

// swept is one sweep with that file in the unit's folder.
func (o *office) swept(t *testing.T, path string) result {
	t.Helper()
	inbox := filepath.Join(o.dir, "inbox", "cl")
	if err := os.MkdirAll(inbox, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, filepath.Join(inbox, filepath.Base(path))); err != nil {
		t.Fatal(err)
	}
	return bounded(t, mostTime, "-C", o.dir, "--json", "once")
}

func (h hostileForm) expect(t *testing.T, a answeredFile, base []string) {
	t.Helper()
	found := false
	for _, f := range a.Findings {
		known := slices.Contains(base, f.Code) || f.Code == "outside-table"
		if h.code == "" && !known {
			t.Errorf("a finding that the good form has not: %s %s", f.Code, f.Message)
		}
		found = found || f.Code == h.code && strings.Contains(f.Message, h.says)
	}
	if h.code != "" && !found {
		t.Errorf("no finding %s that says %q: %v", h.code, h.says, a.Findings)
	}
	if plain := plainReceipt(t, a.Receipt); plain != h.plain {
		t.Errorf("answered by a list alone: %v, want %v", plain, h.plain)
	}
}

// plainReceipt reports whether a receipt is a list alone.
func plainReceipt(t *testing.T, path string) bool {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return false
	}
	sheets := 0
	for _, p := range parts.Of(b) {
		if strings.HasPrefix(p.Name, "xl/worksheets/sheet") {
			sheets++
		}
	}
	return sheets == 1
}
