package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/doctor"
)

// outboxFiles is every file of receipts and forms, with its content.
func outboxFiles(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"receipts/*/*", "forms/*/*"} {
		found, err := filepath.Glob(filepath.Join(dir, "outbox", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all[path] = string(b)
		}
	}
	return all
}

// TestRetentionClearsWhatCanBeWrittenAgain keeps two months of the outbox: in
// April January's goes, but not what others put there and not what was written
// lately; the log says so, the doctor misses nothing, and with a longer time
// everything is written again as it was.
func TestRetentionClearsWhatCanBeWrittenAgain(t *testing.T) {
	dir, c := newWorkspace(t), &clock{}
	settings := filepath.Join(dir, "duban.yaml")
	kept, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	short := append(kept, "schedule:\n  forms: \"0 9 1 1 *\"\n  digest: \"0 9 1 1 *\"\n"+
		"retention:\n  receipts_months: 2\n  forms_months: 2\n"...)
	if err := os.WriteFile(settings, short, 0o644); err != nil {
		t.Fatal(err)
	}
	c.set(2025, time.January, 26, 9)
	w := open(t, dir, c)
	forms := filledForms(t, w, 2)
	hand := func(name string, b []byte, h pipeline.Handing) {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Submit(t.Context(), []string{path}, h); err != nil {
			t.Fatal(err)
		}
	}
	hand("表.xlsx", forms[0], pipeline.Handing{})
	hand("试.xlsx", forms[0], pipeline.Handing{DryRun: true})
	before := outboxFiles(t, dir)
	notes := filepath.Join(dir, "outbox", "receipts", "2025-01", "我的备注.txt")
	if err := os.WriteFile(notes, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	trial := at(2025, 1, 26, 9)
	for path := range before {
		if err := os.Chtimes(path, trial, trial); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	swept(t, dir, c)

	c.set(2025, time.March, 31, 9)
	swept(t, dir, c)
	if n := len(outboxFiles(t, dir)); n != len(before)+1 {
		t.Errorf("in March %d of %d files are left", n, len(before)+1)
	}
	w = open(t, dir, c)
	hand("更正.xlsx", forms[1], pipeline.Handing{}) // for January, in March
	w.Close()
	lately := len(outboxFiles(t, dir)) - len(before) - 1

	c.set(2025, time.April, 2, 9)
	said := strings.Join(swept(t, dir, c), "\n")
	if !strings.Contains(said, "发件文件夹清理forms/2025-01、receipts/2025-01") {
		t.Errorf("it said %q", said)
	}
	left := outboxFiles(t, dir)
	if len(left) != lately+1 || left[notes] != "x" || lately != 2 {
		t.Errorf("%d files are left, %d are new", len(left), lately)
	}
	if said := swept(t, dir, c); len(said) > 0 {
		t.Errorf("again: %q", said)
	}
	w = open(t, dir, c)
	acts, err := w.Acts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if last := acts[len(acts)-1]; last.Act != "清理" || !strings.Contains(last.Detail, "没有动") {
		t.Errorf("%+v", last)
	}
	w.Close()
	look := func(mend bool) *pipeline.Diagnosis {
		d, err := pipeline.Examine(t.Context(), dir, pipeline.Checkup{
			Options: pipeline.Options{Now: c.now}, Deep: true, Mend: mend})
		if err != nil || !doctor.Healthy(d.Symptoms) {
			t.Errorf("%v %+v", err, d)
		}
		return d
	}
	if d := look(true); len(d.Mended) != 0 {
		t.Errorf("it wrote %q again", d.Mended)
	}
	if err := os.WriteFile(settings, kept, 0o644); err != nil {
		t.Fatal(err)
	}
	look(true)
	again := outboxFiles(t, dir)
	for path, was := range before {
		if got, there := again[path]; !strings.Contains(path, "预检-") && (!there || got != was) {
			t.Errorf("%s is not as it was (%v)", path, there)
		}
	}
}
