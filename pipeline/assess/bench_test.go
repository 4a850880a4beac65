package assess

import (
	"math/rand/v2"
	"testing"

	"duban/pipeline/plan"
)

// A digest of two hundred indicators with two years of figures each is
// assessed in well under 10 ms.
func BenchmarkTwoHundredSubjects(b *testing.B) {
	unit := &plan.Unit{Code: "rsj"}
	p := &plan.Plan{From: plan.MonthOf(2023, 1), To: plan.MonthOf(2025, 12)}
	subjects := make([]Subject, 200)
	for i := range subjects {
		rng := rand.New(rand.NewPCG(uint64(i), 2))
		s := Subject{Plan: p, Indicator: randomIndicator(rng, unit), Unit: unit,
			Month: plan.MonthOf(2025, 3)}
		for m := s.Month - 24; m <= s.Month; m++ {
			s.Figures = append(s.Figures, randomFigure(rng, m))
		}
		subjects[i] = s
	}
	for b.Loop() {
		for _, s := range subjects {
			Of(s, Thresholds{})
		}
	}
}
