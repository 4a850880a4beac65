package assess

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"duban/pipeline/plan"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

// Whatever was accepted, an assessment has a light and a sentence, a red or
// yellow light has its rule, an unknown is never a number nor compared with one,
// and all of it is the same whatever comes after the month.
func TestNoAssessmentInventsAValue(t *testing.T) {
	unit := &plan.Unit{Code: "rsj"}
	year := &plan.Plan{From: plan.MonthOf(2023, 1), To: plan.MonthOf(2025, 12)}
	compare := cmp.Comparer(func(a, b plan.Value) bool { return a.Equal(b) })
	for seed := range uint64(20000) {
		rng := rand.New(rand.NewPCG(seed, 1))
		ind := randomIndicator(rng, unit)
		s := Subject{Plan: year, Indicator: ind, Unit: unit,
			Month: plan.MonthOf(2023, 1) + plan.Month(rng.IntN(40))}
		for m := s.Month - plan.Month(rng.IntN(15)); m <= s.Month; m++ {
			if rng.IntN(3) > 0 {
				s.Figures = append(s.Figures, randomFigure(rng, m))
			}
		}
		a := Of(s, Thresholds{})
		if a.Light == "" || !strings.HasSuffix(a.Sentence, "。") || strings.Contains(a.Sentence, "！") {
			t.Fatalf("seed %d: light %q, sentence %q", seed, a.Light, a.Sentence)
		}
		if (a.Light == Pending) != (a.Reason != "") {
			t.Fatalf("seed %d: light %s with reason %q", seed, a.Light, a.Reason)
		}
		if a.Light == Missing && (a.Value.Known() || a.Done.Known() || a.Gap.Known() || a.Figure != nil) {
			t.Fatalf("seed %d: a value for what was not reported: %+v", seed, a)
		}
		if a.Value.Known() && a.AsOf == 0 {
			t.Fatalf("seed %d: a value of no month", seed)
		}
		if (a.Light == Done) != a.Complete || a.Complete && (a.Overdue || a.CompletedIn == 0) {
			t.Fatalf("seed %d: light %s, complete %v since %s, overdue %v", seed, a.Light,
				a.Complete, a.CompletedIn, a.Overdue)
		}
		if fault := unfounded(s, a); fault != "" {
			t.Fatalf("seed %d: %s: %+v", seed, fault, a)
		}
		later := s
		later.Figures = append(s.Figures[:len(s.Figures):len(s.Figures)],
			randomFigure(rng, s.Month+1))
		if diff := cmp.Diff(a, Of(later, Thresholds{}), compare); diff != "" {
			t.Fatalf("seed %d: a later month changed this one:\n%s", seed, diff)
		}
	}
}

// unfounded says which of an assessment's words nothing stands behind.
func unfounded(s Subject, a Assessment) string {
	judged := a.Light != Missing && a.Light != Pending
	milestone := s.Indicator.Kind == plan.Milestone
	switch {
	case judged != (a.Rule != ""):
		return "a light and its rule do not go together"
	case strings.HasSuffix(a.Rule, "。") || strings.Contains(a.Rule, "<no value>"):
		return "no words for a rule"
	case a.AsOf == 0 && a.Lag+a.OverYear+a.OverMonth != "":
		return "an unknown figure lags or moves"
	case a.OverYear != "" && !bothSay(s, a.AsOf, -12):
		return "同比 with what is not known"
	case a.OverMonth != "" && (a.AsOf != s.Month || !bothSay(s, a.AsOf, -1)):
		return "环比 with what is not known"
	case !milestone && (!a.Promised.IsZero() || a.Postponed != 0):
		return "a promise that is none"
	case !a.Promised.IsZero() && (a.Complete || a.Promised.Compare(s.Month.End()) > 0):
		return "a broken promise that is not"
	}
	return ""
}

// bothSay reports whether a month's figure and an earlier one both say
// something that can be compared.
func bothSay(s Subject, m plan.Month, by int) bool {
	says := func(m plan.Month) bool {
		for _, f := range s.Figures {
			if f.Month != m {
				continue
			}
			switch s.Indicator.Kind {
			case plan.Comparison, plan.Milestone:
				return false
			case plan.Cumulative:
				return f.Added.Known() || f.State == plan.ZeroReport
			case plan.Annual:
				if by == -1 {
					return f.Added.Known() || f.State == plan.ZeroReport
				}
				return f.Total.Known() || f.State == plan.ZeroReport
			case plan.Level:
				return f.Total.Known()
			}
			return f.Total.Known() || f.A.Known() && f.B.Known()
		}
		return false
	}
	return says(m) && says(m+plan.Month(by))
}

