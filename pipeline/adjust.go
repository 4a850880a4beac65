package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"duban/pipeline/durable"
	"duban/pipeline/intake"
	"duban/pipeline/plan"
	"duban/seeds"
)

// Adjustment (计划调整) is one adjustment of the plan as commands show it.
type Adjustment struct {
	From     string   `json:"from"`
	Document string   `json:"document"`
	Kind     string   `json:"kind"`
	ID       string   `json:"indicator"`
	Name     string   `json:"name"`
	Before   string   `json:"before"`
	After    string   `json:"after"`
	Units    []string `json:"units"` // codes of all it touches
	Why      string   `json:"why"`
	By       string   `json:"by"`
	Version  string   `json:"version"` // of the plan from then on
	Words    string   `json:"words"`

	// Of one that was made just now: the months whose digests were made under
	// the plan of before, those whose forms were issued under it, and whether a
	// daemon is running that will know it in a minute or two.
	Rerun   []string `json:"rerun,omitempty"`
	Reissue []string `json:"reissue,omitempty"`
	Running bool     `json:"running,omitempty"`
}

// AdjustmentsOf lists a plan's adjustments in the order in which they take effect.
func AdjustmentsOf(p *plan.Plan) []Adjustment {
	all := []Adjustment{}
	for _, a := range p.Adjustments {
		all = append(all, shownAdjustment(p, a))
	}
	return all
}

func shownAdjustment(p *plan.Plan, a *plan.Adjustment) Adjustment {
	x := Adjustment{From: a.From.String(), Document: a.Document, Kind: string(a.Kind), ID: a.ID,
		Name: a.Name(), Before: a.Before(), After: a.After(), Units: []string{}, Why: a.Why,
		By: a.By, Version: p.In(a.From).Version,
		Words: fmt.Sprintf("自%s起，%s %s：%s", a.From.Chinese(), a.ID, a.Name(), a.Text())}
	for _, u := range a.Units() {
		x.Units = append(x.Units, u.Code)
	}
	return x
}

// Adjust adds an adjustment to the workspace's plan files and takes it up. Of
// months whose digest has been made it is refused, unless retroactive is said:
// their papers then tell of another plan until they are run again.
func (w *Workspace) Adjust(ctx context.Context, asked plan.Asked, retroactive bool, a Act) (
	Adjustment, error) {
	if err := a.need(true); err != nil {
		return Adjustment{}, err
	}
	asked.Document, asked.Why, asked.By = a.Document, a.Why, a.By
	rerun, err := w.digestedSince(ctx, asked.From)
	if err != nil {
		return Adjustment{}, err
	}
	if len(rerun) > 0 && !retroactive {
		return Adjustment{}, &UserError{
			What: "这些月份的通报已经印发：" + strings.Join(rerun, "、") + "，计划调整没有登记",
			Fix:  "核对生效月份（--from）；确要从该月起追溯调整的，加 --retroactive，登记后逐月用 duban rerun 重跑。"}
	}
	held, running := intake.Lock(w.path("state"))
	if running == nil {
		defer held.Release()
	}
	made, err := w.written(asked)
	if err != nil {
		return Adjustment{}, err
	}
	shown := shownAdjustment(w.Plan, made)
	shown.Running = errors.Is(running, intake.ErrLocked)
	if shown.Reissue, err = w.issuedSince(ctx, made); err != nil {
		return shown, err
	}
	shown.Rerun = rerun
	return shown, w.As(Act{By: a.By, Why: a.Why}).audit(ctx, "计划调整", shown.Words)
}

// written proves the plan with one more adjustment, writes its files and takes
// the plan up. The file of adjustments goes first: unnamed it means nothing.
func (w *Workspace) written(asked plan.Asked) (*plan.Adjustment, error) {
	file := w.path(w.Config.Plan)
	dir, base := filepath.Split(file)
	header, err := fs.ReadFile(seeds.Files, "adjustments.yaml")
	if err != nil {
		return nil, err
	}
	_, files, err := plan.With(os.DirFS(dir), base, asked, header)
	var reasons *plan.AskedError
	if errors.As(err, &reasons) {
		return nil, &UserError{What: "计划调整没有登记", Err: err, Fix: "改正后再试；方案文件没有改动。"}
	}
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := durable.Write(path, f.Text, 0o644); err != nil {
			return nil, err
		}
	}
	known := w.Plan.Adjustments
	if w.Plan, err = ReadPlan(file); err != nil {
		return nil, err
	}
	for _, a := range w.Plan.Adjustments {
		same := func(b *plan.Adjustment) bool {
			return a.ID == b.ID && a.Kind == b.Kind && a.From == b.From
		}
		if !slices.ContainsFunc(known, same) {
			return a, nil
		}
	}
	return nil, fmt.Errorf("the adjustment is not among those of %s", file)
}

// digestedSince are the months, from one on, of which a digest was made.
func (w *Workspace) digestedSince(ctx context.Context, from plan.Month) ([]string, error) {
	editions, err := w.Ledger.Editions(ctx, 0)
	var months []string
	for _, e := range editions {
		if m := e.Month.String(); e.Month >= from && !slices.Contains(months, m) {
			months = append(months, m)
		}
	}
	slices.Sort(months)
	return months, err
}

// issuedSince are the months whose forms were issued under the plan of before to
// a unit that an adjustment touches, and whose digest has not been made.
func (w *Workspace) issuedSince(ctx context.Context, a *plan.Adjustment) ([]string, error) {
	var months []string
	for m := a.From; m <= plan.MonthAt(w.Now()); m++ {
		digested, err := w.digestedAt(ctx, m)
		if err != nil {
			return nil, err
		}
		for _, u := range a.Units() {
			last, err := w.Ledger.IssueOf(ctx, u.Code, m)
			if err != nil {
				return nil, err
			}
			if digested.at.IsZero() && last.Number > 0 && !slices.Contains(months, m.String()) {
				months = append(months, m.String())
			}
		}
	}
	return months, nil
}
