package assess

import (
	"math/big"
	"strings"

	"duban/pipeline/plan"
)

// verdict is a light and the part of the wording that says by which rule it is
// given; no rule for 待定. Where the rule compares two figures they are got and
// need: what stands, and what should stand by now.
type verdict struct {
	light     Light
	rule      string
	got, need *big.Rat
}

// against compares what stands with what is due: green from there, yellow from
// the threshold on, else red. The rule is family_on_time, _behind or _far.
func (c *course) against(family string, got, need *big.Rat) verdict {
	light := c.share(got, need)
	word := map[Light]string{OnTime: "_on_time", Behind: "_behind", FarBehind: "_far"}[light]
	return verdict{light, family + word, got, need}
}

func (c *course) share(got, need *big.Rat) Light {
	if got.Cmp(need) >= 0 {
		return OnTime
	}
	part, bound := hundredfold(got), new(big.Rat).Mul(need, c.behind)
	if part.Cmp(bound) >= 0 {
		return Behind
	}
	return FarBehind
}

func hundredfold(r *big.Rat) *big.Rat { return new(big.Rat).Mul(r, big.NewRat(100, 1)) }

// places is how many decimals two printed figures need at least, so that
// reading them leads to the same light as the exact ones: 59.99% is not 60.0%.
func places(light func(a, b *big.Rat) Light, a, b *big.Rat, atLeast int) int {
	n := atLeast
	for ; n < 8 && light(cut(a, n), cut(b, n)) != light(a, b); n++ {
	}
	return n
}

// cut is a fraction as n decimals print it.
func cut(r *big.Rat, n int) *big.Rat {
	out, _ := new(big.Rat).SetString(r.FloatString(n))
	return out
}

// amountTo is Amount, or with inPoints points, to n decimals: as short as they
// are where two are enough.
func amountTo(ind *plan.Indicator, r *big.Rat, n int, inPoints bool) string {
	switch {
	case n > 2:
		digits := strings.TrimRight(strings.TrimRight(r.FloatString(n), "0"), ".")
		return digits + unitOf(ind, inPoints)
	case inPoints:
		return points(ind, r)
	}
	return Amount(ind, rounded(r))
}
