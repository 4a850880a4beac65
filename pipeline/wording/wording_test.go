package wording_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/template"

	"duban/pipeline/wording"
)

type unit struct {
	Name  string
	Goals []string
	N     int
}

type letter struct {
	Head  string
	N     int
	Late  bool
	Units []unit
}

const own = `{{/* the words of the program: {{define "none"}} */}}
{{define "unit"}}{{.Name}}{{.N}}项{{end}}
{{define "head"}}{{.Head}}{{if .Late}}（迟）{{end}}{{end}}
{{define "body"}}{{range $i, $u := .Units}}{{if $i}}；{{end}}{{template "unit" $u}}{{end}}。{{end}}
`

// program is one that says head and body, in these words.
func program(own string) *wording.File {
	return &wording.File{Name: "letter.txt", Own: own,
		Functions: template.FuncMap{"join": func(s []string) string { return strings.Join(s, "、") }},
		Parts: []wording.Part{
			{Name: "head", Items: letter{}},
			{Name: "body", Items: letter{}, Must: wording.Always},
		}}
}

var sent = letter{Head: "通报", N: 2,
	Units: []unit{{"甲局", []string{"a", "b"}, 2}, {"乙局", nil, 1}}}

func say(t *testing.T, w *wording.Words, part string) string {
	t.Helper()
	s, err := w.Say(part, sent)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func parse(t *testing.T, f *wording.File, text string) *wording.Words {
	t.Helper()
	w, err := f.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestPartsThatAreLeftOutKeepTheProgramsWords(t *testing.T) {
	f := program(own)
	for _, x := range []struct{ text, head, body string }{
		{"", "通报", "甲局2项；乙局1项。"},
		{`{{define "head"}}关于{{.Head}}{{end}}`, "关于通报", "甲局2项；乙局1项。"},
		{`{{define "unit"}}{{.Name}}（{{.N}}）{{end}}`, "通报", "甲局（2）；乙局（1）。"},
		{"\ufeff{{define \"body\"}}共\r\n{{.N}}家。{{end}}\r\n", "通报", "共\n2家。"},
		{own, "通报", "甲局2项；乙局1项。"},
	} {
		if err := f.Prove(x.text); err != nil {
			t.Errorf("%s: %v", x.text, err)
		}
		w := parse(t, f, x.text)
		if head, body := say(t, w, "head"), say(t, w, "body"); head != x.head || body != x.body {
			t.Errorf("%s says %q and %q", x.text, head, body)
		}
	}
	if got := say(t, f.BuiltIn(), "head"); got != "通报" {
		t.Errorf("the program's own words became %q", got)
	}
}

// What is kept with a paper says the same under a later program, whatever that
// says by itself and whichever parts it has more.
func TestAllTheWordsAreKeptForALaterProgram(t *testing.T) {
	later := program(`{{define "unit"}}单位{{end}}{{define "head"}}新{{template "seal"}}{{end}}` +
		`{{define "body"}}新{{end}}{{define "seal"}}印{{end}}{{define "foot"}}落款{{end}}`)
	for _, text := range []string{
		"",
		`{{define "head"}}关于{{.Head}}{{end}}`,
		"{{define \"body\" -}}\n  {{- /* 说明 */ -}}\n 共 {{- with .Units}} {{len .}}家" +
			"{{else}}无{{end}} \n{{end}}",
		`{{define "body"}}{{range .Units}}{{if eq .N 1}}一` +
			`{{else if gt .N 1}}{{break}}{{else}}零{{end}}{{end}}。{{end}}`,
		`{{define "body"}}{{$n := len .Units}}{{if and (gt $n 1) (not .Late)}}{{$n = 7}}{{end}}` +
			`{{$n}}家“{{"\""}}”{{end}}`,
		`{{define "body"}}{{with index .Units 0}}{{join .Goals | printf "%s-%d" .Name | len}}` +
			`{{$.N}}{{end}}{{end}}`,
		`{{define "body"}}{{block "mine" .}}{{.Head}}！{{end}}{{end}}`,
	} {
		was := parse(t, program(own), text)
		is := parse(t, later, was.Text())
		for _, part := range []string{"head", "body"} {
			if a, b := say(t, was, part), say(t, is, part); a != b {
				t.Errorf("%s says %q, and later %q", text, a, b)
			}
		}
		if again := parse(t, program(own), was.Text()).Text(); again != was.Text() {
			t.Errorf("kept twice it is\n%s\nnot\n%s", again, was.Text())
		}
		if got := say(t, is, "foot"); got != "落款" {
			t.Errorf("a part that the older program did not have says %q", got)
		}
	}
}

func TestWhatIsWrongIsFoundWithItsPlace(t *testing.T) {
	for _, x := range []struct {
		text, part, want string
		line             int
	}{
		{"{{define \"head\"}}\n{{if false}}{{.Heed}}{{end}}{{end}}", "head",
			"没有“.Heed”这一项，可用的有：.Head、.N、.Late、.Units", 2},
		{`{{define "body"}}一{{range .Units}}{{range .Goals}}{{.Name}}{{end}}{{end}}{{end}}`,
			"body", "没有下级的项", 1},
		{`{{define "body"}}一{{.Units.Name}}{{end}}`, "body", "要用 range … end 逐个来说", 1},
		{`{{define "body"}}一{{range $u := .Units}}{{$u.Nam}}{{end}}{{end}}`,
			"body", "没有“.Nam”这一项", 1},
		{`{{define "body"}}一{{(index .Units 0).Nam}}{{end}}`, "body", "没有“.Nam”这一项", 1},
		{"\n{{define \"unit\"}}{{.Nam}}{{end}}", "unit", "没有“.Nam”这一项，可用的有：.Name、.Goals、.N", 2},
		{`{{define "body"}}一{{template "unit"}}{{end}}`, "body", "引用时要把项带上", 1},
		{`{{define "body"}}一{{template "unt" .}}{{end}}`, "body", "引用的“unt”这一部分没有写", 1},
		{`{{define "mine"}}{{template "body" .}}{{end}}{{define "body"}}{{template "mine" .}}{{end}}`,
			"mine", "引用了自己", 1},
		{`{{define "body"}}{{range 1000000000}}一{{end}}{{end}}`, "body", "一串的项", 1},
		{`{{define "body"}}{{range len .Units}}一{{end}}{{end}}`, "body", "一串的项", 1},
		{`{{define "body"}}{{with 1000000000}}{{range .}}一{{end}}{{end}}{{end}}`, "body", "一串的项", 1},
		{`{{define "body"}}{{$n := 1000000000}}{{range $n}}一{{end}}{{end}}`, "body", "一串的项", 1},
		{`{{define "body"}}{{range or .N 1000000000}}一{{end}}{{end}}`, "body", "一串的项", 1},
		{`{{define "mine"}}{{range .}}一{{end}}{{end}}` +
			`{{define "body"}}{{template "mine" 1000000000}}{{end}}`, "mine", "一串的项", 1},
		{`{{define "body"}}{{$u := .Units}}{{$u = 1000000000}}{{range $u}}一{{end}}{{end}}`,
			"body", "不能再装别的", 1},
		{`{{define "body"}}一{{if .Late}}｛{.Head}｝{{end}}{{end}}`, "body", "文字里有大括号", 1},
		{`{{define "body"}}一。。{{end}}`, "body", "连在一起的标点“。。”", 1},
		{`{{define "body"}}一{{if not .Late}}二。。{{end}}{{end}}`, "body", "连在一起的标点“。。”", 1},
		{`{{define "unit"}}{{.Name}}。{{end}}`, "body", "连在一起的标点“。。”", 1},
		{`{{define "body"}}{{if .N}}一{{end}}{{end}}`, "body", "印出来是空的", 1},
		{"\n{{ define  `body` }}{{.Head}}{{end}}", "body", "印出来是空的", 2},
		{"{{- define \"b\\u006fdy\"}}{{.Head}}{{end}}", "body", "印出来是空的", 0},
		{`{{define "body"}}一{{join .Head}}{{end}}`, "body", "用得不对", 1},
		{`{{define "body"}}一{{jion .Units}}{{end}}`, "body", "只能用 join、if、range", 1},
		{`{{define "body"}}{{end}}`, "body", "什么也没有说", 1},
		{"\n\n{{define \"boddy\"}}一{{end}}", "boddy", "请改名为“body”", 3},
		{"一\n{{define \"body\"}}一{{end}}", "", "不在任何 {{define}} 部分之内", 1},
		{"{{define \"body\"}}一\n{{end}}{{define \"body\"}}二{{end}}", "body", "写了两次", 2},
		{"{{define \"body\"}}一\n\n{{.Head\n{{end}}", "body", "大括号没有关上", 4},
		{"{{define \"body\"}}一\n\n", "body", "缺少 {{end}}", 1},
		{"{{/* {{define \"head\"}} */}}{{define \"body\"}}\n{{.}{{end}}", "body", "大括号不成对", 2},
		{"{{define \"body\"}}\n\xb9\xab{{end}}", "", "UTF-8", 2},
		{"\xff\xfe{\x00{\x00", "", "UTF-8", 1},
	} {
		var wrong *wording.Error
		if err := program(own).Prove(x.text); !errors.As(err, &wrong) {
			t.Errorf("%s: %v", x.text, err)
			continue
		}
		f := wrong.Faults[0]
		if len(wrong.Faults) > 1 || f.Line != x.line || f.Part != x.part ||
			!strings.Contains(f.What, x.want) {
			t.Errorf("%s:\n got %s\nwant %d, %s, %s", x.text, wrong, x.line, x.part, x.want)
		}
	}
}

// A number may be kept beside a list, and a list in place of another.
func TestWhatIsRightIsTaken(t *testing.T) {
	for _, text := range []string{
		`{{define "body"}}{{$first := true}}{{range .Units}}{{if not $first}}；{{end}}` +
			`{{$first = false}}{{.Name}}{{end}}。{{end}}`,
		`{{define "body"}}{{range slice .Units 0 0}}{{.Name}}{{else}}无{{end}}。{{end}}`,
		`{{define "body"}}{{$u := .Units}}{{if .Late}}{{$u = slice $u 0 0}}{{end}}` +
			`{{range $u}}{{join .Goals}}{{end}}。{{end}}`,
		`{{define "body"}}{{with .Units}}{{range .}}{{$.Head}}{{.Name}}{{end}}` +
			`{{else with .Head}}{{.}}{{end}}。{{end}}`,
	} {
		if err := program(own).Prove(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// What no sample foresaw is said in the program's words.
func TestWordsThatFailLeaveTheProgramsOwn(t *testing.T) {
	w := parse(t, program(own), `{{define "head"}}{{slice .Head 0 6}}好{{end}}`)
	for head, want := range map[string]string{"通报": "通报好", "": ""} {
		if got, err := w.Say("head", letter{Head: head}); err != nil || got != want {
			t.Errorf("of %q it says %q, %v", head, got, err)
		}
	}
}

func TestChangedIsWhatIsWordedInAnotherWay(t *testing.T) {
	text := strings.Replace(own, "（迟）", "（迟报）", 1) + `{{define "mine"}}{{join .}}{{end}}`
	text = wording.Editable(text)
	if got := wording.Changed(own, text); !slices.Equal(got, []string{"head", "mine"}) {
		t.Errorf("changed: %v", got)
	}
	if got := wording.Changed(own, wording.Editable(own)); len(got) != 0 {
		t.Errorf("of the program's own changed: %v", got)
	}
}

func TestWordsAreUsedByManyAtOnce(t *testing.T) {
	w := parse(t, program(own), `{{define "head"}}关于{{.Head}}{{end}}`)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, err := w.Say("body", sent); err != nil || got != "甲局2项；乙局1项。" {
				t.Errorf("it says %q, %v", got, err)
			}
		})
	}
	all.Wait()
}

// Whatever an office writes: it is refused in Chinese, or it can be said and
// what is kept of it says the same.
func FuzzProvenWordsAreKept(f *testing.F) {
	f.Add(`{{define "body"}}{{range $i, $u := .Units}}{{if $i}}；{{end}}{{$u.Name}}{{end}}。{{end}}`)
	f.Add(`{{define "body"}}{{with $x := .Head}}{{printf "%q" $x}}{{else with .N}}{{.}}{{end}}。{{end}}`)
	f.Add("{{define \"head\" -}} a {{- /* b */}}{{break}}{{end}}{{block \"x\" .Units}}{{end}}")
	f.Fuzz(func(t *testing.T, text string) {
		file := program(own)
		if err := file.Prove(text); err != nil {
			if !strings.HasPrefix(err.Error(), "第") {
				t.Errorf("refused without its line: %v", err)
			}
			return
		}
		w := parse(t, file, text)
		kept := parse(t, file, w.Text())
		for _, items := range wording.Shapes(letter{}) {
			for _, part := range []string{"head", "body"} {
				a, err := w.Say(part, items)
				b, kerr := kept.Say(part, items)
				if err != nil || kerr != nil || a != b {
					t.Errorf("%s says %q, and kept %q: %v, %v", text, a, b, err, kerr)
				}
			}
		}
	})
}
