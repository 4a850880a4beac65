package digest_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"duban/pipeline/digest"
	"duban/pipeline/plan"
	"duban/templates"
)

func TestTheWordingTheProgramBringsIsProven(t *testing.T) {
	began := time.Now()
	if err := digest.ProveWords(templates.Digest); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > 500*time.Millisecond {
		t.Errorf("it took %v: it is done at every start", took)
	}
}

func TestEachWayToBreakTheWordingIsExplained(t *testing.T) {
	for _, x := range []struct{ name, old, new, part, want string }{
		{"an unknown item", "{{.Plan}}", "{{.Plans}}", "opening",
			"没有“.Plans”这一项，可用的有：.Plan、.Office、.Month"},
		{"an item of another part", "{{.MonthEnd}}，{{template", "{{.Annex}}，{{template", "overall",
			"没有“.Annex”这一项"},
		{"an unknown item in a branch", "报告{{$x.Progress}}", "报告{{$x.Progres}}", "telling.works",
			"没有“.Progres”这一项"},
		{"an unknown function", "{{join .RedUnits}}", "{{jion .RedUnits}}", "lagging", "没有“jion”这个办法"},
		{"a forgotten dot", "{{.Previous}}", "{{Previous}}", "corrections", "前面要加点"},
		{"a part that is gone", `{{define "practical"}}`, `{{define "practica"}}`, "practica",
			"请改名为“practical”"},
		{"a part that is written twice", `{{define "rulings.caption"}}`, `{{define "rulings"}}`,
			"rulings", "写了两次"},
		{"an empty part", "经同意，本月有延期和豁免事项{{.N}}项，见下表。", "", "rulings", "什么也没有说"},
		{"a part with nothing in it", `{{define "brief.silent"}}
`, `{{define "brief.silent"}}{{end}}{{define "own"}}
`, "brief.silent", "什么也没有说"},
		{"a part that uses itself", "经同意，本月有", `{{template "rulings" .}}，本月有`, "rulings", "引用了自己"},
		{"an unclosed action", "{{join .Late}}", "{{join .Late", "reporting", "请关上大括号"},
		{"an end too few", "其中逾期{{$x.Late}}项）{{end}}{{end}}", "其中逾期{{$x.Late}}项）{{end}}", "lights",
			"缺少 {{end}}"},
		{"an end too many", "{{.Month}}应报单位", "{{.Month}}{{end}}应报单位", "reporting", "多了一个 {{end}}"},
		{"a column too few", "事项|单位|内容|理由|文号", "事项|单位|内容|理由", "rulings.columns", "应有5个列名，写了4个"},
		{"Chinese marks within an action", `(count .Tasks "项重点任务")`, `（count .Tasks "项重点任务"）`,
			"overall", "标点改成英文半角的"},
		{"a quotation mark too few", `"件实事"`, `"件实事`, "overall", "双引号没有成对"},
		{"a full stop too many", "{{else}}下表{{end}}。{{else}}", "{{else}}下表{{end}}。。{{else}}",
			"corrections", "连在一起的标点“。。”"},
		{"a list that is none", "range $i, $x := .Reasons", "range $i, $x := .Good", "overall", "一串的项"},
		{"a number with a text", "{{if gt .Edition 1}}", `{{if gt .Edition "1"}}`, "title", "不是一类"},
		{"a list that is a number", "range .Reasons", "range 1000000000", "overall", "一串的项"},
		{"a list that is counted", "range $i, $x := .Points", "range $i, $x := len .Points",
			"brief.decide", "一串的项"},
		{"full-width braces", "替代{{.Previous}}", "替代｛｛.Previous｝｝", "corrections", "半角的大括号"},
		{"a part that is not there", `，{{template "lights" .Lights}}。{{end}}
{{template "judged"`, `，{{template "light" .Lights}}。{{end}}
{{template "judged"`, "overall", "“light”"},
	} {
		t.Run(x.name, func(t *testing.T) {
			broken := strings.Replace(templates.Digest, x.old, x.new, 1)
			if broken == templates.Digest {
				t.Fatalf("the wording has no %q", x.old)
			}
			err := digest.ProveWords(broken)
			if err == nil {
				t.Fatal("it was taken")
			}
			said := strings.Split(err.Error(), "\n")[0]
			if !strings.Contains(said, x.want) || !strings.Contains(said, "“"+x.part+"”") {
				t.Errorf("it is said of %s: %v", x.part, err)
			}
			line := strings.Count(broken[:strings.Index(broken, x.new)], "\n") + 1
			if near := nearLine(said, line); x.new != "" && !near {
				t.Errorf("the fault is in line %d: %v", line, err)
			}
			if regexp.MustCompile(`[a-z]{4,} [a-z]{2,} [a-z]{2,}`).MatchString(said) {
				t.Errorf("it is said in English: %v", said)
			}
		})
	}
}

func TestAWordingThatIsNotUTF8IsRefused(t *testing.T) {
	_, err := digest.ParseWords("\xb9\xab\xce\xc4" + templates.Digest)
	if err == nil || !strings.Contains(err.Error(), "UTF-8") {
		t.Errorf("it is said: %v", err)
	}
	// A mark at the start and the line ends of Windows do no harm.
	windows := "\ufeff" + strings.ReplaceAll(templates.Digest, "\n", "\r\n")
	if err := digest.ProveWords(windows); err != nil {
		t.Error(err)
	}
}

// nearLine allows for what shows only where the part ends.
func nearLine(said string, line int) bool {
	for d := -2; d <= 12; d++ {
		if strings.Contains(said, fmt.Sprintf("第%d行", line+d)) {
			return true
		}
	}
	return false
}

func TestATitleMayNameMonthSubjectAndUnitOnly(t *testing.T) {
	a := sample().Audience
	if err := digest.ProveAudience(a); err != nil {
		t.Error(err)
	}
	for _, title := range []string{"关于{{.Monat}}的通报", "关于{{.Month}的通报"} {
		err := digest.ProveAudience(plan.Audience{Name: "督查考核", Cut: "all", Title: title})
		if err == nil || !strings.Contains(err.Error(), "标题") {
			t.Errorf("of the title %s is said: %v", title, err)
		}
	}
}

// The comments are an office's only manual.
func TestTheWordingSaysWhatEachPartMayName(t *testing.T) {
	comment := regexp.MustCompile(`(?s)/\*.*?\*/`)
	comments := strings.Join(comment.FindAllString(templates.Digest, -1), "")
	for _, item := range regexp.MustCompile(`\{\{[^}]*?\.([A-Z]\w*)`).FindAllStringSubmatch(
		templates.Digest, -1) {
		if !strings.Contains(comments, "."+item[1]) {
			t.Errorf("no comment says what .%s is", item[1])
		}
	}
}

func BenchmarkProveWords(b *testing.B) {
	for b.Loop() {
		if err := digest.ProveWords(templates.Digest); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzProveWords(f *testing.F) {
	f.Add("{{.Month}}", "{{.N}}")
	f.Add("{{end}}", "{{$x.Name}}{{else}}{{break}}{{/*")
	f.Add("join .Units", "call .Units .By")
	f.Fuzz(func(t *testing.T, old, new string) {
		text := strings.Replace(templates.Digest, old, new, 1)
		err := digest.ProveWords(text)
		if err != nil && !regexp.MustCompile(`\p{Han}`).MatchString(err.Error()) {
			t.Errorf("it is said in English: %v", err)
		}
	})
}
