//go:build linux

package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet"
	"duban/pipeline/sheet/parts"
)

// One nasty text goes in wherever outside text can: formulas, a link, controls
// and NUL, a turned direction of writing, what cannot be seen, markup, an
// escape sequence of a terminal, personal numbers (invented, with right check
// digits), half a surrogate pair.
const (
	nastyID     = "210602199003071230"
	nastyMobile = "13800138000"
	// As a cell of a workbook holds it; _xHHHH_ is how a control is written there.
	nastyCell = `=HYPERLINK(&quot;http://x/&quot;)_x0009_+cmd|'/c calc'!A0_x000D_@SUM(1)＝1_x0000__x0007_` +
		`_x001B_[31m_x001B_]0;题目_x0007__x009B_2J_x202E_abc_x2066_` + "\u200b\ufeff\u00a0" +
		`&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;_xD800_` + nastyID + "，" + nastyMobile
	// As a name of a file, of a folder, or a word of the command line.
	nastyWord = "=HYPERLINK(1)\t+cmd|calc\r@SUM\x07\x1b[31m\x1b]0;题目\x07\u202eabc\u2066\u200b\ufeff" +
		"<script>&amp;" + nastyID + "，" + nastyMobile
)

const nastyMark = "此处有难看的文字"

// nastySheet gives the sheet of the table a nasty name, wherever it is named.
var nastySheet = strings.NewReplacer(`name="填报"`, `name="=HYPERLINK(1)|&#x202E;abc&#x200B;&lt;b&gt;&amp;`+
	nastyMobile+`"`, `填报!`, `'=HYPERLINK(1)|&#x202E;abc&#x200B;&lt;b&gt;&amp;`+nastyMobile+`'!`)

// nastyForm is a form with the text in its remark, a figure, a word, both
// signatures, a cell beside the table and the name of a sheet of its own.
func nastyForm(t *testing.T, blank []byte) []byte {
	t.Helper()
	b, err := form.Fill(blank, nastyMark, nastyMark, []form.Answer{
		{ID: "A06-1", Column: plan.ColAdded, Text: nastyMark},
		{ID: "A06-1", Column: plan.ColState, Text: nastyMark},
		{ID: "A06-1", Column: plan.ColRemark, Text: nastyMark},
		{ID: "A06-2", Column: plan.ColAdded, Number: plan.Int(1)},
		{ID: "A06-2", Column: plan.ColTotal, Number: plan.Int(1)},
		{ID: "A06-2", Column: plan.ColRemark, Text: nastyMark},
	})
	if err != nil {
		t.Fatal(err)
	}
	h := hostileForm{part: "*", spoil: func(xml string) string {
		return nastySheet.Replace(strings.ReplaceAll(xml, nastyMark, nastyCell))
	}}
	return h.spoilt(t, b)
}

func TestNastyTextIsHarmlessWhereverItComesOut(t *testing.T) {
	o := newOffice(t)
	b := nastyForm(t, o.blanks["cl"])
	said := &bytes.Buffer{}
	run := func(args ...string) {
		t.Helper()
		r := bounded(t, 4*mostTime, append([]string{"-C", o.dir}, args...)...)
		said.Write(r.stdout)
		said.WriteString(r.stderr)
		// What the operator typed is his own: only its controls are looked at.
		shown := string(r.stdout) + r.stderr
		for _, arg := range args {
			if strings.Contains(arg, nastyID) {
				shown = withoutOwn.Replace(ownPath.ReplaceAllString(shown, ""))
			}
		}
		looksHarmless(t, strings.Join(args, " "), strings.ReplaceAll(shown, "\t", " "))
	}
	put := func(folder, name string) string {
		t.Helper()
		dir := filepath.Join(o.dir, "inbox", folder)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	path := filepath.Join(t.TempDir(), nastyWord+".xlsx")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	run("submit", "--dry-run", "--unit", "cl", path)
	run("--json", "submit", "--dry-run", "--unit", "cl", path)
	put("cl", nastyWord+".xlsx")
	put(nastyWord, nastyWord+"-2.xlsx")
	run("once")
	b = append(b, "behind"...)
	put("", nastyWord+"-3.xlsx")
	run("--json", "once")
	b = []byte(nastyWord)
	put("cl", nastyWord+"-4.xlsx")
	run("once")
	run("extend", "--unit", "cl", "--month", "2025-01", "--until", "2025-02-20 18:00", "--by", nastyWord,
		"--why", nastyWord, "--document", nastyWord)
	run("waive", "--rule", "total-fell", "--unit", "cl", "--from", "2025-01", "--by", nastyWord,
		"--why", nastyWord, "--document", nastyWord)
	b = append(nastyForm(t, o.blanks["cl"]), "by hand"...)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	run("submit", "--unit", "cl", "--received", "2025-02-05 16:30", "--by", nastyWord, path)
	for _, args := range [][]string{{"waive", "--list"}, {"extend", "--list"}, {"held"}, {"audit"}, {"status", "--month", "2025-01"},
		{"trace", "--month", "2025-01", "A06-2"}} {
		run(args...)
		run(append([]string{"--json"}, args...)...)
	}
	for _, name := range []string{"audit.csv", "audit.xlsx"} {
		file := filepath.Join(o.dir, "outbox", name)
		run("audit", "export", file)
		if ext := filepath.Ext(name); ext == ".csv" {
			lookIntoTable(t, file)
		}
	}
	if fontsDir() != "" {
		run("digest", "--month", "2025-01")
	}
	run("submit", "--unit", nastyWord, path)
	run("trace", "--month", "2025-01", nastyWord)
	if !strings.Contains(said.String(), "HYPERLINK") {
		t.Error("the nasty text came out nowhere: nothing is proven")
	}
	lookThrough(t, filepath.Join(o.dir, "outbox"))
}

var (
	ownPath    = regexp.MustCompile(`(?m)^ +"file": .*$`)
	withoutOwn = strings.NewReplacer(nastyID, "", nastyMobile, "")
)

// looksHarmless asks for no control, no turned direction, nothing unseen and no
// personal number in a text.
func looksHarmless(t *testing.T, where, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%s: broken bytes", where)
	}
	for i, r := range s {
		if r != '\n' && r != '\f' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == 0xfffd) {
			t.Errorf("%s: %U in %q", where, r, s[max(0, i-60):min(len(s), i+30)])
			break
		}
	}
	for _, escaped := range []string{`\u001b`, `\x1b`, `\u202e`, `\u200b`, `\u0000`, `\u0007`, nastyID,
		nastyMobile} {
		if i := strings.Index(s, escaped); i >= 0 {
			t.Errorf("%s: %s in %q", where, escaped, s[max(0, i-60):min(len(s), i+30)])
		}
	}
}

