package assess

import (
	"math/big"
	"regexp"
	"testing"
)

var twoPercentages = regexp.MustCompile(`完成率([0-9.]+)%.*（([0-9.]+)%）`)

// Who works a rule out from the numbers it prints comes to the light it gave.
func TestARuleAsPrintedLeadsToItsLight(t *testing.T) {
	c := newCourse(employment(0), Thresholds{})
	for total := range int64(12000) {
		if total%100 > 2 && total%100 < 98 {
			continue
		}
		a := Of(employment(total), Thresholds{})
		m := twoPercentages.FindStringSubmatch(a.Rule)
		if m == nil {
			t.Fatalf("%d: no two percentages in %s", total, a.Rule)
		}
		done, _ := new(big.Rat).SetString(m[1])
		due, _ := new(big.Rat).SetString(m[2])
		if light := c.share(done, due); light != a.Light {
			t.Errorf("%d is %s, and its rule says %s: %s", total, a.Light, light, a.Rule)
		}
	}
}
