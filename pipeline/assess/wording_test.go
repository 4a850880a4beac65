package assess

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"

	"duban/pipeline/plan"
	"duban/pipeline/wording"
	"duban/templates"
)

func TestTheProgramsOwnWordingIsProven(t *testing.T) {
	if err := ProveWords(templates.Sentence); err != nil {
		t.Error(err)
	}
}

func TestTheWordingExplainsEveryItemItMayName(t *testing.T) {
	explained, _, _ := strings.Cut(templates.Sentence, "*/")
	items := reflect.TypeFor[view]()
	for field := range items.Fields() {
		if name := field.Name; !regexp.MustCompile(`\.` + name + `\b`).MatchString(explained) {
			t.Errorf("sentence.txt does not explain .%s", name)
		}
	}
	for _, m := range regexp.MustCompile(`\.([A-Z]\w*)`).FindAllStringSubmatch(explained, -1) {
		if _, ok := items.FieldByName(m[1]); !ok {
			t.Errorf("sentence.txt explains .%s, which there is not", m[1])
		}
	}
}

// Every part is there to be used, and every part that is used is there: a part
// nobody needs would be edited in vain.
func TestEveryPartOfTheWordingIsSaidBySomething(t *testing.T) {
	code := sources(t)
	for _, name := range wording.Names(templates.Sentence) {
		family := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name,
			"_on_time"), "_behind"), "_far")
		used := strings.Contains(code, `"`+name+`"`) || strings.Contains(code, `"`+family+`"`) ||
			strings.Contains(templates.Sentence, `{{template "`+name+`" .}}`)
		if !used {
			t.Errorf("nothing says the part %q", name)
		}
	}
}

func TestAnOfficesWordingReplacesOnlyWhatItSays(t *testing.T) {
	words, err := ParseWords(`{{define "count_below"}}{{.Name}}慢了{{.Gap}}。{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	s := employment(6400)
	a, own := Of(s, Thresholds{Words: words}), Of(s, Thresholds{})
	if want := "城镇新增就业慢了21.7个百分点。"; a.Sentence != want {
		t.Errorf("sentence: %s, want %s", a.Sentence, want)
	}
	if a.Rule != own.Rule || a.Light != own.Light {
		t.Errorf("other parts changed too: %s, %s", a.Rule, a.Light)
	}
	if own.Sentence == a.Sentence {
		t.Error("the program's own wording changed")
	}
}

// What fails only on what no sample foresaw is said in the program's words.
func TestWordingThatFailsOnAFigureLeavesTheProgramsWords(t *testing.T) {
	words, err := ParseWords(`{{define "count_below"}}{{slice .Name 3 12}}慢了。{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	s := employment(6400)
	s.Indicator.Name = "就业"
	want := "截至3月底，就业累计完成6400人，完成目标的53.3%，低于序时进度21.7个百分点。"
	if got := Of(s, Thresholds{Words: words}).Sentence; got != want {
		t.Errorf("sentence: %s, want %s", got, want)
	}
}

func TestWordingMayComeFromAnyEditor(t *testing.T) {
	text := "\ufeff" + strings.ReplaceAll(templates.Sentence, "\n", "\r\n")
	words, err := ParseWords(text)
	if err != nil {
		t.Fatal(err)
	}
	want := Of(employment(6400), Thresholds{})
	if got := Of(employment(6400), Thresholds{Words: words}); got.Sentence != want.Sentence {
		t.Errorf("sentence: %q", got.Sentence)
	}
}

func TestWordingIsUsedByManyAtOnce(t *testing.T) {
	words, err := ParseWords(templates.Sentence)
	if err != nil {
		t.Fatal(err)
	}
	want := Of(employment(6400), Thresholds{}).Sentence
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := Of(employment(6400), Thresholds{Words: words}).Sentence; got != want {
				t.Errorf("sentence: %s", got)
			}
		})
	}
	all.Wait()
}

