package doctor_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/doctor"
	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"

	"github.com/google/go-cmp/cmp"
)

var (
	january = plan.MonthOf(2025, 1)
	now     = time.Date(2025, 2, 5, 9, 0, 0, 0, schedule.Zone)
)

// patient is a workspace with a form issued and taken, about to be broken.
type patient struct {
	*testing.T
	dir string
	now time.Time
	pipeline.Checkup
}

// healthyWorkspace has a form of one unit, taken, and another that is held.
func healthyWorkspace(t *testing.T) *patient {
	t.Helper()
	p := &patient{T: t, dir: filepath.Join(t.TempDir(), "ws [1]"), now: now}
	p.Now = func() time.Time { return p.now }
	if err := pipeline.Init(p.dir); err != nil {
		t.Fatal(err)
	}
	fonts, err := filepath.Abs(fontsDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(fonts, "fangsong.ttf")); err != nil && os.Getenv("CI") == "" {
		t.Skip("no fonts: run make fonts")
	}
	p.replace("duban.yaml", "    - fonts\n", "    - '"+fonts+"'\n")
	w := p.open()
	defer w.Close()
	forms, err := w.IssueForms(t.Context(), january, w.Plan.Unit("cl"))
	if err != nil {
		t.Fatal(err)
	}
	blank, err := os.ReadFile(forms[0].File)
	if err != nil {
		t.Fatal(err)
	}
	filled, err := form.Fill(blank, "张三", "李四", []form.Answer{
		{ID: "A06-1", Column: plan.ColTotal, Number: plan.Int(5)}})
	if err != nil {
		t.Fatal(err)
	}
	p.submit(w, "表.xlsx", filled, pipeline.Handing{})
	return p
}

func fontsDir() string {
	if dir := os.Getenv("DUBAN_FONTS"); dir != "" {
		return dir
	}
	return "../../.fonts"
}

func (p *patient) open() *pipeline.Workspace {
	p.Helper()
	w, err := pipeline.Open(context.Background(), p.dir, p.Options)
	if err != nil {
		p.Fatal(err)
	}
	return w
}

func (p *patient) submit(w *pipeline.Workspace, name string, b []byte, h pipeline.Handing) {
	p.Helper()
	path := filepath.Join(p.TempDir(), name)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		p.Fatal(err)
	}
	if _, err := w.Submit(p.Context(), []string{path}, h); err != nil {
		p.Fatal(err)
	}
}

func (p *patient) path(rel string) string { return filepath.Join(p.dir, filepath.FromSlash(rel)) }

// one is the only file that matches.
func (p *patient) one(pattern string) string {
	p.Helper()
	var found []string
	err := filepath.WalkDir(p.dir, func(path string, d os.DirEntry, err error) error {
		rel, _ := filepath.Rel(p.dir, path)
		if ok, _ := filepath.Match(pattern, filepath.ToSlash(rel)); ok {
			found = append(found, path)
		}
		return err
	})
	if err != nil || len(found) != 1 {
		p.Fatalf("%s: %q %v", pattern, found, err)
	}
	return found[0]
}

func (p *patient) write(rel, content string) {
	p.Helper()
	if err := os.MkdirAll(filepath.Dir(p.path(rel)), 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(p.path(rel), []byte(content), 0o644); err != nil {
		p.Fatal(err)
	}
}

func (p *patient) remove(path string) {
	p.Helper()
	if err := os.RemoveAll(path); err != nil {
		p.Fatal(err)
	}
}

func (p *patient) replace(rel, old, by string) {
	p.Helper()
	b, err := os.ReadFile(p.path(rel))
	if err != nil || strings.Count(string(b), old) != 1 {
		p.Fatalf("%s holds %q %d times: %v", rel, old, strings.Count(string(b), old), err)
	}
	p.write(rel, strings.Replace(string(b), old, by, 1))
}

func (p *patient) examine() *pipeline.Diagnosis {
	p.Helper()
	d, err := pipeline.Examine(p.Context(), p.dir, p.Checkup)
	if err != nil {
		p.Fatal(err)
	}
	for _, s := range d.Symptoms {
		if s.What == "" || s.Where == "" || s.Fix == "" || strings.ContainsAny(s.What+s.Where+s.Fix, "\n") {
			p.Errorf("a symptom is not one whole line: %+v", s)
		}
	}
	return d
}

// told is the codes of what is found, without those that are told of any
// workspace where no daemon runs.
func told(all []doctor.Symptom) []string {
	codes := []string{}
	for _, s := range all {
		usual := s.Severity == doctor.Note && (s.Code == "daemon" || s.Code == "backups")
		if !usual && !slices.Contains(codes, s.Code) {
			codes = append(codes, s.Code)
		}
	}
	return codes
}

func TestAHealthyWorkspaceHasNothingToDo(t *testing.T) {
	p := healthyWorkspace(t)
	p.Deep = true
	d := p.examine()
	if len(told(d.Symptoms)) != 0 || !doctor.Healthy(d.Symptoms) {
		t.Errorf("%+v", d.Symptoms)
	}
}

// TestEachAilmentIsFound breaks a workspace in every way of ailments: that is
// found under its code, and nothing else is.
func TestEachAilmentIsFound(t *testing.T) {
	broken := map[string]bool{}
	for _, a := range ailments {
		broken[a.code] = true
		t.Run(a.code+" "+a.name, func(t *testing.T) {
			p := healthyWorkspace(t)
			a.break_(p)
			d := p.examine()
			want := append([]string{a.code}, a.also...)
			got := slices.DeleteFunc(told(d.Symptoms), func(code string) bool {
				return slices.Contains(a.anyway, code)
			})
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s\n%s", diff, lines(d.Symptoms))
			}
			if note := doctor.Healthy(d.Symptoms); note != a.note {
				t.Errorf("healthy: %v\n%s", note, lines(d.Symptoms))
			}
		})
	}
	for _, e := range doctor.Examinations {
		if !broken[e.Code] && !elsewhere[e.Code] {
			t.Errorf("nothing breaks a workspace so that %s finds it", e.Code)
		}
	}
}

