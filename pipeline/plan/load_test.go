package plan_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"duban/pipeline/plan"
)

var update = flag.Bool("update", false, "write what is found as what is wanted")

const small = "../../testdata/plan-small"

// copyFS is the files of a plan in memory, so that a test may spoil them.
func copyFS(t *testing.T, from fs.FS) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(from, name)
		m[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// spoil replaces old by new in a file, which must hold old exactly once.
func spoil(t *testing.T, m fstest.MapFS, file, old, new string) {
	t.Helper()
	text := string(m[file].Data)
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%s holds %q %d times, not once", file, old, n)
	}
	m[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
}

// problems is what a plan's files are found guilty of, one a line.
func problems(t *testing.T, m fstest.MapFS) string {
	t.Helper()
	_, err := plan.Load(m, "plan.yaml")
	if err == nil {
		return ""
	}
	var files *plan.FilesError
	if !errors.As(err, &files) {
		t.Fatalf("a %T, not a *plan.FilesError: %v", err, err)
	}
	return err.Error() + "\n"
}

// Each testdata/broken/*.txtar spoils the small plan in one way: "edit FILE"
// holds the old text, a line "=>" and the new text; "file FILE" replaces a
// file; "remove FILE" takes it away; "want" is what Load must say.
func TestEachBrokenPlanIsToldWhereAndHowToMendIt(t *testing.T) {
	names, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no broken plans", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			m, want, at := copyFS(t, os.DirFS(small)), "", -1
			for i, f := range a.Files {
				verb, file, _ := strings.Cut(f.Name, " ")
				switch verb {
				case "edit":
					old, new, ok := strings.Cut(string(f.Data), "=>\n")
					if !ok {
						t.Fatalf("%s has no =>", f.Name)
					}
					spoil(t, m, file, old, new)
				case "file":
					m[file] = &fstest.MapFile{Data: f.Data}
				case "remove":
					delete(m, file)
				case "want":
					want, at = string(f.Data), i
				default:
					t.Fatalf("unknown section %q", f.Name)
				}
			}
			got := problems(t, m)
			if got == "" {
				t.Fatal("nothing was found wrong")
			}
			if *update {
				a.Files[at].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("want -, got +:\n%s", d)
			}
		})
	}
}

func TestExportOfTheSmallPlanIsAsPromised(t *testing.T) {
	p, err := plan.Read(small)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Export()
	if err != nil {
		t.Fatal(err)
	}
	golden := "testdata/small.json"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
}

func TestReadNamesFilesAsTheCallerMayOpenThem(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(small)); err != nil {
		t.Fatal(err)
	}
	units := filepath.Join(dir, "units.yaml")
	if err := os.WriteFile(units, []byte("units:\n  - kode: jt\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, filepath.Join(dir, "plan.yaml")} {
		_, err := plan.Read(name)
		var files *plan.FilesError
		if !errors.As(err, &files) {
			t.Fatalf("Read(%s): %v", name, err)
		}
		if got := files.Problems[0]; got.File != units || got.Line != 2 {
			t.Errorf("Read(%s) puts the fault at %s:%d", name, got.File, got.Line)
		}
	}
}

func TestAMissingPlanIsAFilesError(t *testing.T) {
	_, err := plan.Read(filepath.Join(t.TempDir(), "plan.yaml"))
	var files *plan.FilesError
	if !errors.As(err, &files) || !strings.Contains(err.Error(), "找不到文件") {
		t.Errorf("got %v", err)
	}
}

func TestWhatAnotherEditorLeavesBehindIsTaken(t *testing.T) {
	want, err := plan.Read(small)
	if err != nil {
		t.Fatal(err)
	}
	m := copyFS(t, os.DirFS(small))
	for name, f := range m { // Windows 记事本: a byte order mark, lines ending in CR LF
		s := strings.ReplaceAll(string(f.Data), "\n", "\r\n")
		m[name] = &fstest.MapFile{Data: []byte("\ufeff" + s)}
	}
	got, err := plan.Load(m, "plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	a, _ := want.Export()
	b, _ := got.Export()
	if d := cmp.Diff(string(a), string(b)); d != "" || got.Notice != want.Notice {
		t.Errorf("the plan differs: %s", d)
	}
}

func TestScalarsStayAsTheyAreWritten(t *testing.T) {
	for _, version := range []string{"1.10", "001", "2025-01", "1e3", "0x10", "1_000", "true"} {
		m := copyFS(t, os.DirFS(small))
		spoil(t, m, "plan.yaml", "version: 'small-1'", "version: "+version)
		p, err := plan.Load(m, "plan.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if p.Version != version {
			t.Errorf("version %s became %s", version, p.Version)
		}
	}
}

func TestReportersAreTheLeadsUnlessSaidOtherwise(t *testing.T) {
	p, err := plan.Read(small)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"T01-1": "[jt]", "T02-1": "[sw]", "T02-3": "[cg]"} {
		var codes []string
		for _, u := range p.Indicator(id).Reporters {
			codes = append(codes, u.Code)
		}
		if got := fmt.Sprint(codes); got != want {
			t.Errorf("%s is reported by %s, not %s", id, got, want)
		}
	}
}

func FuzzLoadGivesAPlanOrSaysWhyNot(f *testing.F) {
	for _, name := range []string{"plan.yaml", "units.yaml", "tasks.yaml", "numbers.yaml"} {
		b, err := os.ReadFile(filepath.Join(small, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, b)
	}
	f.Add("tasks.yaml", []byte("items: &a [*a]\n"))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		m := copyFS(t, os.DirFS(small))
		if m[name] == nil {
			t.Skip()
		}
		m[name] = &fstest.MapFile{Data: b}
		p, err := plan.Load(m, "plan.yaml")
		var files *plan.FilesError
		switch {
		case err == nil && p == nil:
			t.Error("neither a plan nor a fault")
		case err != nil && (!errors.As(err, &files) || len(files.Problems) == 0):
			t.Errorf("a fault without a place: %v", err)
		}
	})
}
