package check

import (
	"math/rand/v2"
	"slices"
	"testing"

	"duban/pipeline/plan"
	"duban/seeds"

	"github.com/shopspring/decimal"
)

// Honest months on the real plan: every unit fills every form it owes, in its
// own temper (steady, in batches, slow, at a standstill, far ahead), over the
// plan's three years, and some months it stays away. Nothing in them is wrong,
// so no check of magnitudes or of consistency may speak.

// silentOnHonest are the checks that an honest month never wakes.
var silentOnHonest = []*Check{unitSlip, percentSlip, digitSlip}

func TestHonestMonthsRaiseNoSuspicionOfMagnitudes(t *testing.T) {
	p, err := plan.Load(seeds.Files, "plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	forms, rows := 0, 0
	for seed := range uint64(4) {
		o := &office{t: t, plan: p, rng: rand.New(rand.NewPCG(seed, 3)),
			tempers: map[string]*temper{}, kept: map[string][]plan.Figure{}}
		for m := p.From; m <= p.To; m++ {
			for _, u := range p.Units {
				s := o.form(u, m)
				if s == nil {
					continue
				}
				forms, rows = forms+1, rows+len(s.Entries)
				res := Run(s)
				for _, f := range res.Findings {
					named := func(c *Check) bool { return c.Code == f.Code }
					if slices.ContainsFunc(silentOnHonest, named) {
						t.Errorf("seed %d, %s, %s: %s %s: %s", seed, u.Name, m, f.Code,
							f.Indicator, f.Message)
					}
				}
				for _, f := range res.Figures {
					o.kept[f.ID+f.Unit] = append(o.kept[f.ID+f.Unit], f)
				}
			}
		}
	}
	if forms < 2000 {
		t.Errorf("only %d forms of %d rows were tried", forms, rows)
	}
}

// office is what stands behind the forms: how each unit works, and what of it
// was accepted.
type office struct {
	t       *testing.T
	plan    *plan.Plan
	rng     *rand.Rand
	tempers map[string]*temper
	kept    map[string][]plan.Figure
}

// temper is how one indicator goes in one unit.
type temper struct {
	way   int
	pace  float64
	level float64
	drift float64
	tens  int32 // decimals a level is given with
}

func (o *office) temper(key string, ind *plan.Indicator) *temper {
	if t := o.tempers[key]; t != nil {
		return t
	}
	t := &temper{way: o.rng.IntN(6), pace: 0.3 + 1.5*o.rng.Float64(), tens: int32(o.rng.IntN(3)),
		drift: 2*o.rng.Float64() - 0.7}
	goal := 60.0
	if ind.Target.Known() {
		goal, _ = ind.Target.Decimal().Float64()
	}
	t.level = goal * (0.4 + 0.7*o.rng.Float64())
	if o.rng.IntN(8) == 0 {
		t.level = goal * 0.05 * o.rng.Float64()
		if goal >= 20 { // to begin below one point of so many is the slip itself
			t.level += 1.6
		}
	}
	o.tempers[key] = t
	return t
}

// form is a unit's filled form; nil when it stays away or owes nothing.
func (o *office) form(u *plan.Unit, m plan.Month) *Submission {
	if o.rng.IntN(12) == 0 {
		return nil
	}
	s := &Submission{Plan: o.plan, Unit: u, Month: m, Today: (m + 1).End(),
		Token:  Token{State: TokenGood, Unit: u.Code, Month: m, PlanVersion: o.plan.Version},
		Filler: textCell("B3", "张三"), Reviewer: textCell("D3", "李四"), Sheet: "填报",
		History: func(id, unit string) []plan.Figure { return o.kept[id+unit] }}
	for _, ind := range o.plan.Indicators() {
		if !ind.ReportedBy(u) || !ind.Frequency.Due(m) {
			continue
		}
		row := len(s.Entries) + 2
		e := entry(o.t, row, ind.ID, "")
		o.fill(ind, u, m, func(c plan.Column, v plan.Value) {
			was := e.Cells[c]
			e.Cells[c] = plan.Cell{Address: was.Address, Kind: plan.NumberCell, Raw: v.String(),
				Text: v.String(), Number: v}
		})
		s.Entries = append(s.Entries, e)
	}
	if len(s.Entries) == 0 {
		return nil
	}
	return s
}

func (o *office) fill(ind *plan.Indicator, u *plan.Unit, m plan.Month,
	put func(plan.Column, plan.Value)) {
	t := o.temper(ind.ID+u.Code, ind)
	real := func(x float64, places int32) plan.Value {
		return plan.Known(decimal.NewFromFloat(x).Round(places))
	}
	switch ind.Kind {
	case plan.Cumulative, plan.Annual:
		o.count(ind, u, m, t, put)
	case plan.Level:
		t.level += t.drift * o.rng.NormFloat64() * t.level / 60
		if ind.Percent() {
			t.level = min(t.level, 100)
		}
		put(plan.ColTotal, real(max(t.level, 0), t.tens))
	case plan.Growth:
		a, b := 9000+3000*o.rng.Float64(), 9000+3000*o.rng.Float64()
		put(plan.ColTotal, real((a/b-1)*100, int32(1+o.rng.IntN(2))))
		if o.rng.IntN(2) == 0 {
			put(plan.ColA, real(a, 0))
			put(plan.ColB, real(b, 0))
		}
	case plan.Ratio:
		put(plan.ColA, real(700+200*o.rng.Float64(), 0))
		put(plan.ColB, real(500+200*o.rng.Float64(), 0))
	case plan.Comparison:
		put(plan.ColA, real(12*o.rng.Float64()-2, 1))
		put(plan.ColB, real(12*o.rng.Float64()-2, 1))
	}
}

// count adds this month's share in the unit's way.
func (o *office) count(ind *plan.Indicator, u *plan.Unit, m plan.Month, t *temper,
	put func(plan.Column, plan.Value)) {
	goal, places := 200.0, int32(0)
	if ind.Target.Known() {
		places = max(0, -ind.Target.Decimal().Exponent())
		goal, _ = ind.Target.Decimal().Shift(places).Float64()
	}
	share := goal / float64(max(ind.Due-ind.From+1, 12)) * t.pace
	switch t.way {
	case 0: // steady
		share *= 0.9 + 0.2*o.rng.Float64()
	case 1: // as it comes
		share *= 3 * o.rng.Float64()
	case 2: // in batches
		if o.rng.IntN(6) > 0 {
			share = 0
		} else {
			share *= 6
		}
	case 3: // slow
		share *= 0.02 * o.rng.Float64()
	case 4: // a rush once
		if o.rng.IntN(20) == 0 {
			share *= 25
		} else {
			share *= 0.2
		}
	case 5: // far ahead
		share *= 2 + o.rng.Float64()
	}
	added := int64(share + 0.5)
	s := &Row{Submission: &Submission{Plan: o.plan, Month: m}, Indicator: ind,
		History: o.kept[ind.ID+u.Code]}
	last, at := s.lastTotal()
	if !last.Known() {
		last = plan.Int(0)
		if at == 0 && m > o.plan.From { // it began before anybody asked
			before := decimal.NewFromFloat(goal * 0.6 * o.rng.Float64()).Floor()
			last = plan.Known(before.Shift(-places))
		}
	}
	add := plan.Known(decimal.New(added, -places))
	put(plan.ColAdded, add)
	put(plan.ColTotal, last.Add(add))
}
