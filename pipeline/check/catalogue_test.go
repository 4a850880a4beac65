package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"duban/pipeline/plan"
)

func TestEveryCheckIsWholeAndItsCodeIsUnique(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	seen := map[string]bool{}
	for _, c := range Catalogue {
		if seen[c.Code] {
			t.Errorf("%s: code used twice", c.Code)
		}
		seen[c.Code] = true
		if !kebab.MatchString(c.Code) {
			t.Errorf("%q is not kebab-case", c.Code)
		}
		switch c.Severity {
		case plan.Reject, plan.Query, plan.Note:
		default:
			t.Errorf("%s: severity %q", c.Code, c.Severity)
		}
		if c.Title == "" || !strings.Contains(c.Text, "怎样改：") || !strings.HasSuffix(c.Text, "。") {
			t.Errorf("%s: title, text and 怎样改 must be whole", c.Code)
		}
		if (c.File == nil) == (c.Row == nil) {
			t.Errorf("%s: exactly one of File and Row", c.Code)
		}
		if (c.Refuses || c.Quarantines) && (c.File == nil || c.Severity != plan.Reject) {
			t.Errorf("%s: only a 退回 of the file refuses the file", c.Code)
		}
	}
}

func TestEveryCheckHasItsFileAndIsListed(t *testing.T) {
	listed := map[string]bool{}
	for _, c := range Catalogue {
		listed[c.Code] = true
	}
	for _, file := range sources(t) {
		for _, code := range codesIn(t, file) {
			if want := strings.ReplaceAll(code, "-", "_") + ".go"; file != want {
				t.Errorf("check %s stands in %s, not in %s", code, file, want)
			}
			if !listed[code] {
				t.Errorf("check %s is not in the catalogue", code)
			}
			delete(listed, code)
		}
	}
	for code := range listed {
		t.Errorf("check %s is listed and has no file", code)
	}
}

func TestEveryCheckHasExamplesAndEveryExampleACheck(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, f := range files {
		have[strings.TrimSuffix(filepath.Base(f), ".txtar")] = true
	}
	for _, c := range Catalogue {
		if !have[c.Code] {
			t.Errorf("check %s has no testdata/%s.txtar", c.Code, c.Code)
		}
		delete(have, c.Code)
	}
	for code := range have {
		t.Errorf("testdata/%s.txtar belongs to no check", code)
	}
}

func sources(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go") {
			out = append(out, e.Name())
		}
	}
	return out
}

// codesIn lists the codes of the Check literals in a source file.
func codesIn(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if name, ok := lit.Type.(*ast.Ident); !ok || name.Name != "Check" {
			return true
		}
		for _, e := range lit.Elts {
			kv := e.(*ast.KeyValueExpr)
			if kv.Key.(*ast.Ident).Name == "Code" {
				codes = append(codes, strings.Trim(kv.Value.(*ast.BasicLit).Value, `"`))
			}
		}
		return true
	})
	return codes
}
