package form_test

import (
	"testing"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/seeds"

	"github.com/google/go-cmp/cmp"
)

func TestEveryUnitsFormOfTheRealPlanReadsBack(t *testing.T) {
	p, err := plan.Load(seeds.Files, "plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range p.Units {
		f := monthForm()
		f.Plan, f.Unit, f.Rows = p, u, nil
		var want []string
		for _, it := range p.Items {
			if len(it.Indicators) == 0 {
				f.Rows = append(f.Rows, form.Row{Item: it, Unit: u})
				want = append(want, it.ID+" （无量化指标，请填进展状态和情况说明） —")
			}
			for _, ind := range it.Indicators {
				if ind.ReportedBy(u) {
					f.Rows = append(f.Rows, form.Row{Item: it, Indicator: ind, Unit: u})
					want = append(want, ind.ID+" "+ind.NameText()+" "+ind.TargetText())
				}
			}
		}
		var got []string
		for _, e := range read(t, write(t, f)).Entries {
			got = append(got, e.ID+" "+e.Name.Text+" "+e.Target.Text)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", u.Name, d)
		}
	}
}
