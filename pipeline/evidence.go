package pipeline

import (
	"context"
	"fmt"
	"slices"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// The rules this file keeps:
//
//   - A cause is named only on evidence: what the two editions were made from.
//   - What was done to this very figure goes before what holds for all: a new
//     file, then the indicator's own target and term, then a waiver of it;
//     after these rules and settings, the plan at large, and the program.
//   - A file may have been read long before the first edition was made: a waiver
//     granted in between, another plan or program, is evidence as well.
//   - Where nothing else is left, an earlier month was corrected; or else the rules
//     changed before the edition pinned them. An edition of an old program, which
//     pinned none, leaves it open.

// The causes of a difference between two editions.
const (
	causeLate     = "补报"
	causeAmended  = "更正"
	causePlan     = "计划调整"
	causeRules    = "规则调整"
	causeWaiver   = "豁免"
	causeExtended = "延期"
	causeProgram  = "程序升级"
	causeUnknown  = "待查明"
)

// evidence is how the inputs of two editions of a month differ.
type evidence struct {
	month    plan.Month
	spoke    map[subject]bool // by a file that the earlier edition did not count
	sent     map[string]bool  // units that such a file is from
	waivers  []ledger.Waiver  // in force for one edition only
	extended map[string]bool  // units with more time in one edition only
	plan     bool
	rules    bool
	lights   bool
	deadline bool
	program  bool
	older    bool // something of an earlier month was read in between
	pinned   bool
}

// evidenceOf compares what two editions were made from.
func (w *Workspace) evidenceOf(ctx context.Context, m plan.Month, a, b basis) (*evidence, error) {
	e := &evidence{month: m, spoke: map[subject]bool{}, sent: map[string]bool{},
		extended: map[string]bool{}, pinned: a.pinned() && b.pinned(),
		program: a.inputs.Program != b.inputs.Program,
		plan:    a.inputs.PlanVersion != b.inputs.PlanVersion}
	if e.pinned {
		differ := func(pin string) bool { return a.inputs.Settings[pin] != b.inputs.Settings[pin] }
		e.plan = e.plan || a.inputs.Plan != b.inputs.Plan
		e.rules, e.lights = a.inputs.Rules != b.inputs.Rules, differ(pinLights)
		e.deadline = differ(pinDeadline)
	}
	for _, rd := range a.readings {
		e.program = e.program || rd.Program != b.inputs.Program
		e.plan = e.plan || rd.PlanVersion != b.inputs.PlanVersion
	}
	var err error
	if e.older, err = w.Ledger.ReadBetween(ctx, m, a.made, b.made); err != nil {
		return nil, err
	}
	before := a.counted()
	for _, rd := range b.readings {
		if before[rd.Delivery.SHA256] || rd.State == plan.Quarantined {
			continue
		}
		e.sent[rd.Unit] = true
		for _, f := range rd.Figures {
			e.spoke[subject{f.ID, f.Unit}] = true
		}
	}
	return e, w.rulingsBetween(ctx, e, a, b)
}

// rulingsBetween finds the waivers and extensions that only one edition knew, or
// that the files of only one were read under.
func (w *Workspace) rulingsBetween(ctx context.Context, e *evidence, a, b basis) error {
	alone := func(pin string) bool {
		return slices.Contains(a.inputs.More, pin) != slices.Contains(b.inputs.More, pin)
	}
	granted := func(v ledger.Waiver) bool {
		return slices.ContainsFunc(a.readings, func(rd ledger.Reading) bool {
			return rd.At.Before(v.At) && (v.Unit == "" || v.Unit == rd.Unit)
		}) && !v.At.After(b.made)
	}
	waivers, err := w.Ledger.Waivers(ctx, 0)
	if err != nil {
		return err
	}
	for _, v := range waivers {
		if alone(waiverPin(v.ID)) || granted(v) {
			e.waivers = append(e.waivers, v)
		}
	}
	extensions, err := w.Ledger.Extensions(ctx, 0)
	for _, x := range extensions {
		if alone(extensionPin(x.ID)) {
			e.extended[x.Unit] = true
		}
	}
	return err
}

func waiverPin(id int64) string    { return fmt.Sprintf("豁免%d", id) }
func extensionPin(id int64) string { return fmt.Sprintf("延期%d", id) }

// difference is one thing that two editions say differently of a subject.
type difference struct {
	subject
	what   string
	value  bool // the figure itself differs
	absent bool // nothing was reported before
	terms  bool // target or term differ
	listed bool // it is in one of the two only
}

// cause finds why, by the rules above.
func (e *evidence) cause(d difference) string {
	said := e.spoke[d.subject] && (d.value || d.what == asRemark || d.what == asFindings)
	bound := d.listed || d.what == asTarget || d.what == asDue
	switch {
	case said && !bound && d.absent:
		return causeLate
	case said && !bound:
		return causeAmended
	case (bound || d.terms) && (e.plan || !e.pinned || !e.program):
		return causePlan
	case !bound && e.waived(d.subject):
		return causeWaiver
	case e.rules && (d.value || d.what == asFindings), e.lights && d.what == asLight:
		return causeRules
	}
	return e.atLarge()
}

// causeOfUnit finds why a unit's month of reporting is told differently.
func (e *evidence) causeOfUnit(unit string, absent, timely bool) string {
	switch {
	case timely && e.extended[unit]:
		return causeExtended
	case timely && e.deadline:
		return causeRules
	case e.sent[unit] && absent:
		return causeLate
	case e.sent[unit]:
		return causeAmended
	case e.waived(subject{"", unit}):
		return causeWaiver
	}
	return e.atLarge()
}

// atLarge is the cause where nothing touches the subject itself.
func (e *evidence) atLarge() string {
	switch {
	case e.plan:
		return causePlan
	case e.rules || e.lights || e.deadline:
		return causeRules
	case e.program:
		return causeProgram
	case e.older:
		return causeAmended
	case e.pinned:
		return causeRules
	}
	return causeUnknown
}

// waived reports whether a waiver that only one edition knew is about the
// subject; one without an id is about all that the unit reports.
func (e *evidence) waived(k subject) bool {
	return slices.ContainsFunc(e.waivers, func(v ledger.Waiver) bool {
		if k.id == "" {
			return v.Unit == "" || v.Unit == k.unit
		}
		return v.Covers(e.month, k.id, k.unit)
	})
}
