package pipeline

import (
	"context"
	"fmt"
	"time"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// WaiverAsked is a waiver (豁免) as an administrator asks for it: a rule, an
// indicator (or item), a unit, or several of them; months both inclusive.
type WaiverAsked struct {
	Rule, Item string
	Unit       *plan.Unit
	From, To   plan.Month
}

// Waiver is one waiver as commands show it.
type Waiver struct {
	ID       int64  `json:"id"`
	Rule     string `json:"rule"`
	Item     string `json:"indicator"`
	Unit     string `json:"unit"`
	From     string `json:"from"`
	To       string `json:"to"`
	By       string `json:"by"`
	Why      string `json:"why"`
	Document string `json:"document"`
	At       string `json:"at"`
	Words    string `json:"words"`
}

// Waive grants a waiver. It counts for what is judged from now on; what was
// judged before is judged again by a re-run.
func (w *Workspace) Waive(ctx context.Context, v WaiverAsked, a Act) (Waiver, error) {
	if err := a.need(true); err != nil {
		return Waiver{}, err
	}
	if err := w.mayWaive(v); err != nil {
		return Waiver{}, err
	}
	row := ledger.Waiver{Rule: v.Rule, Item: v.Item, From: v.From, To: v.To, Who: a.By,
		Why: a.Why, Document: a.Document}
	if v.Unit != nil {
		row.Unit = v.Unit.Code
	}
	row, err := w.Ledger.Waive(ctx, row, w.waiverWords(row)+"："+a.Why)
	return w.shownWaiver(row), err
}

func (w *Workspace) mayWaive(v WaiverAsked) error {
	if v.Rule == "" && v.Item == "" && v.Unit == nil {
		return &UserError{What: "没有写明豁免什么",
			Fix: "用 --rule 规则代码、--indicator 指标编号、--unit 单位 写明其中一项或几项。"}
	}
	if v.From == 0 || v.To < v.From {
		return &UserError{What: "豁免的起止月份不对", Fix: "用 --from 2025-03 --to 2025-05 写明，止月不得早于起月。"}
	}
	if err := w.inPlan(v.From); err != nil {
		return err
	}
	if last := max(w.Plan.To, plan.MonthAt(w.Now())+12); v.To > last {
		return &UserError{What: v.To.Chinese() + "太远，豁免最多到" + last.Chinese(), Fix: "核对 --to。"}
	}
	if v.Rule != "" {
		rule, err := RuleNamed(v.Rule)
		if err != nil {
			return err
		}
		if !mayWaiveRule(v.Rule) {
			return &UserError{What: "规则 " + v.Rule + "（" + rule.Title + "）不能豁免",
				Fix: "它管的是文件是谁的、数据能不能认出来，豁免了就没有可用的数据。来源待核实的文件用 duban release 放行。"}
		}
	}
	if ind, it := w.Plan.Ever(v.Item); v.Item != "" && ind == nil && it == nil {
		return &UserError{What: "方案里没有编号为 " + v.Item + " 的指标或任务",
			Fix: "用 duban plan show 查看编号。"}
	}
	return nil
}

// Waivers lists every waiver, the oldest first.
func (w *Workspace) Waivers(ctx context.Context) ([]Waiver, error) {
	rows, err := w.Ledger.Waivers(ctx, 0)
	all := []Waiver{}
	for _, v := range rows {
		all = append(all, w.shownWaiver(v))
	}
	return all, err
}

func (w *Workspace) shownWaiver(v ledger.Waiver) Waiver {
	return Waiver{ID: v.ID, Rule: v.Rule, Item: v.Item, Unit: v.Unit, From: v.From.String(),
		To: v.To.String(), By: v.Who, Why: v.Why, Document: v.Document, At: stamp(v.At),
		Words: w.waiverWords(v)}
}

// Extension is one extension (延期) as commands show it.
type Extension struct {
	ID       int64  `json:"id"`
	Unit     string `json:"unit"`
	Name     string `json:"name"`
	Month    string `json:"month"`
	Until    string `json:"until"`
	By       string `json:"by"`
	Why      string `json:"why"`
	Document string `json:"document"`
	At       string `json:"at"`
	Words    string `json:"words"`
}

// Extend gives a unit more time for a month, until a moment after the deadline
// of all.
func (w *Workspace) Extend(ctx context.Context, u *plan.Unit, m plan.Month, until time.Time,
	a Act) (Extension, error) {
	if err := a.need(true); err != nil {
		return Extension{}, err
	}
	if u == nil {
		return Extension{}, &UserError{What: "没有写明给哪个单位延期", Fix: "用 --unit 写明单位。"}
	}
	if err := w.mayExtend(m, until); err != nil {
		return Extension{}, err
	}
	row := ledger.Extension{Unit: u.Code, Month: m, Until: until, Who: a.By, Why: a.Why,
		Document: a.Document}
	row, err := w.Ledger.Extend(ctx, row, w.extensionWords(row)+"："+a.Why)
	return w.shownExtension(row), err
}

// mayExtend refuses a moment that is no extension of a month's deadline, or a slip.
func (w *Workspace) mayExtend(m plan.Month, until time.Time) error {
	if err := w.inPlan(m); err != nil {
		return err
	}
	deadline, err := w.Deadline(m)
	switch {
	case err != nil:
		return err
	case !until.After(deadline):
		return &UserError{
			What: fmt.Sprintf("%s不晚于%s的报送截止%s，不算延期", clockTime(until), m.Chinese(), clockTime(deadline)),
			Fix:  "用 --until 写明更晚的时间。"}
	case until.After(deadline.AddDate(1, 0, 0)) && until.After(w.Now().AddDate(1, 0, 0)):
		return &UserError{What: clockTime(until) + "在一年以后，不像是延期",
			Fix: "核对 --until；不必报的，用 duban waive 豁免。"}
	}
	return nil
}

// Extensions lists every extension, the oldest first.
func (w *Workspace) Extensions(ctx context.Context) ([]Extension, error) {
	rows, err := w.Ledger.Extensions(ctx, 0)
	all := []Extension{}
	for _, e := range rows {
		all = append(all, w.shownExtension(e))
	}
	return all, err
}

func (w *Workspace) extensionWords(e ledger.Extension) string {
	return fmt.Sprintf("%s%s报送截止延至%s（%s）", w.unitName(e.Unit), e.Month.Chinese(),
		clockTime(e.Until), e.Document)
}

func (w *Workspace) shownExtension(e ledger.Extension) Extension {
	return Extension{ID: e.ID, Unit: e.Unit, Name: w.unitName(e.Unit), Month: e.Month.String(),
		Until: stamp(e.Until), By: e.Who, Why: e.Why, Document: e.Document, At: stamp(e.At),
		Words: w.extensionWords(e)}
}
