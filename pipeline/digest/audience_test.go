package digest_test

import (
	"regexp"
	"strings"
	"testing"

	"duban/pipeline/digest"
	"duban/templates"
)

func words(t *testing.T) *digest.Words {
	t.Helper()
	w, err := digest.ParseWords(templates.Digest)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestEachAudienceReadsItsOwnPaper(t *testing.T) {
	for _, a := range audiences(t) {
		units := []string{""}
		if a.Each {
			units = []string{"hr", "kj", "cl"} // much behind, nothing behind, silent
		}
		for _, unit := range units {
			name := papers[a.Name]
			if unit != "" {
				name += "-" + unit
			}
			t.Run(name, func(t *testing.T) {
				paper, book, err := words(t).Compose(cutTo(rich(), a, unit))
				if err != nil {
					t.Fatal(err)
				}
				if (book == nil) != (len(a.Sheets) == 0) {
					t.Errorf("the book is %v for the sheets %v", book, a.Sheets)
				}
				golden(t, "paper-"+name+".txt", paperText(paper))
			})
		}
	}
}

// TestEachPaperReadsWell looks for what a reader would stumble over.
func TestEachPaperReadsWell(t *testing.T) {
	faults := map[string]*regexp.Regexp{
		"two marks in a row":       regexp.MustCompile(`[，、；：。][，、；。]`),
		"an enumeration of none":   regexp.MustCompile(`(^|[^0-9.万])0(项|家|处|个月)[^)]`),
		"half-width marks":         regexp.MustCompile(`\p{Han}[,;:?()]|[,;?()]\p{Han}`),
		"a mark before a bracket":  regexp.MustCompile(`[，、；。]）`),
		"nothing within brackets":  regexp.MustCompile(`（）|“”|《》`),
		"nested marks of one sort": regexp.MustCompile(`“[^”]*“`),
		"points given as percent":  regexp.MustCompile(`(低于|高于|提高|下降)(序时进度)?[0-9.]+%`),
		"a rest of the template":   regexp.MustCompile(`\{\{|\}\}|<no value>|%!`),
	}
	for _, a := range audiences(t) {
		for _, unit := range []string{"hr", "gz", "kj", "zf", "cl", "zj"} {
			paper, _, err := words(t).Compose(cutTo(rich(), a, unit))
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(paperText(paper), "\n") {
				for what, fault := range faults {
					if s := fault.FindString(line); s != "" {
						t.Errorf("%s: %s, %q in: %s", a.Name, what, s, line)
					}
				}
			}
			if !a.Each {
				break
			}
		}
	}
}
