package assess

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"duban/pipeline/plan"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// Every kind's examples stand in testdata/<kind>.txtar, one section an example:
// an indicator, a month and figures, then what the assessment must say. Only
// the lines that an example gives are compared; light and sentence are always
// given, and so is the rule of a red or yellow light.
func TestEveryKindAssessesItsExamples(t *testing.T) {
	for _, k := range kinds {
		file := filepath.Join("testdata", string(k.name)+".txtar")
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range archive.Files {
			t.Run(string(k.name)+"/"+section.Name, func(t *testing.T) {
				ex := readExample(t, string(section.Data))
				if ex.subject.Indicator.Kind != k.name {
					t.Errorf("an example of kind %s in %s", ex.subject.Indicator.Kind, file)
				}
				said := spoken(Of(ex.subject, Thresholds{}))
				got := map[string]string{}
				for key := range ex.want {
					got[key] = said[key]
				}
				if diff := cmp.Diff(ex.want, got); diff != "" {
					t.Errorf("assessment (-want +got):\n%s", diff)
				}
				if ex.want["light"] == "" || ex.want["sentence"] == "" {
					t.Error("an example must give light and sentence")
				}
				if (said["light"] == "far_behind" || said["light"] == "behind") && ex.want["rule"] == "" {
					t.Errorf("an example of a %s light must give its rule: %s", said["light"], said["rule"])
				}
			})
		}
	}
}

func TestEveryFileOfExamplesIsAKinds(t *testing.T) {
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := plan.Kind(strings.TrimSuffix(e.Name(), ".txtar"))
		if kindOf(name).name != name {
			t.Errorf("testdata/%s belongs to no kind", e.Name())
		}
		if _, err := os.Stat(string(name) + ".go"); err != nil {
			t.Errorf("kind %s has no file of its own: %v", name, err)
		}
	}
}

type example struct {
	subject Subject
	want    map[string]string
}

func spoken(a Assessment) map[string]string {
	yes := map[bool]string{true: "yes", false: "no"}
	number := func(v plan.Value) string {
		if !v.Known() {
			return "unknown"
		}
		return v.Decimal().Round(2).String()
	}
	return map[string]string{
		"light": string(a.Light), "sentence": a.Sentence, "reason": a.Reason,
		"value": number(a.Value), "target": number(a.Target), "due": number(a.Due),
		"done": number(a.Done), "due_percent": number(a.DuePercent), "gap": number(a.Gap),
		"as_of": a.AsOf.String(), "completed_in": a.CompletedIn.String(),
		"overdue": yes[a.Overdue], "complete": yes[a.Complete],
		"rule": a.Rule, "lag": a.Lag, "over_year": a.OverYear, "over_month": a.OverMonth,
		"promised": a.Promised.String(), "postponed": strconv.Itoa(a.Postponed),
	}
}

func readExample(t *testing.T, text string) example {
	t.Helper()
	unit := &plan.Unit{Code: "rsj", Name: "区人力资源社会保障局"}
	ind := &plan.Indicator{ID: "T01-1", Comparator: plan.AtLeast, Measure: "人",
		Due: plan.MonthOf(2025, 12), Reporters: []*plan.Unit{unit}, Frequency: plan.Monthly}
	ex := example{want: map[string]string{}, subject: Subject{Indicator: ind, Unit: unit,
		Month: plan.MonthOf(2025, 3),
		Plan:  &plan.Plan{From: plan.MonthOf(2023, 1), To: plan.MonthOf(2025, 12)}}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, rest, ok := strings.Cut(line, ":")
		rest = strings.TrimSpace(rest)
		switch {
		case !ok:
			t.Fatalf("not a line of an example: %q", line)
		case key == "indicator":
			for k, v := range pairs(t, rest) {
				setIndicator(t, ind, k, v)
			}
		case key == "month":
			ex.subject.Month = month(t, rest)
		case key == "unit" && rest == "none":
			ex.subject.Unit = nil
		case key == "figure":
			when, fields, _ := strings.Cut(rest, " ")
			f := plan.Figure{ID: ind.ID, Unit: unit.Code, Month: month(t, when), State: plan.Reported}
			for k, v := range pairs(t, fields) {
				setFigure(t, &f, k, v)
			}
			ex.subject.Figures = append(ex.subject.Figures, f)
		default:
			ex.want[key] = rest
		}
	}
	return ex
}

func pairs(t *testing.T, s string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for field := range strings.FieldsSeq(s) {
		k, v, ok := strings.Cut(field, "=")
		if !ok {
			t.Fatalf("not a key=value: %q", field)
		}
		out[k] = v
	}
	return out
}

func setIndicator(t *testing.T, ind *plan.Indicator, key, v string) {
	t.Helper()
	switch key {
	case "name":
		ind.Name = v
	case "kind":
		ind.Kind = plan.Kind(v)
	case "measure":
		ind.Measure = v
	case "comparator":
		ind.Comparator = plan.Comparator(v)
	case "target":
		ind.Target = number(t, v)
	case "baseline":
		ind.Baseline = number(t, v)
	case "scale":
		ind.Scale = v
	case "from":
		ind.From = month(t, v)
	case "due":
		ind.Due = month(t, v)
	case "frequency":
		ind.Frequency = plan.Frequency(v)
	case "external":
		ind.External = v == "yes"
	case "holds":
		ind.Holds = v == "yes"
	case "quarterly":
		ind.Quarterly = v == "yes"
	case "names":
		a, b, _ := strings.Cut(v, "/")
		ind.ValueNames = [2]string{a, b}
	case "closed":
		ind.Closed = &plan.Closure{Month: month(t, v), Document: "振政办〔2025〕8号"}
	case "phase":
		for p := range strings.SplitSeq(v, ",") {
			m, n, _ := strings.Cut(p, ":")
			ind.Phases = append(ind.Phases, plan.Phase{Month: month(t, m), Target: number(t, n)})
		}
	default:
		t.Fatalf("unknown key %q of an indicator", key)
	}
}

func setFigure(t *testing.T, f *plan.Figure, key, v string) {
	t.Helper()
	switch key {
	case "state":
		f.State = plan.FigureState(v)
	case "added":
		f.Added = number(t, v)
	case "total":
		f.Total = number(t, v)
	case "a":
		f.A = number(t, v)
	case "b":
		f.B = number(t, v)
	case "progress":
		f.Progress = plan.Progress(v)
	case "planned":
		f.Planned = date(t, v)
	case "actual":
		f.Actual = date(t, v)
	case "expected":
		f.Expected = month(t, v)
	case "remark":
		f.Remark = v
	case "opening":
		f.Opening = v == "yes"
	default:
		t.Fatalf("unknown key %q of a figure", key)
	}
}

func month(t *testing.T, s string) plan.Month {
	t.Helper()
	m, err := plan.ParseMonth(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func date(t *testing.T, s string) plan.Date {
	t.Helper()
	d, err := plan.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func number(t *testing.T, s string) plan.Value {
	t.Helper()
	v, err := plan.ParseValue(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// sources is the package's own code, without its tests.
func sources(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
