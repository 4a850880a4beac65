package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duban/pipeline/clerk"
	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// mishap is what goes wrong with one unit's form of one month.
type mishap struct {
	month plan.Month
	unit  string // an alias or name of the plan
	kind  string
}

// The mishaps of the demonstration.
const (
	silent    = "未报"
	late      = "迟报"
	wrongSum  = "合计填错，次日更正"
	wrongText = "数据栏写了文字"
	wrongUnit = "错放到别的单位的文件夹"
	cutShort  = "文件没传完整"
	overRate  = "比率超过100%"
	amended   = "截止后改了数"
)

var mishaps = []mishap{
	{plan.MonthOf(2025, 1), "区文旅广电局", late},
	{plan.MonthOf(2025, 1), "区人社局", wrongSum},
	{plan.MonthOf(2025, 1), "区交通运输局", cutShort},
	{plan.MonthOf(2025, 2), "区民政局", wrongText},
	{plan.MonthOf(2025, 2), "区残联", silent},
	{plan.MonthOf(2025, 2), "区市监局", overRate},
	{plan.MonthOf(2025, 3), "区教育局", wrongUnit},
	{plan.MonthOf(2025, 3), "区残联", silent},
	{plan.MonthOf(2025, 3), "区农业农村局", late},
	{plan.MonthOf(2025, 4), "区民政局", amended},
	{plan.MonthOf(2025, 5), "区残联", silent},
	{plan.MonthOf(2025, 5), "区农业农村局", amended},
	{plan.MonthOf(2025, 6), "区营商局", late},
	{plan.MonthOf(2025, 7), "区民政局", wrongSum},
	{plan.MonthOf(2025, 8), "区国资局", silent},
	{plan.MonthOf(2025, 9), "区人社局", late},
	{plan.MonthOf(2025, 10), "区残联", late},
	{plan.MonthOf(2025, 11), "区商务局", cutShort},
	{plan.MonthOf(2025, 12), "区科技局", silent},
	{plan.MonthOf(2025, 12), "区教育局", late},
}

func (d *demo) mishapOf(u *plan.Unit, m plan.Month) string {
	for _, x := range mishaps {
		if x.month == m && u.Is(x.unit) {
			return x.kind
		}
	}
	return ""
}

func (d *demo) months(ctx context.Context) error {
	for m := plan.MonthOf(2025, 1); m <= d.last; m++ {
		if err := d.monthOf(ctx, m); err != nil {
			return fmt.Errorf("%s: %w", m, err)
		}
	}
	return nil
}

// batch is the forms of a month, filled and waiting to be dropped.
type batch struct {
	month plan.Month
	dir   string
	units []*plan.Unit          // those that report, in the plan's order
	forms map[*plan.Unit]string // where each unit's filled form lies
}

func (d *demo) monthOf(ctx context.Context, m plan.Month) error {
	d.say("\n【%s】", m.Chinese())
	d.clock.at(m.Year(), time.Month(m.Number()), 25, 9, 0)
	forms := filepath.Join(d.dir, "outbox", "forms", m.String())
	if err := d.until(ctx, "下发填报表", func() (bool, error) {
		due, err := d.w.UnitsDue(ctx, m)
		if err != nil {
			return false, err
		}
		got, err := filepath.Glob(filepath.Join(forms, "*.xlsx"))
		return len(got) >= len(due), err
	}); err != nil {
		return err
	}
	b, err := d.fillAll(ctx, m, forms)
	if err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	d.say("  填报 %d家单位填好%s", len(b.forms), savedBy(d.office))
	if err := d.handInAll(ctx, b); err != nil {
		return err
	}
	return d.closeMonth(ctx, m)
}

// fillAll fills every unit's form but the silent ones', and has the office
// program save them.
func (d *demo) fillAll(ctx context.Context, m plan.Month, issued string) (*batch, error) {
	tmp, err := os.MkdirTemp("", "duban-demo-")
	if err != nil {
		return nil, err
	}
	b := &batch{month: m, dir: tmp, forms: map[*plan.Unit]string{}}
	due, err := d.w.UnitsDue(ctx, m)
	if err != nil {
		return nil, err
	}
	for _, u := range due {
		if d.mishapOf(u, m) == silent {
			continue
		}
		if err := d.fillOne(ctx, b, u, issued); err != nil {
			return nil, err
		}
	}
	return b, d.saveByOffice(ctx, b)
}