// More is never worse: a larger total never turns a light for the worse.
func TestALargerTotalNeverDimsTheLight(t *testing.T) {
	rank := map[Light]int{FarBehind: 0, Behind: 1, OnTime: 2, Done: 3}
	unit := &plan.Unit{Code: "rsj"}
	ind := &plan.Indicator{Name: "新增就业", Kind: plan.Cumulative, Measure: "人",
		Comparator: plan.AtLeast, Target: plan.Int(1200), Due: plan.MonthOf(2025, 12)}
	s := Subject{Plan: &plan.Plan{From: plan.MonthOf(2023, 1), To: plan.MonthOf(2025, 12)},
		Indicator: ind, Unit: unit, Month: plan.MonthOf(2025, 3)}
	for _, ind.Kind = range []plan.Kind{plan.Cumulative, plan.Annual, plan.Growth} {
		before := FarBehind
		for n := range int64(1300) {
			s.Figures = []plan.Figure{{Month: s.Month, State: plan.Reported, Total: plan.Int(n)}}
			light := Of(s, Thresholds{}).Light
			if rank[light] < rank[before] {
				t.Fatalf("%s: %d is %s, one less was %s", ind.Kind, n, light, before)
			}
			before = light
		}
		if before == FarBehind || before == Behind {
			t.Errorf("%s: past its target and still %s", ind.Kind, before)
		}
	}
}

func TestTheThresholdIsASetting(t *testing.T) {
	s := Subject{Plan: &plan.Plan{From: plan.MonthOf(2025, 1), To: plan.MonthOf(2025, 12)},
		Indicator: &plan.Indicator{Name: "新增就业", Kind: plan.Cumulative, Measure: "人",
			Comparator: plan.AtLeast, Target: plan.Int(1200), Due: plan.MonthOf(2025, 12)},
		Unit: &plan.Unit{}, Month: plan.MonthOf(2025, 3),
		Figures: []plan.Figure{{Month: plan.MonthOf(2025, 3), Total: plan.Int(270)}}}
	for _, c := range []struct {
		percent int64
		want    Light
	}{{90, Behind}, {91, FarBehind}} {
		a := Of(s, Thresholds{Behind: plan.Int(c.percent)})
		if a.Light != c.want {
			t.Errorf("270 of 300 due, from %d %% yellow: %s, want %s", c.percent, a.Light, c.want)
		}
		if said := fmt.Sprintf("%d%%", c.percent); !strings.Contains(a.Rule, said) {
			t.Errorf("from %d %% yellow, and the rule is: %s", c.percent, a.Rule)
		}
	}
}

func randomIndicator(rng *rand.Rand, u *plan.Unit) *plan.Indicator {
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	ind := &plan.Indicator{Name: "指标", Kind: kinds[rng.IntN(len(kinds))].name,
		Measure:    pick("人", "%", "‰", "", "公里"),
		Comparator: plan.Comparator(pick(">=", "<=", "=", ">", "")),
		Due:        plan.MonthOf(2023, 12) + plan.Month(rng.IntN(25)),
		Frequency:  plan.Frequency(pick("monthly", "quarterly", "half-yearly", "yearly", "")),
		External:   rng.IntN(5) == 0, Holds: rng.IntN(4) == 0, Quarterly: rng.IntN(2) == 0,
		Scale: pick("", "万"), Reporters: []*plan.Unit{u}}
	ind.Target, ind.Baseline = randomValue(rng), randomValue(rng)
	for range rng.IntN(3) {
		ind.Phases = append(ind.Phases, plan.Phase{
			Month: plan.MonthOf(2022, 12) + plan.Month(rng.IntN(48)), Target: randomValue(rng)})
	}
	return ind
}

func randomFigure(rng *rand.Rand, m plan.Month) plan.Figure {
	states := []plan.FigureState{plan.Reported, plan.Reported, plan.Reported, plan.ZeroReport,
		plan.NotYetOut, plan.NotDue}
	f := plan.Figure{Month: m, State: states[rng.IntN(len(states))]}
	if f.State == plan.Reported {
		f.Added, f.Total = randomValue(rng), randomValue(rng)
		f.A, f.B = randomValue(rng), randomValue(rng)
		f.Remark = []string{"", "预计5月开工", "预计数"}[rng.IntN(3)]
		if rng.IntN(2) == 0 {
			f.Planned = (m + plan.Month(rng.IntN(9)-3)).End()
		}
		f.Progress = []plan.Progress{"", plan.NotStarted, plan.Underway, plan.Completed,
			plan.Accepted}[rng.IntN(5)]
	}
	return f
}

func randomValue(rng *rand.Rand) plan.Value {
	if rng.IntN(4) == 0 {
		return plan.Value{}
	}
	return plan.Known(decimal.New(rng.Int64N(200000)-1000, -int32(rng.IntN(4))))
}
