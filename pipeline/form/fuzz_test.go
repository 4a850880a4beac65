package form_test

import (
	"testing"

	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// FuzzText fills any text into a cell: it comes back as it was or cleaned, and
// a number is only what a strict reading allows.
func FuzzText(f *testing.F) {
	for _, s := range []string{"90%", "１，２３４", "=1+1", "2025-02-30", "\u202e12", "1e5", "_x0041_"} {
		f.Add(s)
	}
	blank, err := form.Write(monthForm(), key)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1000 {
			return
		}
		b, err := form.Fill(blank, "", "", []form.Answer{
			{ID: "T01-1", Column: plan.ColTotal, Text: s},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range read(t, b).Entries {
			c := e.Cells[plan.ColTotal]
			if e.ID != "T01-1" && !c.Blank() {
				t.Errorf("%q came into %s as well", s, e.ID)
			}
			if e.ID == "T01-1" && c.Number.Known() && c.Kind != plan.TextCell {
				t.Errorf("%q became a %s", s, c.Kind)
			}
		}
	})
}