func TestWhatIsWrongWithAWordingIsSaidWithLineAndRemedy(t *testing.T) {
	for _, c := range []struct {
		text  string
		line  int
		words string
	}{
		{"\n{{define \"closed\"}}{{.Nam}}。{{end}}", 2, "“closed”部分：没有“.Nam”这一项，可用的有：.Name"},
		{"{{define \"closed\"}}\n\n{{Name}}。{{end}}", 3, "没有“Name”这个办法"},
		{"{{define \"closed\"}}{{.Name}。{{end}}", 1, "大括号不成对"},
		{"{{define \"closed\"}}{{.Name}}。", 1, "缺少 {{end}}"},
		{"\n\n{{define \"closd\"}}{{.Name}}。{{end}}", 3, "“closd”部分：没有地方用到这一部分，写了也印不出来：请改名为“closed”"},
		{"\n{{define \"closed\"}}{{end}}", 2, "“closed”部分：什么也没有说"},
		{"{{define \"closed\"}}{{.Name}}{{end}}", 1, "末尾请加句号"},
		{"\n{{define \"closed\"}}\n{{.Name}}。{{end}}", 2, "写成一行"},
		{"{{define \"rule_held\"}}{{.Name}}。{{end}}", 1, "末尾不要加标点"},
		{"{{define \"lag\"}}{{if .Estimate}}预计数{{end}}{{end}}", 1, "印出来是空的"},
		{"{{define \"closed\"}}{{template \"nam\" .}}。{{end}}", 1, "引用的“nam”这一部分没有写"},
		{"{{define \"closed\"}}一。{{end}}\n{{define \"closed\"}}二。{{end}}", 2, "写了两次"},
		{"{{define \"closed\"}}一。{{end}}\n\n多余的话", 3, "不在任何 {{define}} 部分之内"},
		{"{{define \"closed\"}}{{index .Name 99}}。{{end}}", 1, "“closed”部分：index后面的项用得不对"},
		{"{{define \"missing\"}}{{if .Overdue}}{{.Late}}{{end}}。{{end}}", 1, "没有“.Late”这一项"},
		{"{{define \"late\"}}{{.Dead}}{{end}}", 1, "“late”部分：没有“.Dead”这一项"},
		{"{{define \"closed\"}}一。{{end}}\n{{define \"lag\"}}\xca\xfd{{end}}", 2, "UTF-8"},
	} {
		err := ProveWords(c.text)
		var wrong *wording.Error
		if !errors.As(err, &wrong) || len(wrong.Faults) != 1 {
			t.Errorf("%q: %v, want one problem", c.text, err)
			continue
		}
		f := wrong.Faults[0]
		if f.Line != c.line || !strings.Contains(f.String(), c.words) || wrong.File != "sentence.txt" {
			t.Errorf("%q:\n got %s\nwant line %d, %s", c.text, f, c.line, c.words)
		}
		if _, err := ParseWords(c.text); err == nil {
			t.Errorf("%q: parsed all the same", c.text)
		}
	}
}

func TestEverythingWrongWithAWordingIsSaidAtOnce(t *testing.T) {
	err := ProveWords("{{define \"closed\"}}{{.Nam}}。{{end}}\n多余的话\n{{define \"x\"}}一。{{end}}")
	if n := strings.Count(err.Error(), "\n") + 1; n != 3 {
		t.Errorf("%d problems, want 3:\n%v", n, err)
	}
}

// employment is the domain's own example with another total.
func employment(total int64) Subject {
	march := plan.MonthOf(2025, 3)
	return Subject{Plan: &plan.Plan{From: plan.MonthOf(2023, 1), To: plan.MonthOf(2025, 12)},
		Indicator: &plan.Indicator{Name: "城镇新增就业", Kind: plan.Cumulative, Measure: "人",
			Comparator: plan.AtLeast, Target: plan.Int(12000), Due: plan.MonthOf(2025, 12)},
		Unit: &plan.Unit{}, Month: march,
		Figures: []plan.Figure{{Month: march, State: plan.Reported, Total: plan.Int(total)}}}
}
