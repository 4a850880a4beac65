package pipeline

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// handIn takes a file at the counter and returns what became of it.
func handIn(t *testing.T, w *Workspace, name string, b []byte, h Handing) Outcome {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := w.Submit(context.Background(), []string{file}, h)
	if err != nil {
		t.Fatal(err)
	}
	return out[0]
}

// damagedBy is a filled form of a unit, damaged in one of the ways of damages.
func damagedBy(t *testing.T, w *Workspace, u *plan.Unit, name string) (*patient, []byte) {
	t.Helper()
	i := slices.IndexFunc(damages, func(d damage) bool { return d.name == name })
	p := newPatient(t, w, u, 7)
	if !damages[i].how(p) {
		t.Fatalf("%s cannot be done to this form", name)
	}
	b, err := p.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return p, b.Bytes()
}

func TestTranscriptOfAMangledFormIsAcceptedAsItIs(t *testing.T) {
	for _, name := range []string{"the columns are shuffled", "the rows are turned round",
		"the id column is deleted", "the heads once more in the middle", "a head is emptied",
		"figures are merged over two rows", "the token is deleted"} {
		t.Run(name, func(t *testing.T) {
			w := damageWorkspace(t)
			u := w.Plan.Unit("rsj")
			p, b := damagedBy(t, w, u, name)
			o := handIn(t, w, "三月.xlsx", b, Handing{Unit: u})
			if o.Transcript == "" || !strings.HasSuffix(o.Transcript, "-代转抄.xlsx") {
				t.Fatalf("no transcript: %+v", o)
			}
			text, err := os.ReadFile(strings.TrimSuffix(o.Receipt, ".xlsx") + ".txt")
			if err != nil || !strings.Contains(string(text), "代转抄") {
				t.Errorf("the receipt does not name it: %s %v", text, err)
			}
			fresh, err := os.ReadFile(o.Transcript)
			if err != nil {
				t.Fatal(err)
			}
			j := p.judge(t, fresh)
			for _, f := range j.Findings {
				if !slices.ContainsFunc(p.base.Findings, func(b plan.Finding) bool {
					return b.Code == f.Code
				}) && !slices.Contains(p.hurt, f.Indicator) && f.Code != "not-reported" {
					t.Errorf("handed in as it is: %s %s %s", f.Code, f.Cell, f.Message)
				}
			}
			if d := cmp.Diff(p.figures(p.base), p.figures(j)); d != "" {
				t.Errorf("figures (-before +in the transcript):\n%s", d)
			}
			again := handIn(t, w, "代转抄.xlsx", fresh, Handing{Unit: u})
			if again.Transcript != "" || again.State == plan.Quarantined {
				t.Errorf("the transcript was copied again: %+v", again)
			}
		})
	}
}

func TestWhatCouldNotBeCopiedIsListed(t *testing.T) {
	w := damageWorkspace(t)
	u := w.Plan.Unit("rsj")
	p := newPatient(t, w, u, 7)
	e := p.number()
	a := e.Cells[plan.ColTotal].Address
	if !p.columns(slices.Reverse[[]int]) || p.SetCellStr(table, "W9", "已核") != nil {
		t.Fatal("not damaged")
	}
	col := len(p.read.Columns) + 1 - p.read.Columns[form.HeadTotal]
	p.give(col, e.Row, cellCopy{value: "暂无", text: true})
	b, err := p.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	j := p.judge(t, b.Bytes())
	fresh := &form.Form{Plan: w.Plan, Unit: u, Month: damageMonth, Issue: 1, Office: "督查室",
		Rows: w.rows(record{}, u, damageMonth)}
	_, left, err := form.Transcribe(fresh, w.key, j.filled)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range left {
		got = append(got, l.Text+" "+l.Reason)
	}
	want := []string{"暂无 读不成“累计完成/本期数”要填的内容", "已核 不知道属于哪个指标、哪一列"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s: %s", a, d)
	}
}

func TestNoTokenIsSignedForWhoeverASheetNames(t *testing.T) {
	w := damageWorkspace(t)
	_, b := damagedBy(t, w, w.Plan.Unit("rsj"), "the token is deleted")
	if o := handIn(t, w, "三月.xlsx", b, Handing{}); o.Transcript != "" {
		t.Errorf("nobody vouches for the unit: %s", o.Transcript)
	}
	if o := handIn(t, w, "三月b.xlsx", b, Handing{Unit: w.Plan.Unit("jyj")}); o.Transcript != "" {
		t.Errorf("the channel is another unit's: %s", o.Transcript)
	}
}

func TestOldIssueComesBackOnTheCurrentForm(t *testing.T) {
	ctx := context.Background()
	w := damageWorkspace(t)
	u := w.Plan.Unit("rsj")
	p := newPatient(t, w, u, 7)
	if _, err := w.IssueForms(ctx, damageMonth, u); err != nil {
		t.Fatal(err)
	}
	w.Config.Office = "区政府督查室" // what is issued now is another form
	if _, err := w.IssueForms(ctx, damageMonth, u); err != nil {
		t.Fatal(err)
	}
	o := handIn(t, w, "三月.xlsx", p.bytes, Handing{Unit: u, DryRun: true})
	if o.Transcript == "" {
		t.Fatal("no transcript")
	}
	b, err := os.ReadFile(o.Transcript)
	if err != nil {
		t.Fatal(err)
	}
	j := p.judge(t, b)
	if j.token.Issue != 2 {
		t.Errorf("token %+v, want the second issue", j.token)
	}
	if d := cmp.Diff(p.figures(p.base), p.figures(j)); d != "" {
		t.Error(d)
	}
}

// TestFormSavedAsOldWorkbookIsTaken saves a filled form as .xls by LibreOffice.
func TestFormSavedAsOldWorkbookIsTaken(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no LibreOffice")
		}
		t.Skip("no LibreOffice")
	}
	w := damageWorkspace(t)
	u := w.Plan.Unit("rsj")
	p := newPatient(t, w, u, 7)
	dir := t.TempDir()
	from := filepath.Join(dir, "三月.xlsx")
	if err := os.WriteFile(from, p.bytes, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", "xls", "--outdir", dir, from).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "三月.xls"))
	if err != nil {
		t.Fatal(err)
	}
	j := p.judge(t, b)
	if d := cmp.Diff(p.figures(p.base), p.figures(j)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(codes(p.base.Findings), codes(j.Findings)); d != "" {
		t.Error(d)
	}
	if o := handIn(t, w, "三月.xls", b, Handing{}); o.Transcript == "" || o.State == plan.Quarantined {
		t.Errorf("%+v", o)
	}
}
