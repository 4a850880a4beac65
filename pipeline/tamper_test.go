package pipeline_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"duban/pipeline"
	"duban/pipeline/plan"
)

// march is the month that is tampered with.
var march = plan.MonthOf(2025, 3)

// proven is a workspace with a month of papers, an extension, a waiver, a
// decision and a signed manifest.
type proven struct {
	dir, manifest string
	clock         *clock
	papers        []string // of the supervision office: PDF, XLSX
}

func provenWorkspace(t *testing.T) proven {
	t.Helper()
	ctx, p := context.Background(), proven{dir: newWorkspace(t), clock: &clock{}}
	p.clock.set(2025, time.March, 25, 9)
	w := open(t, p.dir, p.clock)
	defer w.Close()
	p.clock.set(2025, time.April, 3, 9)
	reportAll(t, w, march, "rsj", "mzj", "wjj")
	a := pipeline.Act{By: "王敏", Why: "系统迁移", Document: "振政督〔2025〕9号"}
	if _, err := w.Extend(ctx, w.Plan.Unit("jyj"), march, p.clock.AddDate(0, 0, 9), a); err != nil {
		t.Fatal(err)
	}
	release(t, w, a)
	p.clock.set(2025, time.April, 20, 9)
	editions, err := w.Digest(ctx, march)
	if err != nil {
		t.Fatal(err)
	}
	p.papers = editions[0].Files
	if p.manifest, err = w.Manifest(ctx, pipeline.Asked{Month: march}, ""); err != nil {
		t.Fatal(err)
	}
	return p
}

