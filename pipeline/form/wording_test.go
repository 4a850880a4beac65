package form_test

import (
	"strings"
	"testing"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet"
	"duban/templates"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestTheProgramsOwnWordsAreProven(t *testing.T) {
	if err := form.Wording.Prove(templates.Form); err != nil {
		t.Error(err)
	}
}

// The office says everything in its own way; the clerk fills the form, and what
// he filled is read as from any other.
func TestAFormInTheOfficesWordsIsReadBack(t *testing.T) {
	f := monthForm()
	answers := []form.Answer{{ID: "T01-1", Column: plan.ColTotal, Number: plan.Int(6400)},
		{ID: "T02-1", Column: plan.ColRemark, Text: "按计划推进"}}
	fill := func(f *form.Form) *form.Filled {
		b, err := form.Fill(write(t, f), "张三", "李四", answers)
		if err != nil {
			t.Fatal(err)
		}
		return read(t, b)
	}
	want := fill(f)
	text := `{{define "title"}}序号、报送期和填报人：{{.Month}}{{end}}` +
		`{{define "basis"}}情况说明{{end}}` +
		`{{define "hint"}}上期数 目标 填报情况：请核对。{{end}}` +
		`{{define "guide"}}序号 | 指标编号{{end}}`
	if err := form.Wording.Prove(text); err != nil {
		t.Fatal(err)
	}
	words, err := form.Wording.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	f.Words = words
	if d := cmp.Diff(want, fill(f)); d != "" {
		t.Error(d)
	}
	w, err := sheet.Read(write(t, f), sheet.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := w.Sheets[1].At(1, 2); c.Raw != "序号、报送期和填报人：2025年3月" {
		t.Errorf("the title is %q", c.Raw)
	}
}

func TestWordsThatWouldHinderReadingAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{{define "hint"}}填报人：请写全名。{{end}}`:                        "不能以“填报人”开头",
		`{{define "title"}} 报 送 期:{{.Month}}{{end}}`:               "不能以“报送期”开头",
		"{{define \"hint\"}}一。\n\n二。{{end}}":                       "写成一行",
		`{{define "basis"}}{{if .Opening}}期初{{end}}{{end}}`:        "印出来是空的",
		`{{define "guide"}}{{.Unit}{{end}}`:                        "大括号不成对",
		`{{define "guide"}}{{if .Opening}}{{.Unt}}{{end}}一{{end}}`: "没有“.Unt”这一项，可用的有：.Plan、.Unit",
	} {
		err := form.Wording.Prove(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// A part that is left out keeps the program's words.
func TestOneSentenceOfTheFormMayBeChanged(t *testing.T) {
	words, err := form.Wording.Parse(`{{define "hint"}}只填黄格。{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	f := monthForm()
	plain := texts(t, write(t, f))
	f.Words = words
	own := texts(t, write(t, f))
	if len(plain) != len(own) {
		t.Fatalf("%d cells became %d", len(plain), len(own))
	}
	for i := range plain {
		if plain[i] != own[i] && own[i] != "只填黄格。" {
			t.Errorf("%q became %q", plain[i], own[i])
		}
	}
	if !strings.Contains(strings.Join(own, "\n"), "只填黄格。") {
		t.Error("the office's hint is not on the form")
	}
}

// texts is every cell of a form, but that of the token.
func texts(t *testing.T, b []byte) []string {
	t.Helper()
	var all []string
	edit(t, b, func(f *excelize.File) error {
		for _, name := range []string{form.SheetGuide, form.SheetTable} {
			rows, err := f.GetRows(name)
			if err != nil {
				return err
			}
			for _, row := range rows {
				all = append(all, row...)
			}
		}
		return nil
	})
	return all
}