// lookThrough looks at all that went out: names, texts, every cell, the papers.
func lookThrough(t *testing.T, dir string) {
	t.Helper()
	seen := map[string]int{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		looksHarmless(t, "a name", d.Name())
		if strings.HasPrefix(d.Name(), "=") || strings.HasPrefix(d.Name(), "-") {
			t.Errorf("the name %s", d.Name())
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		ext := filepath.Ext(path)
		seen[ext]++
		switch ext {
		case ".txt":
			looksHarmless(t, d.Name(), string(b))
		case ".xlsx":
			lookIntoBook(t, d.Name(), b)
		case ".pdf":
			for _, look := range [][]string{{"pdftotext", path, "-"}, {"pdfinfo", path},
				{"mutool", "show", path, "outline"}} {
				if tool, err := exec.LookPath(look[0]); err == nil {
					text, err := exec.Command(tool, look[1:]...).Output()
					if err != nil {
						return err
					}
					looksHarmless(t, look[0]+" "+d.Name(), strings.ReplaceAll(string(text), "\t", " "))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen[".txt"] < 4 || seen[".xlsx"] < 10 {
		t.Errorf("too little went out: %v", seen)
	}
}

// lookIntoTable looks for fields of a CSV that a spreadsheet would calculate.
func lookIntoTable(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff")))).ReadAll()
	if err != nil && !errors.Is(err, csv.ErrFieldCount) {
		t.Fatal(err)
	}
	for _, r := range records {
		for _, field := range r {
			looksHarmless(t, path, field)
			if strings.Contains(field, "\n") || strings.HasPrefix(field, "=") || strings.HasPrefix(field, "＝") {
				t.Errorf("%s: %q", path, field)
			}
		}
	}
	if !bytes.Contains(b, []byte("HYPERLINK")) {
		t.Errorf("%s: the nasty text is not in it", path)
	}
}

var formulaTag = regexp.MustCompile(`<f[ >]`)

// lookIntoBook looks at every cell of ours: the sender's own sheets in an
// annotated copy are what was sent.
func lookIntoBook(t *testing.T, name string, b []byte) {
	t.Helper()
	w, err := sheet.Read(b, sheet.DefaultLimits)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	own := strings.HasSuffix(name, "回执.xlsx")
	for _, s := range w.Sheets {
		if own && s.Name != form.SheetFindings {
			continue
		}
		for _, c := range s.Cells {
			looksHarmless(t, name+" "+s.Name+"!"+c.Address(), c.Raw)
			if c.HasFormula && (strings.Contains(c.Formula, "HYPERLINK") || c.External()) {
				t.Errorf("%s: a formula at %s: %s", name, c.Address(), c.Formula)
			}
		}
	}
	for _, p := range parts.Of(b) {
		if strings.HasPrefix(p.Name, "docProps/") || strings.Contains(p.Name, "comments") {
			looksHarmless(t, name+" "+p.Name, strings.ReplaceAll(p.Text, "\r\n", "\n"))
		}
		if own && strings.HasPrefix(p.Name, "xl/worksheets/sheet") && formulaTag.MatchString(p.Text) &&
			strings.Contains(p.Text, "HYPERLINK(") {
			t.Errorf("%s %s: a formula", name, p.Name)
		}
	}
}
