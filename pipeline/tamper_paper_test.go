package pipeline_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"duban/pipeline"
)

// elsewhere is a copy of a file outside the workspace, changed.
func elsewhere(t *testing.T, file string, change func([]byte) []byte) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "收到的"+filepath.Ext(file))
	if err := os.WriteFile(to, change(bytes.Clone(b)), 0o644); err != nil {
		t.Fatal(err)
	}
	return to
}

// inFirstFigure writes into the cell of the first figure of 指标台账.
func inFirstFigure(t *testing.T, b []byte) ([]byte, string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("指标台账")
	if err != nil {
		t.Fatal(err)
	}
	column := -1
	for i, row := range rows {
		for j, text := range row {
			if text == "完成情况" {
				column = j
			}
		}
		if column < 0 || column >= len(row) || row[column] == "" || row[column] == "完成情况" {
			continue
		}
		at, _ := excelize.CoordinatesToCellName(column+1, i+1)
		f.SetCellValue("指标台账", at, 77777)
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes(), at
	}
	t.Fatal("no figure in 指标台账")
	return nil, ""
}

func TestVerifySaysWhatIsWrongWithAPaper(t *testing.T) {
	p := provenWorkspace(t)
	for _, file := range p.papers {
		same := elsewhere(t, file, func(b []byte) []byte { return b })
		if said := p.ofFile(t, same); len(said) > 0 {
			t.Errorf("%s unchanged: %v", file, said)
		}
	}
	pdf := elsewhere(t, p.papers[0], func(b []byte) []byte { b[4321] ^= 1; return b })
	wants(t, p.ofFile(t, pdf), "第4322字节与写出时不同")
	short := elsewhere(t, p.papers[0], func(b []byte) []byte { return b[:len(b)-7] })
	wants(t, p.ofFile(t, short), "长度变了-7字节")
	var at string
	book := elsewhere(t, p.papers[1], func(b []byte) []byte { b, at = inFirstFigure(t, b); return b })
	wants(t, p.ofFile(t, book), "指标台账!"+at+"（该行首格“", "文件中是“77777”")
	foreign := elsewhere(t, p.original(t, "1"), func(b []byte) []byte { return b })
	wants(t, p.ofFile(t, foreign), "不是本台账的任何一版通报")

	os.Remove(p.papers[0]) // set again when the file is gone
	wants(t, p.ofFile(t, pdf), "第4322字节与写出时不同")
	flip(t, p.original(t, "1"), 500)
	wants(t, p.ofFile(t, p.papers[1]), "的字节被改动过，与SHA-256不符")
}

func wants(t *testing.T, said []string, want ...string) {
	t.Helper()
	all := strings.Join(said, "\n")
	for _, x := range want {
		if !strings.Contains(all, x) {
			t.Errorf("nothing says %q:\n%s", x, all)
		}
	}
}

func TestAManifestProvesPapersWithoutALedger(t *testing.T) {
	p := provenWorkspace(t)
	m, err := pipeline.ReadManifest(p.manifest)
	if err != nil {
		t.Fatal(err)
	}
	alone := func(m pipeline.Manifest, key string, files ...string) []string {
		t.Helper()
		flaws, papers, err := pipeline.VerifyManifest(m, key, files)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range papers {
			flaws = append(flaws, x.Flaws...)
		}
		return sentences(flaws)
	}
	if said := alone(m, m.PublicKey, p.papers...); len(said) > 0 {
		t.Errorf("all right, and it is said: %v", said)
	}
	wants(t, alone(m, strings.Repeat("0", 64)), "清单不是该单位签发的")
	book := elsewhere(t, p.papers[1], func(b []byte) []byte { b, _ = inFirstFigure(t, b); return b })
	wants(t, alone(m, "", book), "SHA-256不符", "文件的指标台账中是“77777”")
	pdf := elsewhere(t, p.papers[0], func(b []byte) []byte { b[4321] ^= 1; return b })
	wants(t, alone(m, "", pdf), "SHA-256不符")

	for i, f := range m.Figures {
		if f.SHA256 != "" {
			m.Figures[i].Value = "77777"
			break
		}
	}
	wants(t, alone(m, "", p.papers[1]), "清单的签名不对", "清单所列是“77777”")
	w := open(t, p.dir, p.clock)
	defer w.Close()
	flaws, err := w.VerifyOwn(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, sentences(flaws), "清单所列是“77777”")
	m.Head = strings.Repeat("0", 64)
	if flaws, err = w.VerifyOwn(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	wants(t, sentences(flaws), "台账此后被改写过")
}

func TestAManifestHoldsNothingThatIsNotSigned(t *testing.T) {
	p := provenWorkspace(t)
	b, err := os.ReadFile(p.manifest)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	doc["批示"] = "同意"
	if b, err = json.Marshal(doc); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p.manifest, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := pipeline.ReadManifest(p.manifest); err == nil {
		t.Error("a manifest with words of its own was read")
	}
}
