package plan_test

import (
	"testing"

	"duban/pipeline/plan"
	"duban/seeds"
)

func TestTheSeedPlanIsProven(t *testing.T) {
	p, err := plan.Load(seeds.Files, "plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(p.Indicators()))
}
