package plan_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"duban/pipeline/plan"
)

// FuzzScalars: what is read as a number, a month or a day is written as it is
// read again, and can be reckoned with at once.
func FuzzScalars(f *testing.F) {
	for _, s := range []string{"", "12000", "-4.5", "1.2E-3", "1e999999999", "1e-999999999", "+1",
		".5", "0x10", "NaN", "１２", "2025-03", "2025-13", "0000-01", "2025-02-29", "2024-02-29"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := plan.ParseValue(s); err == nil {
			again, err := plan.ParseValue(v.String())
			if err != nil || !again.Equal(v) {
				t.Errorf("%q is %s, and that is %v (%v)", s, v, again, err)
			}
			v.Add(plan.Int(1)).Over(v)
		}
		if m, err := plan.ParseMonth(s); err == nil && m.String() != s && m != 0 {
			t.Errorf("%q is the month %s", s, m)
		}
		if d, err := plan.ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q is the day %s", s, d)
		}
	})
}

// FuzzAudiences: a file of audiences gives those that have all they need, or
// says where it has not.
func FuzzAudiences(f *testing.F) {
	b, err := os.ReadFile("../../seeds/audiences.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("audiences: [{name: 甲}, {name: 甲, copies: -1}]\n"))
	f.Add([]byte("audiences: &a [*a]\n"))
	path := filepath.Join(f.TempDir(), "audiences.yaml")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		all, err := plan.ReadAudiences(path)
		var files *plan.FilesError
		switch {
		case err == nil && len(all) == 0:
			t.Error("no audience and no fault")
		case err != nil && (!errors.As(err, &files) || len(files.Problems) == 0):
			t.Errorf("a fault without a place: %v", err)
		}
		for _, a := range all {
			if a.Name == "" || a.File == "" || a.NumberText("振政督", 2025, 1) == "" {
				t.Errorf("%+v", a)
			}
		}
	})
}

// FuzzRules: a file of rules gives severities that can be asked for, or says
// where it cannot.
func FuzzRules(f *testing.F) {
	f.Add([]byte("rules:\n  - {code: total-fell, severity: 存疑, from: 2025-03}\n"))
	f.Add([]byte("rules:\n  - {code: a, severity: note, from: 2025-03}\n  - {code: a}\n"))
	f.Add([]byte("rules: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := copyFS(t, os.DirFS(small))
		spoil(t, m, "plan.yaml", "numbers: numbers.yaml", "numbers: numbers.yaml\nrules: rules.yaml")
		m["rules.yaml"] = &fstest.MapFile{Data: b}
		p, err := plan.Load(m, "plan.yaml")
		var files *plan.FilesError
		if err != nil {
			if !errors.As(err, &files) || files.Problems[0].File == "" {
				t.Errorf("a fault without a place: %v", err)
			}
			return
		}
		for _, r := range p.Rules {
			if s, ok := p.RuleSeverity(r.Code, r.From); !ok || s == "" {
				t.Errorf("%+v is not in force in its month", r)
			}
		}
	})
}
