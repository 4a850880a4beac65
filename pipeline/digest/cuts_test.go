package digest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/digest"
	"duban/pipeline/plan"
)

// whole is a report with lines for every cut, each with a word of its own.
func whole() *digest.Report {
	r := sample()
	r.Months = []string{"2025-02", "2025-03"}
	r.Tallies, r.Trend = r.Count(), []digest.Tally{{Name: "2025-02"}}
	at := map[string]int{}
	for i := range r.Lines {
		l := &r.Lines[i]
		at[l.ID] = i
		l.Remark = "说明" + l.ID + l.UnitCode
		l.Trail = []digest.Step{{Month: "2025-02", Light: "on_time"}, {Month: "2025-03", Light: l.Light}}
		r.Sources = append(r.Sources, digest.Source{ID: l.ID, Raw: "原值" + l.ID})
		l.Source = len(r.Sources)
	}
	r.Lines[at["T01-3"]].Revisions = []digest.Revision{{Month: "2025-02", Before: "9000人",
		After: "9100人", Late: true}}
	r.Lines[at["T01-4"]].Trail[0].Light = "missing"
	r.Lines[at["T01-6"]].RedMonths = 3
	r.Units[0].Code, r.Units[0].Rank = "u区人社局", 2
	r.Conflicts = []digest.Conflict{{ID: "T01-5", UnitCode: "u区残联", Message: "冲突"}}
	r.Changes = []digest.Change{{ID: "T01-1", UnitCode: "u区人社局"}, {ID: "T01-5", UnitCode: "u区残联"}}
	r.Rulings = []digest.Ruling{{What: "延期", Units: []string{"u区残联"}}}
	return r
}

func ids(r *digest.Report) string {
	var all []string
	for _, l := range r.Lines {
		all = append(all, l.ID)
	}
	return strings.Join(all, " ")
}

func TestACutHoldsTheRowsThatAreForItsAudience(t *testing.T) {
	unit := &plan.Unit{Code: "u区人社局", Name: "区人社局"}
	for _, c := range []struct {
		cut  string
		unit *plan.Unit
		want string
	}{
		{"all", nil, "G01-1 T01-1 T01-2 T01-3 T01-4 T01-5 T01-6"},
		{"behind", nil, "T01-1 T01-2"},
		{"accountable", nil, "T01-3 T01-6"},
		{"across", nil, "T01-1 T01-2 T01-4 T01-5"},
		{"own", unit, "T01-1 T01-2 T01-3"},
	} {
		full := whole()
		got := full.CutTo(plan.Audience{Cut: c.cut}, c.unit)
		if ids(got) != c.want {
			t.Errorf("%s holds %s, want %s", c.cut, ids(got), c.want)
		}
		if d := cmp.Diff(whole(), full); d != "" {
			t.Errorf("%s changed the report it was cut from:\n%s", c.cut, d)
		}
		holdsNothingElse(t, c.cut, full, got)
	}
}

// holdsNothingElse looks for the words of the other lines in everything the cut
// holds.
func holdsNothingElse(t *testing.T, name string, full, cut *digest.Report) {
	t.Helper()
	b, err := json.Marshal(cut)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range full.Lines {
		held := strings.Contains(" "+ids(cut)+" ", " "+l.ID+" ")
		for _, word := range []string{l.Remark, "原值" + l.ID} {
			if strings.Contains(string(b), word) && (!held || word != l.Remark) {
				t.Errorf("%s holds %s", name, word)
			}
		}
	}
}

func TestAUnitsOwnCutTellsNothingOfTheOthers(t *testing.T) {
	own := whole().CutTo(plan.Audience{Cut: "own", Sheets: []string{"sources"}},
		&plan.Unit{Code: "u区人社局", Name: "区人社局"})
	if own.Tallies != nil || own.Trend != nil || own.Conflicts != nil || own.Rulings != nil {
		t.Errorf("it holds counts, conflicts or rulings of others: %+v", own)
	}
	if len(own.Units) != 1 || own.Units[0].Rank != 0 {
		t.Errorf("units %+v", own.Units)
	}
	if len(own.Changes) != 1 || own.Changes[0].ID != "T01-1" {
		t.Errorf("changes %+v", own.Changes)
	}
	for i, l := range own.Lines {
		if l.Source != i+1 || own.Sources[i].ID != l.ID {
			t.Errorf("%s leads to source %d: %+v", l.ID, l.Source, own.Sources)
		}
	}
}

func TestUnitsAreRankedByWhatCountsFirst(t *testing.T) {
	unit := func(name string, good, judged int, onTime string, first, passed, revised int) digest.UnitLine {
		return digest.UnitLine{Name: name, GoodLines: good, Judged: judged, OnTime: onTime, Due: 1,
			First: first, FirstPass: passed, Revised: revised}
	}
	units := []digest.UnitLine{
		unit("少一半", 1, 2, "按时", 2, 2, 0), unit("迟报", 4, 4, "迟报", 4, 4, 0),
		unit("全好", 3, 3, "按时", 3, 3, 0), unit("有疑问", 2, 2, "按时", 4, 3, 0),
		unit("也全好", 9, 9, "按时", 9, 9, 0), unit("改过数", 5, 5, "按时", 5, 5, 1),
		unit("无可评", 0, 0, "按时", 1, 1, 0),
	}
	digest.Rank(units)
	got := map[string]int{}
	for _, u := range units {
		got[u.Name] = u.Rank
	}
	want := map[string]int{"全好": 1, "也全好": 1, "改过数": 3, "有疑问": 4, "迟报": 5, "少一半": 6, "无可评": 0}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("ranks (-want +got):\n%s", d)
	}
}

func TestTalliesCountByFieldAndInAll(t *testing.T) {
	r := sample()
	got := r.Count()
	var names []string
	for _, x := range got {
		names = append(names, fmt.Sprintf("%s %d %d %d %s/%s", x.Name, x.Lines, x.Indicators,
			x.Works, x.Done, x.Due))
	}
	// Without the goal that nobody owns; the mean is of the lines counted up
	// whose share is known, none counting for more than all of its target.
	want := []string{"促进高质量充分就业 6 6 1 73.73333333/75", " 6 6 1 73.73333333/75"}
	if d := cmp.Diff(want, names); d != "" {
		t.Errorf("tallies (-want +got):\n%s", d)
	}
	if n := got[0].Lights["missing"]; n != 1 {
		t.Errorf("%d lines are missing, want 1", n)
	}
}
