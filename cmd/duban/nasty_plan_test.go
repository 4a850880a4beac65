//go:build linux

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/pipeline/sheet/parts"
)

// nastyNames are the worst names that a plan may have: a formula, markup, what a
// header takes for a code, what Windows takes for a device; as long as can be.
// What parts a path, and what nobody sees, the plan is not read with.
var nastyNames = map[string]string{
	"区残联":  `=HYPERLINK(1)&D &amp;[区]''{{.}}%d$残联_x0041_`,
	"区妇联":  `-cmd` + strings.Repeat("妇", 56),
	"区民政局": `CON`,
}

// TestNastyNamesOfAPlanAreHarmless: an office's own plan with units of such
// names goes all of its way, and everything it writes lies in its place.
func TestNastyNamesOfAPlanAreHarmless(t *testing.T) {
	o := newOffice(t)
	units := filepath.Join(o.dir, "plan", "units.yaml")
	b, err := os.ReadFile(units)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for name, nasty := range nastyNames {
		was := "    name: " + name + "\n    aliases: []\n"
		if !strings.Contains(text, was) {
			t.Fatalf("%s is not in the plan", name)
		}
		text = strings.Replace(text, was,
			"    name: '"+nasty+"'\n    aliases: ["+name+"]\n", 1)
	}
	if err := os.WriteFile(units, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(o.dir, "outbox")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"plan", "check"}, {"forms", "--month", "2025-01"}, {"status", "--month", "2025-01"},
		{"remind", "--month", "2025-01"},
		{"extend", "--unit", "区残联", "--month", "2025-01", "--until", "2025-02-20 18:00", "--by", "王敏",
			"--why", "同意", "--document", "1号"},
		{"audit", "export", filepath.Join(o.dir, "outbox", "audit.csv")}, {"doctor"},
		{"digest", "--month", "2025-01"}, {"verify"},
	} {
		if args[0] == "digest" && fontsDir() == "" {
			continue
		}
		r := bounded(t, 4*mostTime, append([]string{"-C", o.dir}, args...)...)
		if r.status == 2 {
			t.Errorf("%v: %s", args, r.stderr)
		}
		looksHarmless(t, strings.Join(args, " "), strings.ReplaceAll(string(r.stdout)+r.stderr, "\t", " "))
		if args[0] == "forms" {
			args = []string{"submit", "--unit", "区残联", o.formOf(t, "07")}
			r := bounded(t, 4*mostTime, append([]string{"-C", o.dir}, args...)...)
			looksHarmless(t, strings.Join(args, " "), strings.ReplaceAll(string(r.stdout)+r.stderr, "\t", " "))
		}
	}
	lookIntoTable(t, filepath.Join(o.dir, "outbox", "audit.csv"))
	lookThrough(t, filepath.Join(o.dir, "outbox"))
	if n := headersWithUnit(t, filepath.Join(o.dir, "outbox")); n == 0 {
		t.Error("no header or footer names the unit: nothing is proven of them")
	}
	entries, err := os.ReadDir(filepath.Dir(o.dir))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the workspace lie %v (%v)", entries, err)
	}
	for _, folder := range []string{"outbox", "outbox/forms", "outbox/digests/2025-01", "outbox/reminders"} {
		entries, err := os.ReadDir(filepath.Join(o.dir, filepath.FromSlash(folder)))
		for _, e := range entries {
			if strings.Contains(e.Name(), "区") {
				t.Errorf("%s has become a folder of %s", e.Name(), folder)
			}
		}
		if err != nil && fontsDir() != "" {
			t.Error(err)
		}
	}
}

// headersWithUnit counts the headers and footers of workbooks that name the unit
// whose name has a code of headers in it, and wants it doubled there.
func headersWithUnit(t *testing.T, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".xlsx" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, p := range parts.Of(b) {
			_, header, _ := strings.Cut(p.Text, "<headerFooter")
			header, _, _ = strings.Cut(header, "</headerFooter>")
			if strings.Contains(header, "HYPERLINK(1)") {
				n++
				if !strings.Contains(header, "HYPERLINK(1)&amp;&amp;D") {
					t.Errorf("%s %s: %s", path, p.Name, header)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// formOf is the form that was issued under that number.
func (o *office) formOf(t *testing.T, number string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(o.dir, "outbox", "forms", "2025-01", number+"-*.xlsx"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%q %v", found, err)
	}
	return found[0]
}
