package pipeline

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"time"

	"duban/pipeline/check"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// The rules this file keeps:
//
//   - An edition pins all that its figures and lights follow from: files,
//     readings, plan, rules, waivers and extensions, settings, program.
//   - Where only sameness matters the pin is a short hash; where a person
//     compares, it is what stood there.

// The settings that are pinned, as the ledger names them.
const (
	pinLights   = "lights.behind"
	pinDeadline = "deadline" // what workdays, calendar and hour come to
	pinWording  = "wording"
)

// inputs pins what the editions of a month are made from.
func (w *Workspace) inputs(s standing, m plan.Month) (ledger.Inputs, error) {
	now := w.Plan.In(m)
	in := ledger.Inputs{Program: Version, PlanVersion: now.Version, More: s.rulings.inputs(),
		Rules: rulesPin(w.Plan, m), Settings: map[string]string{
			pinLights:   strconv.Itoa(w.Config.Lights.Behind),
			pinDeadline: stamp(s.rulings.deadline),
			pinWording:  shortSum(sum([]byte(w.wording.text))),
		}}
	said, err := now.Export()
	in.Plan = shortSum(sum(said))
	for _, rd := range s.readings {
		in.Files = append(in.Files, rd.Delivery.SHA256)
		if rd.ID != 0 {
			in.Readings = append(in.Readings, rd.ID)
		}
	}
	return in, err
}

// rulesPin is a hash of what every check costs in a month.
func rulesPin(p *plan.Plan, m plan.Month) string {
	h := sha256.New()
	for _, c := range check.Catalogue {
		fmt.Fprintln(h, c.Code, c.InForce(p, m))
	}
	return shortSum(fmt.Sprintf("%x", h.Sum(nil)))
}

// basis is what one edition was made from, as far as it is known.
type basis struct {
	inputs   ledger.Inputs
	readings []ledger.Reading
	made     time.Time
}

// counted is which files gave figures to the edition. One whose readings were
// not pinned is taken to have counted every file.
func (b basis) counted() map[string]bool {
	all := map[string]bool{}
	if len(b.readings) == 0 {
		for _, sha := range b.inputs.Files {
			all[sha] = true
		}
	}
	for _, rd := range b.readings {
		if rd.State != plan.Quarantined {
			all[rd.Delivery.SHA256] = true
		}
	}
	return all
}

// pinned reports whether the edition knows its rules and settings; those of
// old programs do not.
func (b basis) pinned() bool { return b.inputs.Rules != "" }
