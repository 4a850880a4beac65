package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"
	"duban/templates"
)

// FuzzSettings: a settings file gives settings a daemon can live by, or says in
// a sentence what is wrong with it.
func FuzzSettings(f *testing.F) {
	f.Add(templates.Settings)
	for _, s := range []string{"", "office: 督查室\n", "a: &a [*a]\n",
		"schedule: {forms: \"@every -1h\"}\n",
		"deadline: {workday: 5, at: \"24:00\"}\n", "mail: {mailboxes: [{host: a}]}\n",
		"intake: {rest: -1s, sweep: 1h}\n", "\xef\xbb\xbfoffice: \xff\n"} {
		f.Add([]byte(s))
	}
	path := filepath.Join(f.TempDir(), "duban.yaml")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := readConfig(path)
		if err != nil {
			if user := (*UserError)(nil); !errors.As(err, &user) || user.Fix == "" {
				t.Errorf("a fault without a remedy: %v", err)
			}
			return
		}
		now := time.Date(2025, 4, 3, 9, 0, 0, 0, time.UTC)
		cron(c.Schedule.Forms).Next(now)
		cron(c.Schedule.Digest).Next(now)
		c.Deadline.on(plan.DateOf(now))
	})
}

// FuzzTexts: a text of the office is refused, or can be said: what is proven is
// parsed as well.
func FuzzTexts(f *testing.F) {
	for i, text := range texts {
		f.Add(uint8(i), text.own)
		f.Add(uint8(i), `{{define "text"}}{{.Nothing}}{{end}}`)
	}
	f.Fuzz(func(t *testing.T, i uint8, s string) {
		text := texts[int(i)%len(texts)]
		if err := text.prove(s); err != nil {
			if faultsOf(err) == nil {
				t.Errorf("%s: a fault without a place: %v", text.name, err)
			}
			return
		}
		if err := text.take(&words{}, s); err != nil {
			t.Errorf("%s: proven and not taken: %v", text.name, err)
		}
	})
}

// FuzzManifest: a manifest is refused, or its signature is judged; none that a
// stranger wrote is this one's.
func FuzzManifest(f *testing.F) {
	for _, s := range []string{
		`{"form":"duban-manifest-1","key":"a","public_key":"ab","signature":"zz"}`,
		`{"form":"duban-manifest-1","figures":[{"id":"A01-1","value":"1e999999999"}]}`, "[]", ""} {
		f.Add([]byte(s))
	}
	path := filepath.Join(f.TempDir(), "a.manifest.json")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		m, err := ReadManifest(path)
		if err != nil {
			return
		}
		flaws, _, err := VerifyManifest(m, strings.Repeat("0", 64), nil)
		if err != nil || len(flaws) == 0 {
			t.Errorf("%q passes for the office's (%v)", b, err)
		}
	})
}

// FuzzPaper: a workbook that is said to be a digest is held against a manifest,
// whatever stands in its cells.
func FuzzPaper(f *testing.F) {
	f.Add("12000", "12000.00", "编号")
	f.Add("0.1", "1e999999999", "完成情况")
	f.Add("", "", "责任单位")
	f.Fuzz(func(t *testing.T, figure, shown, head string) {
		m := Manifest{Figures: []ManifestFigure{{ID: "A01-1", Unit: "区教育局", Value: figure}}}
		rows := [][]string{{"编号", "责任单位", head, "完成情况"}, {"A01-1", "区教育局", shown, shown}}
		s := &sheet.Sheet{Name: "指标台账"}
		for i, row := range rows {
			for j, text := range row {
				s.Cells = append(s.Cells, sheet.Cell{Row: i + 1, Col: j + 1, Raw: text})
			}
		}
		if flaws := m.bookFlaws(&sheet.Workbook{Sheets: []*sheet.Sheet{s}}); figure == shown &&
			head == "" && len(flaws) > 0 {
			t.Errorf("%q is not itself: %v", figure, flaws)
		}
	})
}
