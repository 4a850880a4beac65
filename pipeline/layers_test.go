package pipeline_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers is who stands where: a package may import the layers below its own,
// never its own or a higher one.
var layers = [][]string{
	{"templates", "seeds", "pipeline/plan", "pipeline/sheet", "pipeline/durable",
		"pipeline/schedule", "pipeline/wording", "pipeline/mail", "pipeline/mail/shape", "pipeline/mail/server",
		"pipeline/sheet/parts"},
	{"pipeline/check", "pipeline/assess", "pipeline/ledger", "pipeline/intake",
		"pipeline/form", "pipeline/post", "pipeline/backup"},
	{"pipeline/digest", "pipeline/doctor", "pipeline/clerk"},
	{"pipeline/digest/xlsx", "pipeline/digest/pdf", "pipeline/receipt"},
	{"pipeline"},
	{"cmd/duban", "cmd/campaign"},
}

// guests is which packages a foreign module may be imported by.
var guests = map[string][]string{
	"github.com/xuri/excelize/v2":    {"pipeline/form", "pipeline/receipt", "pipeline/digest/xlsx"},
	"github.com/jung-kurt/gofpdf":    {"pipeline/digest/pdf"},
	"github.com/robfig/cron/v3":      {"pipeline/schedule"},
	"modernc.org/sqlite":             {"pipeline/ledger", "cmd/campaign"},
	"database/sql":                   {"pipeline/ledger", "cmd/campaign"},
	"github.com/goccy/go-yaml":       {"pipeline/plan", "pipeline"},
	"github.com/fsnotify/fsnotify":   {"pipeline/intake"},
	"github.com/richardlehane/mscfb": {"pipeline/sheet"},
	"github.com/gofrs/flock":         {"pipeline/intake"},
	"github.com/spf13/cobra":         {"cmd/duban", "cmd/campaign"},
	"github.com/emersion/go-message": {"pipeline/mail"},
	"github.com/emersion/go-msgauth": {"pipeline/mail"},
	"github.com/wneessen/go-mail":    {"pipeline/post"},
	"github.com/emersion/go-imap/v2": {"pipeline/intake"},
	"github.com/emersion/go-smtp":    {"pipeline/mail/server"},
	"github.com/mattn/go-isatty":     {"cmd/duban", "cmd/campaign"},
}

func TestArrowsOnlyGoDown(t *testing.T) {
	level := map[string]int{}
	for i, l := range layers {
		for _, p := range l {
			level[p] = i
		}
	}
	for pkg, imports := range importsOf(t, "..") {
		own, placed := level[pkg]
		if !placed {
			t.Errorf("package %s has no place in the table of layers", pkg)
			continue
		}
		for _, imp := range imports {
			if to, ours := strings.CutPrefix(imp, "duban/"); ours && level[to] >= own {
				t.Errorf("%s imports %s, which is not below it", pkg, to)
			}
		}
	}
}

func TestForeignModulesAreKeptToTheirPackages(t *testing.T) {
	used := map[string]bool{}
	for pkg, imports := range importsOf(t, "..") {
		for _, imp := range imports {
			for module, allowed := range guests {
				if imp != module && !strings.HasPrefix(imp, module+"/") {
					continue
				}
				used[module] = true
				if !slices.Contains(allowed, pkg) {
					t.Errorf("%s imports %s; only %v may", pkg, imp, allowed)
				}
			}
		}
	}
	for module := range guests {
		if !used[module] {
			t.Errorf("nobody imports %s any more; take it out of the table", module)
		}
	}
}

// importsOf parses every non-test file below root: package folder → imports.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && d.Name() != ".." {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		all[pkg] = append(all[pkg], "")[:len(all[pkg])]
		for _, imp := range f.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			all[pkg] = append(all[pkg], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 5 {
		t.Fatalf("only %d packages found below %s", len(all), root)
	}
	return all
}
