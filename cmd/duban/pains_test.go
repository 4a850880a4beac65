package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// pains are what users of such systems suffer with workbooks, with answers, and
// with knowing who is missing and what changed; each has its scripts in
// testdata/script, which say in their first lines what the program does about it.
var pains = []struct {
	pain    string
	scripts []string
}{
	// workbooks
	{"paste into merged cells", []string{"merged-and-pasted"}},
	{"copy and paste destroys validation", []string{"copy-and-paste"}},
	{"named ranges lost", []string{"copy-and-paste"}},
	{"a stray space makes an empty row fail", []string{"stray-space"}},
	{"an old template gives the wrong message", []string{"old-forms", "mangled-forms"}},
	{"formulas without a cached value", []string{"formulas-and-writers"}},
	{"files of other writers refused", []string{"formulas-and-writers"}},
	{"password-protected files fail obscurely", []string{"formulas-and-writers", "not-a-form"}},
	{"hidden and filtered rows", []string{"hidden-rows"}},
	{"dates in every dress", []string{"dates"}},
	{"12.23% arrives as 0.12", []string{"percents"}},
	{"0.12 typed for 12%", []string{"percents"}},
	{"2000万 becomes 0", []string{"numbers-in-words"}},
	{"text in a number column", []string{"numbers-in-words", "own-file-back"}},

	// feedback
	{"my own file back, marked", []string{"own-file-back", "month-of-a-unit"}},
	{"blank or contradictory messages", []string{"own-file-back"}},
	{"warnings drown errors", []string{"own-file-back"}},
	{"a stale rule blocks honest units", []string{"stale-rule", "waive-and-extend", "rules"}},
	{"a resubmission throws explanations away", []string{"explanations"}},
	{"results not kept", []string{"results-kept"}},

	// who is missing, what changed
	{"missing or nothing to report", []string{"missing-zero-nothing"}},
	{"on time or late, when it came by hand", []string{"late-and-by-hand"}},
	{"who is missing what", []string{"who-is-missing-what"}},
	{"two offices of one unit overwrite each other",
		[]string{"partial-sheets", "who-is-missing-what"}},
	{"take a figure out without deleting it", []string{"who-is-missing-what"}},
	{"which version counts", []string{"results-kept", "partial-sheets"}},
	{"a re-run changes things unannounced", []string{"re-run", "digest"}},
	{"every number back to its upload", []string{"trace", "digest"}},
}

func TestEveryPainHasItsStory(t *testing.T) {
	for _, p := range pains {
		if len(p.scripts) == 0 {
			t.Errorf("%s: no script", p.pain)
		}
		for _, s := range p.scripts {
			b, err := os.ReadFile(filepath.Join("../../testdata/script", s+".txtar"))
			if err != nil {
				t.Errorf("%s: %v", p.pain, err)
				continue
			}
			if why := untold(string(txtar.Parse(b).Comment)); why != "" {
				t.Errorf("%s: %s.txtar %s", p.pain, s, why)
			}
		}
	}
}

// untold says what is missing of a script's story: the words in front, or a
// call of the program behind them; "" is nothing.
func untold(script string) string {
	first, _, _ := strings.Cut(script, "\n")
	words, ok := strings.CutPrefix(first, "# ")
	switch {
	case !ok || len(strings.Fields(words)) < 4:
		return "does not open with what it is about"
	case !strings.Contains(script, "duban "):
		return "never calls the program"
	}
	return ""
}

func TestAScriptWithoutItsStoryIsFound(t *testing.T) {
	for _, s := range []string{"", "exec duban init ws\n", "#\nexec duban init ws\n",
		"# The pain: nobody calls it.\n"} {
		if untold(s) == "" {
			t.Errorf("%q passes for a story", s)
		}
	}
}
