package digest_test

import (
	"strings"
	"testing"

	"duban/pipeline/digest"
)

func TestOnlyAUnitWithNothingOpenIsThanked(t *testing.T) {
	for _, x := range []struct {
		name, unit string
		change     func(*digest.Report)
		thanked    bool
	}{
		{"all well", "kj", func(*digest.Report) {}, true},
		{"late", "kj", func(r *digest.Report) { r.Units[2].OnTime = "迟报" }, true},
		{"one behind", "kj", func(r *digest.Report) { r.Lines[4].Light = "behind" }, false},
		{"one not reported", "kj", func(r *digest.Report) { r.Lines[4].Light = "missing" }, false},
		{"one queried", "kj", func(r *digest.Report) { r.Units[2].Queries = 1 }, false},
		{"no form came", "kj", func(r *digest.Report) { r.Units[2].ReceivedAt = "" }, false},
		{"much behind", "hr", func(*digest.Report) {}, false},
	} {
		r := rich()
		x.change(r)
		paper, _, err := words(t).Compose(cutTo(r, audiences()[5], x.unit))
		if err != nil {
			t.Fatal(err)
		}
		text := paperText(paper)
		if got := strings.Contains(text, "感谢"); got != x.thanked {
			t.Errorf("%s: thanked is %v:\n%s", x.name, got, text)
		}
		if x.thanked == strings.Contains(text, "前") { // no day is set to one that is thanked
			t.Errorf("%s: a day is set, or none:\n%s", x.name, text)
		}
		if late := strings.Contains(text, "今后请按时报送"); late != (x.name == "late") {
			t.Errorf("%s: it is asked to be in time: %v", x.name, late)
		}
	}
}

func TestOfMonthsWithoutPapersNothingIsSaid(t *testing.T) {
	r := cutTo(blank(), audiences()[4], "")
	paper, _, err := words(t).Compose(r)
	if err != nil {
		t.Fatal(err)
	}
	text := paperText(paper)
	if !strings.Contains(text, "无从比较") || strings.Contains(text, "没有严重滞后") {
		t.Errorf("of months nobody knows it says:\n%s", text)
	}
}
