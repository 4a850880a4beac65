package plan_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/plan"
	"duban/seeds"
)

func seedPlan(t *testing.T) *plan.Plan {
	t.Helper()
	p, err := plan.Load(seeds.Files, "plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTheSeedPlanIsComplete(t *testing.T) {
	p := seedPlan(t)
	items := map[plan.Sort]int{}
	for _, it := range p.Items {
		items[it.Sort]++
	}
	want := map[plan.Sort]int{plan.Goal: 11, plan.Task: 31, plan.Annex: 17}
	if d := cmp.Diff(want, items); d != "" {
		t.Errorf("items: %s", d)
	}
	if len(p.Units) != 29 || len(p.Fields) != 11 {
		t.Errorf("%d units, %d fields; the notice has 29 and 11", len(p.Units), len(p.Fields))
	}
	n := 0
	for range p.Indicators() {
		n++
	}
	if n != 146 {
		t.Errorf("%d indicators, not 146: was one lost?", n)
	}
	kinds := map[plan.Kind]int{}
	for _, ind := range p.Indicators() {
		kinds[ind.Kind]++
	}
	if len(kinds) != 7 {
		t.Errorf("not every kind is used: %v", kinds)
	}
	for _, id := range []string{"T08", "T20", "T25", "T26"} {
		if n := len(p.Item(id).Indicators); n != 0 {
			t.Errorf("%s has %d indicators; the notice promises nothing checkable there", id, n)
		}
	}
}

func TestTheFirstIndicatorIsNewUrbanJobs(t *testing.T) {
	ind := seedPlan(t).Indicator("T01-1")
	if ind.Name != "城镇新增就业人数" || ind.Kind != plan.Cumulative || ind.Measure != "人" ||
		ind.Target.String() != "12000" || ind.AsWritten != "1.2万人以上" || ind.Scale != "万" ||
		ind.From.String() != "2023-01" || ind.Due.String() != "2025-12" {
		t.Errorf("T01-1 is %+v", ind)
	}
}

func TestAliasesOfTheNoticeAreOneUnit(t *testing.T) {
	p := seedPlan(t)
	for alias, name := range map[string]string{
		"区人社局": "区人力资源社会保障局", "区住建局": "区住房城乡建设局", "区市监局": "区市场监管局",
	} {
		if u := p.Unit(alias); u == nil || u.Name != name {
			t.Errorf("%s is %v, not %s", alias, u, name)
		}
	}
}

// The notice is read here by another way than in the proof: line by line.
func TestLeadsAreThoseOfTheNoticeInItsOrder(t *testing.T) {
	p := seedPlan(t)
	clause := regexp.MustCompile(`\((?:牵头|责任)单位:([^)]*)\)`)
	ids, led := []string{}, map[*plan.Unit]bool{}
	for _, it := range p.Items {
		if it.Sort != plan.Goal {
			ids = append(ids, it.ID)
		}
	}
	for line := range strings.SplitSeq(p.Notice, "\n") {
		m := clause.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		it := p.Item(ids[0])
		ids = ids[1:]
		var want, got []string
		for name := range strings.SplitSeq(m[1], "、") {
			want = append(want, p.Unit(name).Name)
		}
		for _, u := range it.Leads {
			got = append(got, u.Name)
			led[u] = true
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", it.ID, d)
		}
	}
	if len(ids) > 0 {
		t.Errorf("no clause of lead units for %v", ids)
	}
	for _, u := range p.Units {
		if !led[u] {
			t.Errorf("%s leads nothing", u.Name)
		}
	}
}

func TestGoalsHaveNoOwnerAndSaySo(t *testing.T) {
	for _, ind := range seedPlan(t).Indicators() {
		if ind.Item.Sort == plan.Goal &&
			(len(ind.Reporters) > 0 || !strings.Contains(ind.Note, "通知未明确责任单位")) {
			t.Errorf("%s: reporters %v, note %s", ind.ID, ind.Reporters, ind.Note)
		}
		if ind.Item.Sort != plan.Goal && len(ind.Reporters) == 0 {
			t.Errorf("nobody reports %s", ind.ID)
		}
	}
}

var digits = regexp.MustCompile(`[0-9]+|[Ⅰ-Ⅻ]`)

// Taking any one indicator out must show, wherever its quote holds a number
// that no other quote of its item holds at the same place.
func TestNoIndicatorWithANumberCanBeLeftOut(t *testing.T) {
	p, tried := seedPlan(t), 0
	files := map[plan.Sort]string{
		plan.Goal: "goals.yaml", plan.Task: "tasks.yaml", plan.Annex: "annex.yaml"}
	for _, ind := range p.Indicators() {
		if !onlyHere(ind) {
			continue
		}
		tried++
		m := copyFS(t, seeds.Files)
		file := files[ind.Item.Sort]
		block := regexp.MustCompile(`(?m)^      - id: ` + ind.ID + `\n(        .*\n)+`)
		text := string(m[file].Data)
		spoilt := block.ReplaceAllString(text, "")
		if spoilt == text {
			t.Fatalf("%s was not found in %s", ind.ID, file)
		}
		m[file] = &fstest.MapFile{Data: []byte(spoilt)}
		if got := problems(t, m); !strings.Contains(got, "notice.txt:") {
			t.Errorf("without %s nothing is missed: %q", ind.ID, got)
		}
	}
	if tried < 80 {
		t.Errorf("only %d indicators were tried", tried)
	}
}

// onlyHere reports whether a number of the quote is in no other quote.
func onlyHere(ind *plan.Indicator) bool {
	text := ind.Item.Text
	begin := strings.Index(text, ind.Quote)
	for _, at := range digits.FindAllStringIndex(ind.Quote, -1) {
		shared := false
		for _, other := range ind.Item.Indicators {
			from := strings.Index(text, other.Quote)
			if other != ind && from <= begin+at[0] && begin+at[1] <= from+len(other.Quote) {
				shared = true
			}
		}
		if !shared {
			return true
		}
	}
	return false
}

func TestNoExcludedNumberIsIdle(t *testing.T) {
	p := seedPlan(t)
	for i, e := range p.Excluded {
		m := copyFS(t, seeds.Files)
		text := string(m["numbers.yaml"].Data)
		entries := regexp.MustCompile(`(?m)^  - at: .*\n    reason: .*\n`).FindAllString(text, -1)
		if len(entries) != len(p.Excluded) {
			t.Fatalf("%d entries seen, %d read", len(entries), len(p.Excluded))
		}
		spoil(t, m, "numbers.yaml", entries[i], "")
		if got := problems(t, m); !strings.Contains(got, "notice.txt:") {
			t.Errorf("without %q nothing is missed: %q", e.At, got)
		}
	}
}

func TestExportOfTheSeedPlanReadsBack(t *testing.T) {
	p := seedPlan(t)
	b, err := p.Export()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Issued string
		Units  []struct{ Code string }
		Items  []struct {
			ID, Text   string
			Leads      []string
			Indicators []struct {
				ID, Quote, Due string
				Target         *json.Number
				Reporters      []string
				External       *bool
				Note           *string
			}
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, it := range doc.Items {
		for _, ind := range it.Indicators {
			n++
			own := p.Indicator(ind.ID)
			if !strings.Contains(it.Text, ind.Quote) || ind.Reporters == nil ||
				ind.External == nil || ind.Note == nil || ind.Due != own.Due.String() {
				t.Errorf("%s: %+v", ind.ID, ind)
			}
			if known := ind.Target != nil; known != own.Target.Known() ||
				known && ind.Target.String() != own.Target.String() {
				t.Errorf("%s: target %v, not %v", ind.ID, ind.Target, own.Target)
			}
		}
	}
	if n != 146 || len(doc.Units) != 29 || doc.Issued != "2024-03-08" {
		t.Errorf("%d indicators, %d units, issued %s", n, len(doc.Units), doc.Issued)
	}
	if strings.Contains(string(b), `\u003`) {
		t.Error("comparators or Chinese are escaped")
	}
}
