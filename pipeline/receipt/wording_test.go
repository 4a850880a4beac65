package receipt_test

import (
	"strings"
	"testing"

	"duban/pipeline/form"
	"duban/pipeline/receipt"
	"duban/templates"
)

func TestTheProgramsOwnWordsAreProven(t *testing.T) {
	if err := receipt.Wording.Prove(templates.Receipt); err != nil {
		t.Error(err)
	}
}

func TestOneSentenceOfTheReceiptMayBeChanged(t *testing.T) {
	words, err := receipt.Wording.Parse("{{define \"verdict\"}}{{.Unit}}：{{.State}}，请复核。{{end}}")
	if err != nil {
		t.Fatal(err)
	}
	r := letter(t, filled(t))
	_, before := write(t, r)
	r.Words = words
	b, text := write(t, r)
	const said = "区人力资源社会保障局：部分通过，请复核。"
	lines, old := strings.Split(text, "\n"), strings.Split(before, "\n")
	if lines[1] != said {
		t.Errorf("the text says %q", lines[1])
	}
	lines[1] = old[1]
	if got := strings.Join(lines, "\n"); got != before {
		t.Errorf("other lines changed too:\n%s", got)
	}
	if got, _ := open(t, b).GetCellValue(form.SheetFindings, "A2"); got != said {
		t.Errorf("the list says %q", got)
	}
}

func TestWhatIsWrongWithAReceiptsWordsIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		`{{define "verdict"}}{{if eq .State "待核实"}}{{.Ofice}}{{end}}好。{{end}}`: "没有“.Ofice”这一项",
		`{{define "verdict"}}{{if eq .State "通过"}}好。{{end}}{{end}}`:            "印出来是空的",
		"{{define \"title\"}}回执\n{{.Unit}}{{end}}":                             "写成一行",
		`{{define "counts"}}采用{{.Taken}}项，，缺报{{.Missing}}项。{{end}}`:            "连在一起的标点",
		`{{define "text"}}{{range .Total}}一{{end}}{{end}}`:                     "一串的项",
		`{{define "verdit"}}好。{{end}}`:                                         "请改名为“verdict”",
	} {
		err := receipt.Wording.Prove(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
