package pipeline_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"duban/pipeline"
	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet/parts"

	"github.com/xuri/excelize/v2"
)

// Invented numbers whose check digits are right.
const (
	identityNumber = "210602199003071230"
	mobileNumber   = "13800138000"
	cardNumber     = "6222021234567890128"
)

// TestPersonalNumbersLeaveNowhere hands in forms with personal numbers in the
// remark, in a figure's cell, in the signatures and in the file's name, one of
// them without its token, makes the digest, traces the figure, and looks into
// every byte that went out.
func TestPersonalNumbersLeaveNowhere(t *testing.T) {
	ctx, c := context.Background(), &clock{}
	c.set(2025, time.January, 25, 9)
	dir := newWorkspace(t)
	var said bytes.Buffer // what is logged and printed
	w, err := pipeline.Open(ctx, dir, pipeline.Options{Now: c.now,
		Log: slog.New(slog.NewTextHandler(&said, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	m := plan.MonthOf(2025, 1)
	files := personalForms(t, w, m)
	c.set(2025, time.February, 3, 9)
	cl := w.Plan.Unit("cl")
	print := func(v any) {
		t.Helper()
		if err := json.NewEncoder(&said).Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	found := map[string]bool{}
	for _, dry := range []bool{true, false} {
		outcomes, err := w.Submit(ctx, files, pipeline.Handing{Unit: cl, DryRun: dry})
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range outcomes {
			for _, f := range o.Findings {
				if f.Code == "personal-data" {
					found[filepath.Base(files[i])] = true
				}
			}
			o.File, o.Receipt, o.Transcript = "", "", "" // paths of the caller's choosing
			print(o)
			print(o.Verdict)
		}
	}
	if !found[filepath.Base(files[0])] { // the other is not read before it is released
		t.Error("the personal data was not found")
	}
	w.Log.Error("文件 "+mobileNumber+" 没有处理成", "file", identityNumber+".xlsx", "err", io.EOF,
		slog.Group("more", "card", cardNumber))
	c.set(2025, time.February, 12, 9)
	if _, err := w.Digest(ctx, m); err != nil {
		t.Fatal(err)
	}
	trace, err := w.Trace(ctx, m, "A06-2", nil)
	if err != nil {
		t.Fatal(err)
	}
	trace.Archive = ""
	print(trace)
	holdsNone(t, "what was logged and printed", said.Bytes())
	lookInto(t, filepath.Join(dir, "outbox"))
}

// personalForms are a form as issued and one that lost its token.
func personalForms(t *testing.T, w *pipeline.Workspace, m plan.Month) []string {
	t.Helper()
	issued, err := w.IssueForms(context.Background(), m, nil)
	if err != nil {
		t.Fatal(err)
	}
	u, err := w.UnitNamed("cl")
	if err != nil || len(issued) == 0 {
		t.Fatal(err)
	}
	blank, err := os.ReadFile(w.FormFile(m, u))
	if err != nil {
		t.Fatal(err)
	}
	filled, err := form.Fill(blank, "张三"+mobileNumber, "李四", []form.Answer{
		{ID: "A06-1", Column: plan.ColAdded, Text: identityNumber + "号"},
		{ID: "A06-1", Column: plan.ColTotal, Number: plan.Int(20)},
		{ID: "A06-2", Column: plan.ColAdded, Number: plan.Int(1)},
		{ID: "A06-2", Column: plan.ColTotal, Number: plan.Int(21)},
		{ID: "A06-2", Column: plan.ColRemark, Text: "王某（" + identityNumber + "，" + mobileNumber +
			"）已救助，卡号" + cardNumber},
	})
	if err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(t.TempDir(), "张三"+mobileNumber+".xlsx")
	if err := os.WriteFile(whole, filled, 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetDefinedName() {
		if err := f.DeleteDefinedName(&name); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range f.GetSheetList() {
		if s != "填报" {
			if err := f.DeleteSheet(s); err != nil {
				t.Fatal(err)
			}
		}
	}
	bare := filepath.Join(t.TempDir(), identityNumber+".xlsx")
	if err := f.SaveAs(bare); err != nil {
		t.Fatal(err)
	}
	return []string{whole, bare}
}

// lookInto looks at every file that went out but the sender's own copy, of
// which only the name is looked at.
func lookInto(t *testing.T, dir string) {
	t.Helper()
	looked := map[string]int{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		holdsNone(t, "the name "+d.Name(), []byte(d.Name()))
		own := strings.HasSuffix(path, "回执.xlsx") // the sender's own, annotated
		b, err := os.ReadFile(path)
		if err != nil || own {
			return err
		}
		looked[filepath.Ext(path)]++
		if strings.Contains(path, "代转抄") {
			looked["代转抄"]++
		}
		holdsNone(t, path, b)
		switch filepath.Ext(path) {
		case ".xlsx":
			for _, p := range parts.Of(b) {
				holdsNone(t, path+" "+p.Name, []byte(p.Text))
			}
		case ".pdf":
			if tool, err := exec.LookPath("pdftotext"); err == nil {
				text, err := exec.Command(tool, path, "-").Output()
				if err != nil {
					return err
				}
				holdsNone(t, path, text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if looked[".xlsx"] < 60 || looked[".txt"] < 4 || looked[".pdf"] != 34 || looked["代转抄"] == 0 {
		t.Errorf("too little went out to prove anything: %v", looked)
	}
}

var tags = regexp.MustCompile(`<[^>]*>|\s`)

func holdsNone(t *testing.T, where string, b []byte) {
	t.Helper()
	for _, text := range []string{string(b), tags.ReplaceAllString(string(b), "")} {
		for _, n := range []string{identityNumber, mobileNumber, cardNumber} {
			if i := strings.Index(text, n); i >= 0 {
				t.Errorf("%s holds %s: …%s…", where, n, text[max(0, i-40):min(len(text), i+40)])
			}
		}
	}
}
