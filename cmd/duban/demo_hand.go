package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"duban/pipeline/clerk"
	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// handInAll drops the month's forms into the inbox, each in its own way.
func (d *demo) handInAll(ctx context.Context, b *batch) error {
	next := time.Month(b.month.Number() + 1)
	d.clock.at(b.month.Year(), next, 2, 10, 0)
	var lates, redo, amends []*plan.Unit
	for _, u := range b.units {
		switch d.mishapOf(u, b.month) {
		case late:
			lates = append(lates, u)
		case amended:
			amends = append(amends, u)
			if err := d.drop(b, u); err != nil {
				return err
			}
		case wrongSum, wrongText, cutShort, overRate, wrongUnit:
			redo = append(redo, u)
			fallthrough
		default:
			if err := d.drop(b, u); err != nil {
				return err
			}
		}
	}
	if err := d.settled(ctx); err != nil {
		return err
	}
	d.clock.at(b.month.Year(), next, 4, 15, 0)
	for _, u := range redo {
		kind := d.mishapOf(u, b.month)
		d.say("  退回 %s：%s", u.Name, kind)
		if kind == overRate { // never mended: it stays 部分通过
			continue
		}
		if err := d.redo(ctx, b, u, plainly); err != nil {
			return err
		}
	}
	if err := d.settled(ctx); err != nil {
		return err
	}
	closed, err := d.w.Deadline(b.month)
	if err != nil {
		return err
	}
	d.clock.set(closed.Add(2 * time.Hour))
	for _, u := range lates {
		d.say("  迟报 %s：截止后才交", u.Name)
		if err := d.drop(b, u); err != nil {
			return err
		}
	}
	for _, u := range amends {
		d.say("  更正 %s：%s", u.Name, amended)
		if err := d.redo(ctx, b, u, amend); err != nil {
			return err
		}
	}
	return d.settled(ctx)
}

// plainly leaves the answers as they are.
func plainly(all []form.Answer) []form.Answer { return all }

// drop puts a form into its unit's folder, as its mishap has it.
func (d *demo) drop(b *batch, u *plan.Unit) error {
	content, err := os.ReadFile(b.forms[u])
	if err != nil {
		return err
	}
	folder := u.Name
	switch d.mishapOf(u, b.month) {
	case cutShort:
		content = content[:len(content)*2/3]
	case wrongUnit:
		folder = "区财政局"
	}
	return d.put(folder, filepath.Base(b.forms[u]), content)
}

func (d *demo) put(folder, name string, content []byte) error {
	dir := filepath.Join(d.dir, "inbox", folder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	d.sent++
	return os.WriteFile(filepath.Join(dir, name), content, 0o644)
}

// redo hands a form in again, filled rightly or changed in another way.
func (d *demo) redo(ctx context.Context, b *batch, u *plan.Unit,
	change func([]form.Answer) []form.Answer) error {
	from := d.w.FormFile(b.month, u)
	rows, err := d.w.Rows(ctx, b.month, u)
	if err != nil {
		return err
	}
	to := filepath.Join(b.dir, "更正-"+filepath.Base(from))
	if err := fillFile(from, to, "演示·"+u.Name+"填报人", "演示·审核人",
		change(clerk.Answers(rows, b.month, false))); err != nil {
		return err
	}
	content, err := os.ReadFile(to)
	if err != nil {
		return err
	}
	d.say("  重报 %s", u.Name)
	return d.put(u.Name, filepath.Base(to), content)
}

// settled waits until the daemon has answered everything that was sent.
func (d *demo) settled(ctx context.Context) error {
	return d.until(ctx, "收件", func() (bool, error) {
		n, err := d.w.Answered(ctx)
		return n >= d.sent, err
	})
}

// until waits for the daemon, at most two minutes.
func (d *demo) until(ctx context.Context, what string, done func() (bool, error)) error {
	for deadline := time.Now().Add(2 * time.Minute); ; {
		ok, err := done()
		if err != nil || ok {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-d.ended:
			return fmt.Errorf("%s：常驻程序已结束：%w", what, d.daemon)
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s：等了两分钟还没有完成", what)
		}
	}
}

func findOffice() string {
	for _, name := range []string{"soffice", "libreoffice"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func savedBy(office string) string {
	if office == "" {
		return ""
	}
	return "，由 LibreOffice 另存"
}

// saveByOffice has LibreOffice open and save every form, as a clerk would.
func (d *demo) saveByOffice(ctx context.Context, b *batch) error {
	if d.office == "" {
		return nil
	}
	saved := filepath.Join(b.dir, "saved")
	args := []string{"-env:UserInstallation=file://" + slashed(filepath.Join(b.dir, "profile")),
		"--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", saved}
	for _, u := range b.units {
		args = append(args, b.forms[u])
	}
	if out, err := exec.CommandContext(ctx, d.office, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("LibreOffice: %w: %s", err, out)
	}
	for _, u := range b.units {
		b.forms[u] = filepath.Join(saved, filepath.Base(b.forms[u]))
	}
	return nil
}