func lines(all []doctor.Symptom) string {
	var b strings.Builder
	for _, s := range all {
		fmt.Fprintf(&b, "%s %s %s %s %s\n", s.Severity, s.Code, s.What, s.Where, s.Fix)
	}
	return b.String()
}

func TestTheTableOfExaminationsIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range doctor.Examinations {
		if e.Code == "" || e.Title == "" || e.Run == nil || seen[e.Code] {
			t.Errorf("a bad row: %+v", e)
		}
		seen[e.Code] = true
	}
}

// A disk over a network cannot be mounted here; what is said of it can be.
func TestALedgerOnANetworkDiskIsFound(t *testing.T) {
	c := &doctor.Case{Dir: t.TempDir(), Now: now,
		Told:       map[string][]doctor.Symptom{},
		FileSystem: func(string) (string, bool) { return "NFS", true }}
	if got := told(doctor.Examine(t.Context(), c)); !slices.Contains(got, "remote-disk") {
		t.Errorf("%q", got)
	}
	if name, remote := doctor.FileSystem(t.TempDir()); remote {
		t.Errorf("this disk is taken for %s", name)
	}
}

// What is missing from the outbox is written again as it was, and then nothing
// is found any more.
func TestMendingWritesTheOutboxAsItWas(t *testing.T) {
	p := healthyWorkspace(t)
	before := map[string]string{}
	for _, pattern := range []string{"outbox/receipts/*/*.xlsx", "outbox/receipts/*/*.txt",
		"outbox/forms/*/*.xlsx"} {
		path := p.one(pattern)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		before[path] = string(b)
	}
	p.remove(p.path("outbox/receipts"))
	p.remove(p.path("outbox/forms"))
	p.Mend = true
	d := p.examine()
	if len(told(d.Symptoms)) != 0 || len(d.Mended) != len(before) {
		t.Errorf("%q\n%s", d.Mended, lines(d.Symptoms))
	}
	for path, was := range before {
		if b, err := os.ReadFile(path); err != nil || string(b) != was {
			t.Errorf("%s is not as it was: %v", path, err)
		}
	}
}

// Messages are kept in the archive under their hash; no submission names them.
func TestAKeptMessageIsNoStranger(t *testing.T) {
	p := healthyWorkspace(t)
	p.write("state/archive/cd/"+strings.Repeat("cd", 32), "Received: from a\r\nFrom: b@c\r\n\r\n正文")
	if got := told(p.examine().Symptoms); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestABackupOnAnotherDiskIsKnown(t *testing.T) {
	p := healthyWorkspace(t)
	said := func() (all string) {
		for _, s := range p.examine().Symptoms {
			if s.Code == "backups" {
				all += s.What
			}
		}
		return all
	}
	if got := said(); got != "还没有备份过" {
		t.Errorf("before: %q", got)
	}
	w := p.open()
	if _, err := w.Backup(t.Context(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if got := said(); got != "" {
		t.Errorf("just made: %q", got)
	}
	p.now = p.now.AddDate(0, 0, 8)
	if got := said(); !strings.HasPrefix(got, "最近一次备份是2025-0") {
		t.Errorf("a week later: %q", got)
	}
}
