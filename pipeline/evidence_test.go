package pipeline

import (
	"testing"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

func TestTheStrongestEvidenceNamesTheCause(t *testing.T) {
	m := plan.MonthOf(2025, 3)
	k := subject{"T01-1", "rsj"}
	spoken := map[subject]bool{k: true}
	mine := []ledger.Waiver{{Item: "T01-1", From: m, To: m}}
	others := []ledger.Waiver{{Item: "T02-1", From: m, To: m}, {Item: "T01-1", From: m + 1, To: m + 1}}
	value := difference{subject: k, what: asValue, value: true}
	light := difference{subject: k, what: asLight}
	with := func(d difference, change func(*difference)) difference { change(&d); return d }
	for _, x := range []struct {
		name string
		e    evidence
		d    difference
		want string
	}{
		{"a file where nothing was", evidence{spoke: spoken, rules: true, program: true},
			with(value, func(d *difference) { d.absent = true }), causeLate},
		{"a file over another", evidence{spoke: spoken, plan: true, waivers: mine}, value, causeAmended},
		{"a file that left the figure as it was", evidence{spoke: spoken, lights: true}, light, causeRules},
		{"a file, and the words of the unit", evidence{spoke: spoken}, difference{subject: k, what: asRemark},
			causeAmended},
		{"another target, though a file came", evidence{spoke: spoken, plan: true},
			with(value, func(d *difference) { d.what = asTarget }), causePlan},
		{"a light after another target", evidence{plan: true, rules: true, lights: true},
			with(light, func(d *difference) { d.terms = true }), causePlan},
		{"a row that is new", evidence{plan: true, rules: true, waivers: mine},
			with(light, func(d *difference) { d.listed = true }), causePlan},
		{"a row that a program dropped", evidence{pinned: true, program: true},
			with(light, func(d *difference) { d.listed = true }), causeProgram},
		{"a waiver of it", evidence{waivers: mine, rules: true, plan: true}, value, causeWaiver},
		{"a waiver of something else", evidence{waivers: others, rules: true}, value, causeRules},
		{"rules, and a plan that is otherwise the same for it", evidence{rules: true, plan: true}, value,
			causeRules},
		{"thresholds", evidence{lights: true, program: true}, light, causeRules},
		{"the plan at large", evidence{plan: true, program: true}, light, causePlan},
		{"rules, where a light follows", evidence{rules: true, program: true}, light, causeRules},
		{"the program alone", evidence{pinned: true, program: true}, light, causeProgram},
		{"an earlier month", evidence{pinned: true, older: true}, light, causeAmended},
		{"rules from before the pin", evidence{pinned: true}, value, causeRules},
		{"an edition that pinned nothing", evidence{}, light, causeUnknown},
	} {
		x.e.month = m
		if got := x.e.cause(x.d); got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
}

func TestTheCauseOfAUnitsPunctuality(t *testing.T) {
	rsj := map[string]bool{"rsj": true}
	for _, x := range []struct {
		name           string
		e              evidence
		absent, timely bool
		want           string
	}{
		{"more time", evidence{extended: rsj, sent: rsj}, true, true, causeExtended},
		{"more time, and only the state differs", evidence{extended: rsj, sent: rsj}, false, false, causeAmended},
		{"another deadline", evidence{deadline: true, program: true}, false, true, causeRules},
		{"a first file", evidence{sent: rsj, rules: true}, true, true, causeLate},
		{"a second file", evidence{sent: rsj}, false, false, causeAmended},
		{"its waiver", evidence{waivers: []ledger.Waiver{{Unit: "rsj"}}, rules: true}, false, false, causeWaiver},
		{"another's waiver", evidence{waivers: []ledger.Waiver{{Unit: "zjj"}}, rules: true}, false, false,
			causeRules},
	} {
		if got := x.e.causeOfUnit("rsj", x.absent, x.timely); got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
}
