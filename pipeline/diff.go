package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// The rules this file keeps:
//
//   - Two editions are compared by what the ledger keeps of them; nothing is
//     computed anew, so the answer is the same whatever has come since.
//   - An audience's two editions are compared by the whole papers of the same
//     runs, and only its own rows are told.

// Difference is what two editions of a month say differently, and what each was
// made from.
type Difference struct {
	Month    string   `json:"month"`
	Audience string   `json:"audience"`
	Before   Side     `json:"before"`
	After    Side     `json:"after"`
	Changes  []Change `json:"changes"`
}

// Side is one of the two editions.
type Side struct {
	Edition int           `json:"edition"`
	Number  string        `json:"number"`
	MadeAt  string        `json:"made_at"`
	Inputs  ledger.Inputs `json:"inputs"`
}

// Change is one difference as commands show it.
type Change struct {
	Indicator string `json:"indicator"` // or item; "" of a whole form or a ruling
	Name      string `json:"name"`
	Unit      string `json:"unit"`
	What      string `json:"what"`
	Before    string `json:"before"`
	After     string `json:"after"`
	Cause     string `json:"cause"`
}

func shownChanges(all []digest.Change) []Change {
	out := []Change{}
	for _, c := range all {
		out = append(out, Change{c.ID, c.Name, c.Unit, c.What, c.Before, c.After, c.Cause})
	}
	return out
}

// Diff compares the a-th edition of a month with the b-th. audience is a name
// of the audiences file, a unit's, or "" for the supervision office's own.
func (w *Workspace) Diff(ctx context.Context, m plan.Month, a, b int, audience string) (
	*Difference, error) {
	c, err := w.copyAsked(audience)
	if err != nil {
		return nil, err
	}
	all, err := w.Ledger.Editions(ctx, m)
	if err != nil {
		return nil, err
	}
	if a > b {
		a, b = b, a
	}
	d := &Difference{Month: m.String(), Audience: c.name()}
	var pages, own [2]*digest.Report
	var from [2]basis
	for i, n := range []int{a, b} {
		e, err := numbered(all, c, m, n)
		if err != nil {
			return nil, err
		}
		if own[i], from[i], err = w.basisOf(ctx, e.ID); err != nil {
			return nil, err
		}
		*[]*Side{&d.Before, &d.After}[i] = Side{n, own[i].Number, own[i].MadeAt, e.Inputs}
		if pages[i], err = w.wholeOf(ctx, all, e, own[i]); err != nil {
			return nil, err
		}
	}
	ev, err := w.evidenceOf(ctx, m, from[0], from[1])
	if err != nil {
		return nil, err
	}
	d.Changes = shownChanges(concerning(changes(pages[0], pages[1], ev), own[0], own[1]))
	return d, nil
}

// copyAsked is the copy a person means.
func (w *Workspace) copyAsked(audience string) (copyFor, error) {
	if audience == "" {
		return w.copies()[0], nil
	}
	var names []string
	for _, c := range w.copies() {
		if c.name() == audience || c.unit != nil && c.unit.Is(audience) {
			return c, nil
		}
		if c.unit == nil {
			names = append(names, c.name())
		}
	}
	return copyFor{}, &UserError{What: "没有“" + audience + "”这个受众",
		Fix: "--audience 写" + strings.Join(names, "、") + "之一，或一个单位的名称。"}
}

// numbered finds the n-th edition of a copy.
func numbered(all []ledger.Edition, c copyFor, m plan.Month, n int) (ledger.Edition, error) {
	var have []string
	for _, e := range all {
		if e.Audience != c.name() {
			continue
		}
		if e.N == n {
			return e, nil
		}
		have = append(have, fmt.Sprintf("第%d版", e.N))
	}
	fix := "现有" + strings.Join(have, "、") + "。"
	if len(have) == 0 {
		fix = "这个受众这一期还没有出过通报；用 duban digest --month " + m.String() + " 出第1版。"
	}
	return ledger.Edition{}, &UserError{
		What: fmt.Sprintf("%s没有“%s”的第%d版", m.Chinese(), c.name(), n), Fix: fix}
}

// wholeOf is the supervision office's paper of the run that made an edition.
func (w *Workspace) wholeOf(ctx context.Context, all []ledger.Edition, e ledger.Edition,
	own *digest.Report) (*digest.Report, error) {
	i := slices.IndexFunc(all, func(x ledger.Edition) bool {
		return x.Audience == w.copies()[0].name() && x.Run == e.Run
	})
	if i < 0 || all[i].ID == e.ID {
		return own, nil
	}
	whole, _, err := w.basisOf(ctx, all[i].ID)
	return whole, err
}

// basisOf is what an edition says and what it was made from. Readings that the
// ledger does not have are those of an old program, which did not name them.
func (w *Workspace) basisOf(ctx context.Context, edition int64) (*digest.Report, basis, error) {
	e, err := w.Ledger.Edition(ctx, edition)
	if err != nil {
		return nil, basis{}, err
	}
	b := basis{inputs: e.Inputs, made: e.MadeAt}
	for _, id := range e.Inputs.Readings {
		rd, err := w.Ledger.Reading(ctx, id)
		if errors.Is(err, ledger.ErrNoRow) {
			continue
		}
		if err != nil {
			return nil, b, err
		}
		b.readings = append(b.readings, rd)
	}
	rep, err := w.reportOf(ctx, e)
	return rep, b, err
}

// InputRow is one thing the two editions were made from, side by side.
type InputRow struct{ What, Before, After string }

// Inputs sets the pinned inputs side by side; "" is what an old program did not
// pin.
func (d *Difference) Inputs() []InputRow {
	rows := []InputRow{{"文号", d.Before.Number, d.After.Number},
		{"编制时间", d.Before.MadeAt, d.After.MadeAt},
		{"报送件", d.Before.files(d.After), d.After.files(d.Before)}}
	a, b := d.Before.Inputs, d.After.Inputs
	for _, x := range []struct {
		what string
		of   func(ledger.Inputs) string
	}{
		{"实施方案", func(in ledger.Inputs) string { return in.PlanVersion }},
		{"方案内容", func(in ledger.Inputs) string { return in.Plan }},
		{"审核规则", func(in ledger.Inputs) string { return in.Rules }},
		{"延期和豁免", func(in ledger.Inputs) string { return strings.Join(in.More, "、") }},
		{"滞后界线", func(in ledger.Inputs) string { return in.Settings[pinLights] }},
		{"报送截止", func(in ledger.Inputs) string { return in.Settings[pinDeadline] }},
		{"文字", func(in ledger.Inputs) string { return in.Settings[pinWording] }},
		{"程序", func(in ledger.Inputs) string { return in.Program }},
	} {
		rows = append(rows, InputRow{x.what, x.of(a), x.of(b)})
	}
	return rows
}

// files counts the files of a side and names those that only it has.
func (s Side) files(other Side) string {
	var words strings.Builder
	words.WriteString(fmt.Sprintf("%d件", len(s.Inputs.Files)))
	for _, sha := range s.Inputs.Files {
		if !slices.Contains(other.Inputs.Files, sha) {
			words.WriteString("，" + shortSum(sha))
		}
	}
	return words.String()
}