// release hands a form in without its token, and has it released.
func release(t *testing.T, w *pipeline.Workspace, a pipeline.Act) {
	t.Helper()
	ctx := context.Background()
	forms, err := w.IssueForms(ctx, march, w.Plan.Unit("jyj"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(forms[0].File)
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range f.GetSheetList() {
		rows, _ := f.GetRows(sheet)
		for i, row := range rows {
			for j, text := range row {
				if at, _ := excelize.CoordinatesToCellName(j+1, i+1); strings.HasPrefix(text, "duban1.") {
					f.SetCellStr(sheet, at, "")
				}
			}
		}
	}
	file := filepath.Join(t.TempDir(), "无凭证.xlsx")
	if err := f.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Submit(ctx, []string{file}, pipeline.Handing{}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Release(ctx, "无凭证", w.Plan.Unit("jyj"), march, a); err != nil {
		t.Fatal(err)
	}
}

// said is every sentence of a whole verification.
func (p proven) said(t *testing.T) []string {
	t.Helper()
	w, err := pipeline.Open(context.Background(), p.dir,
		pipeline.Options{Now: p.clock.now, Examine: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	proof, err := w.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return sentences(proof.Flaws)
}

// ofFile is every sentence about one file.
func (p proven) ofFile(t *testing.T, file string) []string {
	t.Helper()
	w, err := pipeline.Open(context.Background(), p.dir,
		pipeline.Options{Now: p.clock.now, Examine: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	papers, proof, err := w.VerifyPapers(context.Background(), []string{file})
	if err != nil {
		t.Fatal(err)
	}
	return append(sentences(papers[0].Flaws), sentences(proof.Flaws)...)
}

func sentences(flaws []pipeline.Flaw) []string {
	var all []string
	for _, f := range flaws {
		all = append(all, f.What)
	}
	return all
}

func (p proven) sql(t *testing.T, text string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(p.dir, "state", "duban.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
}

// original is the kept file of the unit's submission.
func (p proven) original(t *testing.T, n string) string {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(p.dir, "state", "duban.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var sha string
	if err := db.QueryRow("SELECT sha256 FROM submissions WHERE id = " + n).Scan(&sha); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(p.dir, "state", "archive", sha[:2], sha)
}

func flip(t *testing.T, file string, at int) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b[at] ^= 1
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// inLedger are the ways of tampering that a whole verification finds.
var inLedger = []struct {
	name string
	do   func(*testing.T, proven)
	want []string // each a part of one sentence
}{
	{"a byte of an original", func(t *testing.T, p proven) { flip(t, p.original(t, "1"), 500) },
		[]string{"的字节被改动过，与SHA-256不符"}},
	{"an original is deleted", func(t *testing.T, p proven) { os.Remove(p.original(t, "2")) },
		[]string{"的原件不在存档里"}},
	{"a figure's value", func(t *testing.T, p proven) {
		p.sql(t, "UPDATE figures SET total = '99999' WHERE id = 1")
	}, []string{"第1条审核记录的数据（", "）入账后被改动（哈希链第1环）",
		"：台账记的是“已报，本月", "99999", "读出的是“已报"}},
	{"a figure's cell", func(t *testing.T, p proven) {
		p.sql(t, "UPDATE figures SET cell = 'Z9' WHERE id = 1")
	}, []string{"入账后被改动（哈希链第1环）", "：台账记在填报!Z9，原件中在填报!"}},
	{"a figure is taken out", func(t *testing.T, p proven) {
		p.sql(t, "DELETE FROM standing WHERE figure = 1; DELETE FROM figures WHERE id = 1")
	}, []string{"）入账后被删去（哈希链第1环）", "报有", "台账里没有这一项。"}},
	{"a submission with all its rows", func(t *testing.T, p proven) {
		p.sql(t, `DELETE FROM standing WHERE figure IN (SELECT id FROM figures WHERE reading = 2);
			DELETE FROM figures WHERE reading = 2; DELETE FROM findings WHERE reading = 2;
			DELETE FROM readings WHERE id = 2; DELETE FROM deliveries WHERE id = 2;
			DELETE FROM submissions WHERE id = 2`)
	}, []string{"第2条审核记录（区民政局 2025年3月）入账后被删去", "第2条收件登记（", "出自报送件"}},
	{"audit lines change places", func(t *testing.T, p proven) {
		p.sql(t, `UPDATE audit SET id = -1 WHERE id = 1; UPDATE audit SET id = 1 WHERE id = 2;
			UPDATE audit SET id = 2 WHERE id = -1`)
	}, []string{"第1条操作记录的位置上现在是原第2条的内容", "第2条操作记录的位置上现在是原第1条的内容"}},
	{"an audit line's text", func(t *testing.T, p proven) {
		p.sql(t, "UPDATE audit SET detail = '例行' WHERE act = '放行'")
	}, []string{"条操作记录（放行）入账后被改动"}},
	{"an audit line is gone", func(t *testing.T, p proven) {
		p.sql(t, "DELETE FROM audit WHERE act = '延期'")
	}, []string{"条操作记录（延期）入账后被删去"}},
	{"an audit line is put in", func(t *testing.T, p proven) {
		p.sql(t, "INSERT INTO audit VALUES (99, '2025-04-01', '王敏', '豁免', '')")
	}, []string{"第99条操作记录（豁免）不是由程序入账的"}},
	{"the log in another order", func(t *testing.T, p proven) {
		p.sql(t, `UPDATE chain SET seq = -1 WHERE seq = 3; UPDATE chain SET seq = 3 WHERE seq = 5;
			UPDATE chain SET seq = 5 WHERE seq = -1`)
	}, []string{"哈希链第3环（", "与上一环接不上", "顺序被调换"}},
	{"an edition's report", func(t *testing.T, p proven) {
		p.sql(t, `UPDATE editions SET report = CAST(replace(CAST(report AS TEXT), '"Value":"',
			'"Value":"9') AS BLOB) WHERE id = 1`)
	}, []string{"第1条通报的通报内容（2025年3月 督查考核 1）入账后被改动",
		"2025年3月通报（督查考核，第1版）的内容说"}},
	{"an edition's number", func(t *testing.T, p proven) {
		p.sql(t, "UPDATE numbers SET n = 88 WHERE n = 1 AND key LIKE 'digest/2025-03/督查考核/1'")
	}, []string{"第1条通报的发文字号（振政督 2025 1）入账后被删去",
		"第1条通报的发文字号（振政督 2025 88）是入账后添进去的"}},
	{"a decision is gone", func(t *testing.T, p proven) { p.sql(t, "DELETE FROM decisions") },
		[]string{"第1条核实决定（放行）入账后被删去"}},
	{"an extension's day", func(t *testing.T, p proven) {
		p.sql(t, "UPDATE extensions SET until = '2026-01-01T00:00:00+08:00'")
	}, []string{"第1条延期（区教育局 2025年3月）入账后被改动"}},
	{"the tail is cut", func(t *testing.T, p proven) {
		p.sql(t, `DELETE FROM audit WHERE id = (SELECT max(id) FROM audit);
			DELETE FROM chain WHERE seq = (SELECT max(seq) FROM chain)`)
	}, []string{"最后的1条记录被删去"}},
	{"a paper in the outbox", func(t *testing.T, p proven) { flip(t, p.papers[0], 5000) },
		[]string{"发件箱中的通报文件 outbox/digests/2025-03/"}},
}

func TestVerifyNamesEveryTamperingWithTheLedger(t *testing.T) {
	whole := provenWorkspace(t)
	if said := whole.said(t); len(said) > 0 {
		t.Fatalf("untouched, it is said of it: %s", strings.Join(said, "\n"))
	}
	for _, c := range inLedger {
		t.Run(c.name, func(t *testing.T) {
			p := whole.copied(t)
			c.do(t, p)
			all := strings.Join(p.said(t), "\n")
			for _, want := range c.want {
				if !strings.Contains(all, want) {
					t.Errorf("nothing says %q:\n%s", want, all)
				}
			}
		})
	}
}

// copied is a copy of the workspace, to be tampered with.
func (p proven) copied(t *testing.T) proven {
	t.Helper()
	to := filepath.Join(t.TempDir(), "ws")
	if err := os.CopyFS(to, os.DirFS(p.dir)); err != nil {
		t.Fatal(err)
	}
	at := func(file string) string { return strings.Replace(file, p.dir, to, 1) }
	p.papers = []string{at(p.papers[0]), at(p.papers[1])}
	p.dir, p.manifest = to, at(p.manifest)
	return p
}
