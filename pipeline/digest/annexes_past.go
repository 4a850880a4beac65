package digest

import (
	"fmt"

	"duban/pipeline/assess"
)

// tasksAnnex is the heat strip of the last twelve months: of every task the
// worst light that one of its lines had. A month without a paper is blank.
func tasksAnnex(c *composer) Annex {
	var body []Block
	for _, sort := range []string{"task", "annex"} {
		strip := Strip{Caption: c.say("tasks."+sort, c.monthItems()), Months: c.monthHeads()}
		at := map[string]int{}
		for _, l := range c.Lines {
			if l.Sort != sort || len(l.Trail) == 0 {
				continue
			}
			i, known := at[l.Item]
			if !known {
				i = len(strip.Rows)
				at[l.Item] = i
				strip.Rows = append(strip.Rows, StripRow{l.ItemTitle, make([]string, len(c.Months))})
			}
			darken(strip.Rows[i].Lights, l.Trail)
		}
		if anyLight(strip.Rows) {
			body = append(body, strip)
		}
	}
	return Annex{Title: c.say("tasks.title", none{}), Body: body}
}

// bad is the order from best to worst in which lights of one month count.
var bad = []assess.Light{
	assess.Pending, assess.Done, assess.OnTime, assess.Behind, assess.Missing, assess.FarBehind,
}

// darken sets each month to the worse of what it has and what a trail brings.
func darken(lights []string, trail []Step) {
	rank := func(s string) int {
		for i, l := range bad {
			if string(l) == s {
				return i + 1
			}
		}
		return 0
	}
	for i, s := range trail {
		if i < len(lights) && rank(s.Light) > rank(lights[i]) {
			lights[i] = s.Light
		}
	}
}

func anyLight(rows []StripRow) bool {
	for _, r := range rows {
		for _, l := range r.Lights {
			if l != "" {
				return true
			}
		}
	}
	return false
}

// trailsAnnex draws every indicator's last twelve months, set across the page.
func trailsAnnex(c *composer) Annex {
	t := Table{
		Caption: c.say("trails.caption", c.monthItems()),
		Columns: c.columns("trails.columns", left(0.06), left(0.24), left(0.15), centre(0.20),
			right(0.11), right(0.07), right(0.08), right(0.09)),
	}
	for _, l := range c.Lines {
		if l.Unit == "" || l.spark() == nil && l.times(assess.FarBehind) == 0 {
			continue
		}
		t.Rows = append(t.Rows, append(append(texts(l.ID, l.Name, l.Unit), l.sparkCell()),
			texts(value(l), percent(l.Done), percent(l.inTime()),
				fmt.Sprint(l.times(assess.FarBehind)))...))
	}
	if len(t.Rows) == 0 {
		return Annex{}
	}
	return Annex{Title: c.say("trails.title", none{}), Landscape: true, Body: []Block{t}}
}
