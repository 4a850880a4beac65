package assess

import (
	"math/rand/v2"
	"strings"
	"testing"

	"duban/pipeline/plan"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

// Whatever was accepted, an assessment has a light and a sentence, an unknown
// is never a number, and it is the same whatever comes after the month.
func TestNoAssessmentInventsAValue(t *testing.T) {
	unit := &plan.Unit{Code: "rsj"}
	year := &plan.Plan{From: plan.MonthOf(2023, 1), To: plan.MonthOf(2025, 12)}
	compare := cmp.Comparer(func(a, b plan.Value) bool { return a.Equal(b) })
	for seed := range uint64(20000) {
		rng := rand.New(rand.NewPCG(seed, 1))
		ind := randomIndicator(rng, unit)
		s := Subject{Plan: year, Indicator: ind, Unit: unit,
			Month: plan.MonthOf(2023, 1) + plan.Month(rng.IntN(40))}
		for m := s.Month - plan.Month(rng.IntN(6)); m <= s.Month; m++ {
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
		later := s
		later.Figures = append(s.Figures[:len(s.Figures):len(s.Figures)],
			randomFigure(rng, s.Month+1))
		if diff := cmp.Diff(a, Of(later, Thresholds{}), compare); diff != "" {
			t.Fatalf("seed %d: a later month changed this one:\n%s", seed, diff)
		}
	}
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
		if got := Of(s, Thresholds{Behind: plan.Int(c.percent)}).Light; got != c.want {
			t.Errorf("270 of 300 due, from %d %% yellow: %s, want %s", c.percent, got, c.want)
		}
	}
}

func randomIndicator(rng *rand.Rand, u *plan.Unit) *plan.Indicator {
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	ind := &plan.Indicator{Name: "指标", Kind: Kinds[rng.IntN(len(Kinds))].Name,
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
