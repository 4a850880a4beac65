package pipeline_test

import (
	"math/big"

	"duban/pipeline/plan"
)

// The rules of the lights once more, from the description of the domain alone:
// no code is shared with package assess.

// judge gives the row that a digest of month m must have.
func (r *route) judge(ind indicator, key string, m plan.Month) verdict {
	r.Helper()
	value, target := r.value[key], rat(ind.Target)
	v := verdict{}
	if value != nil {
		v.value = tidy(value.FloatString(4), 2)
	}
	counted := ind.Kind != "level"
	share := r.share(ind, m)
	if counted && target != nil && share != nil {
		v.inTime = tidy(percent(share).FloatString(8), 1)
	}
	reached := value != nil && target != nil && r.meets(ind, value, target)
	complete := reached && !ind.Holds && (ind.Kind != "annual" || m >= r.month(ind.Due))
	late := m > r.month(ind.Due) && !ind.Holds && target != nil && !complete
	switch due := ind.due(r, m); {
	case r.at[key] != m && !complete && due && late:
		return verdict{inTime: v.inTime, light: "逾期"}
	case r.at[key] != m && !complete && due:
		return verdict{inTime: v.inTime, light: "未报"}
	case value == nil, target == nil:
		v.light = "待定"
		return v
	}
	if counted {
		v.done = tidy(percent(new(big.Rat).Quo(value, target)).FloatString(8), 1)
	}
	v.light = light(ind, value, target, share, reached, complete, late)
	return v
}

// light is the word for a known value with a known target.
func light(ind indicator, value, target, share *big.Rat, reached, complete, late bool) string {
	switch {
	case complete:
		return "已完成"
	case late:
		return "逾期"
	case reached:
		return "达到序时"
	case ind.Holds:
		return "严重滞后"
	case ind.Kind == "level" && ind.Baseline == nil:
		return "待定"
	}
	start := new(big.Rat)
	if ind.Kind == "level" {
		start = rat(ind.Baseline)
	}
	way := new(big.Rat).Sub(target, start)
	made := new(big.Rat).Quo(new(big.Rat).Sub(value, start), way)
	switch {
	case made.Cmp(share) >= 0:
		return "达到序时"
	case made.Cmp(new(big.Rat).Mul(share, big.NewRat(4, 5))) >= 0:
		return "滞后"
	}
	return "严重滞后"
}

// share is the part of the target that is due by the end of a month.
func (r *route) share(ind indicator, m plan.Month) *big.Rat {
	from, to := r.month(ind.From), r.month(ind.Due)
	switch {
	case m >= to:
		return big.NewRat(1, 1)
	case ind.Kind == "annual" && ind.Quarterly:
		return big.NewRat(int64(m.Number()-1)%3+1, 3)
	case ind.Kind == "annual":
		return big.NewRat(int64(m.Number()), 12)
	case len(ind.Phases) > 0:
		r.Fatalf("%s has phases: write the rule here first", ind.ID)
	}
	return big.NewRat(int64(m-from)+1, int64(to-from)+1)
}

func (r *route) meets(ind indicator, value, target *big.Rat) bool {
	switch n := value.Cmp(target); ind.Comparator {
	case "<=":
		return n <= 0
	case "=":
		return n == 0 || ind.Kind != "level" && n > 0
	case ">":
		return n > 0
	default:
		return n >= 0
	}
}

func (ind indicator) due(r *route, m plan.Month) bool {
	switch ind.Frequency {
	case "quarterly":
		return m.Number()%3 == 0
	case "half-yearly":
		return m.Number()%6 == 0
	case "yearly":
		return m.Number() == 12
	}
	return true
}

func (r *route) month(s string) plan.Month {
	m, err := plan.ParseMonth(s)
	if err != nil || m == 0 {
		r.Fatalf("no month: %q", s)
	}
	return m
}

func percent(share *big.Rat) *big.Rat { return new(big.Rat).Mul(share, big.NewRat(100, 1)) }
