package digest_test

import (
	"strings"
	"testing"

	"duban/pipeline/digest"
)

func TestTheMonthBeforeIsComparedWithOnlyWhenItHadAPaper(t *testing.T) {
	lights := map[string]int{"on_time": 3, "far_behind": 2}
	for _, x := range []struct {
		name   string
		before digest.Tally
		want   string
	}{
		{"no paper", digest.Tally{}, ""},
		{"the same", digest.Tally{Lines: 5, Lights: lights}, "与上月相比，各类指标项数没有变化。"},
		{"better and worse", digest.Tally{Lines: 5,
			Lights: map[string]int{"on_time": 2, "behind": 2, "far_behind": 1}},
			"与上月相比，已完成和达到序时的增加1项，滞后的减少2项，严重滞后的增加1项。"},
	} {
		r := sample()
		r.Months = []string{"2025-02", "2025-03"}
		r.Trend = []digest.Tally{x.before, {Lines: 5, Lights: lights}}
		paper, _ := compose(t, r)
		text := paperText(paper)
		if x.want == "" && strings.Contains(text, "与上月相比") || !strings.Contains(text, x.want) {
			t.Errorf("%s: the paper does not say %q:\n%s", x.name, x.want, text)
		}
	}
}

func TestOneMonthIsNoLineAndAMonthWithoutAPaperIsAGap(t *testing.T) {
	r := sample()
	r.Months = []string{"2025-01", "2025-02", "2025-03"}
	steps := func(values ...string) []digest.Step {
		var out []digest.Step
		for i, v := range values {
			out = append(out, digest.Step{Month: r.Months[i], Done: v})
		}
		return out
	}
	r.Lines[1].Trail = steps("", "", "53.3")
	r.Lines[2].Trail = steps("50.5", "", "65.8")
	paper, _ := compose(t, r)
	rows := paper.Annexes[0].Body[0].(digest.Table).Rows
	if last := rows[1][len(rows[1])-1]; last.Spark != nil || last.Text != "—" {
		t.Errorf("one month is drawn as %+v", last)
	}
	got := rows[2][len(rows[2])-1].Spark
	want := []digest.Spot{{Value: 50.5, Known: true}, {}, {Value: 65.8, Known: true}}
	for i := range want {
		if len(got) != len(want) || got[i] != want[i] {
			t.Fatalf("the months are drawn as %+v", got)
		}
	}
}
