package digest_test

import (
	"strings"
	"testing"

	"duban/pipeline/digest"
	"duban/templates"

	"github.com/google/go-cmp/cmp"
)

// texts are wordings as editions keep them: the program's own, an office's over
// it, and what a program kept that had fewer parts.
var texts = map[string]string{
	"the program's own": templates.Digest,
	"an office's":       `{{define "opening"}}{{.Month}}的情况，{{.Office}}已经汇总。{{end}}`,
	"an older program's": strings.Replace(upTo(templates.Digest, `{{define "lagging.heading"}}`),
		"现将有关情况通报如下", "现通报如下", 1),
	"nothing": "",
}

// upTo is a text before that.
func upTo(text, that string) string {
	before, _, _ := strings.Cut(text, that)
	return before
}

func TestWordsThatWereKeptMakeTheSamePapers(t *testing.T) {
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			was, err := digest.ParseWords(text)
			if err != nil {
				t.Fatal(err)
			}
			is, err := digest.ParseWords(was.Text())
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]*digest.Paper{}
			everyPaper(t, was, rich, func(name string, p *digest.Paper) { want[name] = p })
			everyPaper(t, is, rich, func(name string, p *digest.Paper) {
				if d := cmp.Diff(want[name], p); d != "" {
					t.Errorf("%s: %s", name, d)
				}
			})
		})
	}
}

// An office writes the parts it does not like; the others stay the program's.
func TestOneSentenceOfThePapersMayBeChanged(t *testing.T) {
	if err := digest.ProveWords(texts["an office's"]); err != nil {
		t.Fatal(err)
	}
	w, err := digest.ParseWords(texts["an office's"])
	if err != nil {
		t.Fatal(err)
	}
	own, _ := compose(t, sample())
	paper, _, err := w.Compose(sample())
	if err != nil {
		t.Fatal(err)
	}
	was, is := strings.Split(paperText(own), "\n"), strings.Split(paperText(paper), "\n")
	if len(was) != len(is) {
		t.Fatalf("%d lines became %d", len(was), len(is))
	}
	const said = "2025年3月的情况，云溪区督查室已经汇总。"
	changed := 0
	for i := range was {
		if was[i] != is[i] {
			changed++
			if is[i] != said {
				t.Errorf("%q became %q", was[i], is[i])
			}
		}
	}
	if changed != 1 {
		t.Errorf("%d lines changed", changed)
	}
}

// An edition may keep the heads of a table that has other columns today.
func TestHeadsOfOtherColumnsGiveWayToThePrograms(t *testing.T) {
	w, err := digest.ParseWords(`{{define "lagging.columns"}}序号|指标|单位{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	paper, _, err := w.Compose(sample())
	if err != nil {
		t.Fatal(err)
	}
	own, _ := compose(t, sample())
	if d := cmp.Diff(paperText(own), paperText(paper)); d != "" {
		t.Error(d)
	}
}