func (d *demo) fillOne(ctx context.Context, b *batch, u *plan.Unit, issued string) error {
	from := d.w.FormFile(b.month, u)
	rows, err := d.w.Rows(ctx, b.month, u)
	if err != nil {
		return err
	}
	to := filepath.Join(b.dir, filepath.Base(from))
	b.units, b.forms[u] = append(b.units, u), to
	return fillFile(from, to, "演示·"+u.Name+"填报人", "演示·审核人",
		spoil(clerk.Answers(rows, b.month, false), d.mishapOf(u, b.month)))
}

// spoil puts the mistake into the answers.
func spoil(all []form.Answer, kind string) []form.Answer {
	for i, a := range all {
		if a.Column != plan.ColTotal || !a.Number.Known() {
			continue
		}
		switch kind {
		case wrongSum:
			all[i].Number = a.Number.Add(plan.Int(90))
		case wrongText:
			all[i] = form.Answer{ID: a.ID, Unit: a.Unit, Column: a.Column, Text: "正在统计"}
		case overRate:
			all[i].Number = plan.Int(999)
		}
		break
	}
	return all
}

// amend takes one off the first count that is large enough.
func amend(all []form.Answer) []form.Answer {
	for i, a := range all {
		if a.Column == plan.ColAdded && a.Number.Cmp(plan.Int(1)) > 0 && all[i+1].ID == a.ID {
			all[i].Number = a.Number.Sub(plan.Int(1))
			all[i+1].Number = all[i+1].Number.Sub(plan.Int(1))
			return append(all, form.Answer{ID: a.ID, Unit: a.Unit, Column: plan.ColRemark,
				Text: "复核发现重复统计1项，予以核减"})
		}
	}
	return all
}

// fillFile fills the form at from and writes it to to.
func fillFile(from, to, filler, reviewer string, all []form.Answer) error {
	blank, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	filled, err := form.Fill(blank, filler, reviewer, all)
	if err != nil {
		return err
	}
	return os.WriteFile(to, filled, 0o644)
}

// closeMonth waits for the daemon to write the digest on its day.
func (d *demo) closeMonth(ctx context.Context, m plan.Month) error {
	closed, err := d.w.Deadline(m)
	if err != nil {
		return err
	}
	d.clock.at(closed.Year(), closed.Month(), max(closed.Day()+1, 8), 9, 0)
	pattern := filepath.Join(d.dir, "outbox", "digests", m.String(), "*.pdf")
	err = d.until(ctx, "出通报", func() (bool, error) {
		got, err := filepath.Glob(pattern)
		if err != nil || len(got) == 0 {
			return false, err
		}
		waiting, err := d.w.Waiting(ctx)
		return waiting == 0, err
	})
	if err != nil {
		return err
	}
	units, err := d.w.Status(ctx, m)
	if err != nil {
		return err
	}
	states := map[plan.State]int{}
	for _, u := range units {
		if u.Due > 0 {
			states[u.State]++
		}
	}
	d.say("  通报 已出。%s", stateWords(states))
	if m == plan.MonthOf(2025, 3) {
		return d.correctFebruary(ctx)
	}
	return nil
}

func stateWords(states map[plan.State]int) string {
	var s strings.Builder
	for _, x := range []plan.State{plan.Passed, plan.Queried, plan.Partly, plan.Returned,
		plan.Quarantined, plan.NotReceived} {
		if states[x] > 0 {
			s.WriteString(fmt.Sprintf("%s%d家 ", x, states[x]))
		}
	}
	return s.String()
}

// correctFebruary sends what was missing in February after its digest.
func (d *demo) correctFebruary(ctx context.Context) error {
	m := plan.MonthOf(2025, 2)
	u, err := d.w.UnitNamed("区残联")
	if err != nil {
		return err
	}
	d.clock.at(2025, time.April, 9, 14, 0)
	tmp, err := os.MkdirTemp("", "duban-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	d.say("  补报 %s：%s的数据到4月才交", u.Name, m.Chinese())
	if err := d.redo(ctx, &batch{month: m, dir: tmp}, u, plainly); err != nil {
		return err
	}
	return d.settled(ctx)
}
