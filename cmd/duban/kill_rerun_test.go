//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// long reports whether the long forms of tests are asked for: make long-test.
func long() bool { return os.Getenv("DUBAN_LONG") != "" }

// small is an office of three units with a month's digest out.
type small struct {
	*office
	blank []byte            // a form to be filled again and again
	kept  map[string]string // files of editions, path → hash, that must stay
}

func newSmall(t *testing.T) *small {
	t.Helper()
	if ok, _ := condition("fonts"); !ok {
		t.Skip("no fonts: run make fonts")
	}
	s := &small{office: &office{T: t, dir: filepath.Join(t.TempDir(), "ws")},
		kept: map[string]string{}}
	s.duban("init", s.dir)
	if err := furnish(s.dir); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../testdata/plan-small/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err == nil {
			err = os.WriteFile(filepath.Join(s.dir, "plan", filepath.Base(f)), b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s.duban("-C", s.dir, "forms", "--month", "2025-02")
	if s.blank, err = os.ReadFile(s.find("outbox/forms/2025-02/01-*.xlsx")); err != nil {
		t.Fatal(err)
	}
	s.hand(1)
	return s
}

func (s *small) find(pattern string) string {
	s.Helper()
	found, err := filepath.Glob(filepath.Join(s.dir, pattern))
	if err != nil || len(found) != 1 {
		s.Fatalf("%s: %v, %v", pattern, found, err)
	}
	return found[0]
}

// hand hands the first unit's form in, with n as its figure.
func (s *small) hand(n int64) {
	s.Helper()
	b, err := form.Fill(s.blank, "张三", "李四", []form.Answer{
		{ID: "T01-1", Column: plan.ColAdded, Number: plan.Int(n)},
		{ID: "T01-1", Column: plan.ColTotal, Number: plan.Int(n)}})
	path := filepath.Join(s.TempDir(), fmt.Sprintf("表%d.xlsx", n))
	if err == nil {
		err = os.WriteFile(path, b, 0o644)
	}
	if err != nil {
		s.Fatal(err)
	}
	s.duban("-C", s.dir, "submit", path, "--unit", "jt")
}

// whole asks for the month's digest and wants one edition for every audience,
// all of one number, each with all its files; what was made before stays.
func (s *small) whole() (n int) {
	s.Helper()
	var all []pipeline.Edition
	out := s.duban("-C", s.dir, "--json", "digest", "--month", "2025-02")
	if err := json.Unmarshal(out, &all); err != nil {
		s.Fatal(err)
	}
	if len(all) != 8 { // five audiences and three units
		s.Fatalf("%d editions: %+v", len(all), all)
	}
	if want := fmt.Sprintf("%d号", all[0].Edition); !bytes.HasSuffix([]byte(all[0].Number), []byte(want)) {
		s.Errorf("edition %d is %s: a number was taken for nothing", all[0].Edition, all[0].Number)
	}
	for _, e := range all {
		if e.Edition != all[0].Edition {
			s.Errorf("%s %s has edition %d beside %d", e.Audience, e.Unit, e.Edition, all[0].Edition)
		}
		for _, f := range e.Files {
			s.complete(f)
		}
	}
	for path, sum := range s.kept {
		if b, err := os.ReadFile(path); err != nil || fmt.Sprintf("%x", sha256.Sum256(b)) != sum {
			s.Errorf("%s is not as it was: %v", path, err)
		}
	}
	return all[0].Edition
}

func (s *small) complete(file string) {
	s.Helper()
	b, err := os.ReadFile(file)
	switch {
	case err != nil:
		s.Error(err)
	case filepath.Ext(file) == ".pdf":
		if !bytes.HasPrefix(b, []byte("%PDF")) || !bytes.HasSuffix(bytes.TrimSpace(b), []byte("%%EOF")) {
			s.Errorf("%s is cut short", file)
		}
	default:
		if _, err := sheet.Read(b, sheet.DefaultLimits); err != nil {
			s.Errorf("%s: %v", file, err)
		}
	}
	s.kept[file] = fmt.Sprintf("%x", sha256.Sum256(b))
}

// TestARerunKilledAtAnyMomentLeavesOneWholeEdition kills the real program at
// moments drawn over a re-run's whole time; make long-test does so 200 times.
func TestARerunKilledAtAnyMomentLeavesOneWholeEdition(t *testing.T) {
	kills := 20
	if long() {
		kills = 200
	}
	s := newSmall(t)
	again := func() *exec.Cmd {
		return exec.Command("duban", "-C", s.dir, "rerun", "--month", "2025-02", "--yes", "--even-if-same")
	}
	s.whole()
	began := time.Now()
	if out, err := again().CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took, last := time.Since(began), s.whole()
	random := rand.New(rand.NewPCG(6, 200))
	switched := 0
	for kill := range kills {
		if kill%10 == 0 {
			s.hand(int64(2 + kill))
		}
		c := again()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		c.Process.Kill()
		c.Wait()
		n := s.whole()
		if n != last && n != last+1 {
			t.Fatalf("kill %d: edition %d after %d", kill, n, last)
		}
		switched += n - last
		last = n
		if t.Failed() {
			t.Fatalf("kill %d", kill)
		}
	}
	t.Logf("%d kills within %v: %d times the new edition stands", kills, took, switched)
	if switched == 0 || switched == kills {
		t.Error("the kills met only one side of the switch")
	}
}
