package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"duban/pipeline/digest"
	"duban/pipeline/digest/pdf"
	"duban/pipeline/durable"
	"duban/pipeline/plan"
	"duban/seeds"
)

// readAudiences reads the workspace's audiences and proves that the program has
// what they ask for. A workspace from before there were any gets the built-in
// file.
func readAudiences(path string) ([]plan.Audience, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		b, err := fs.ReadFile(seeds.Files, filepath.Base(path))
		if err != nil {
			return nil, &UserError{What: "没有受众文件 " + path,
				Fix: "改正 duban.yaml 的 audiences；或改回 plan/audiences.yaml，程序会放上一份。"}
		}
		if err := durable.Write(path, b, 0o644); err != nil {
			return nil, err
		}
	}
	all, err := plan.ReadAudiences(path)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		err := digest.ProveAudience(a)
		if err == nil && !slices.Contains(pdf.Forms(), a.Form) {
			err = fmt.Errorf("受众“%s”的公文格式（form）没有“%s”这一种，有的是：%s", a.Name, a.Form,
				strings.Join(pdf.Forms(), "、"))
		}
		if err != nil {
			return nil, &UserError{What: path + " 有误：" + err.Error(), Fix: "改正后再试。"}
		}
	}
	if all[0].Each || all[0].Cut != "all" {
		return nil, &UserError{What: path + " 有误：第一个受众应是看全部数据的督查考核部门（cut: all，不写 each）",
			Fix: "把它移到最前面。"}
	}
	return all, nil
}

// officeFor is how the office signs a paper for an audience: the settings, as
// far as the audience does not say otherwise.
func (w *Workspace) officeFor(a plan.Audience, unit *plan.Unit) digest.Office {
	d := w.Config.Digest
	o := digest.Office{Name: w.Config.Office, Mark: orSettings(a.Mark, d.Mark),
		Organ: orSettings(a.Organ, d.Organ), Recipient: orSettings(a.Recipient, d.Recipient),
		CopyTo: orSettings(a.CopyTo, d.CopyTo), Printer: orSettings(a.Printer, d.Printer),
		Subject: d.Subject, Sealed: d.Sealed, Copies: cmp.Or(a.Copies, d.Copies)}
	if a.Form == "信函" { // GB/T 9704-2012, 10.1: it is headed by the organ's name
		o.Mark = orSettings(a.Mark, o.Organ)
	}
	if unit != nil {
		o.Recipient = orSettings(a.Recipient, unit.Name)
	}
	if a.Sealed != "" {
		o.Sealed = a.Sealed == "true"
	}
	return o
}

// orSettings is what an audience says, or what the settings have: 无 is none.
func orSettings(own, settings string) string {
	switch own {
	case "":
		return settings
	case "无":
		return ""
	}
	return own
}

// copyFor is one edition to be made: its audience, and the unit it is for, nil
// for the others.
type copyFor struct {
	audience plan.Audience
	unit     *plan.Unit
}

// copies are all editions of a month: one for each audience, or for each unit
// of it.
func (w *Workspace) copies() []copyFor {
	var all []copyFor
	for _, a := range w.audiences {
		if !a.Each {
			all = append(all, copyFor{a, nil})
			continue
		}
		for _, u := range w.Plan.Units {
			all = append(all, copyFor{a, u})
		}
	}
	return all
}

// name is by what the ledger counts the edition: 督查考核, 责任单位/rsj.
func (c copyFor) name() string {
	if c.unit == nil {
		return c.audience.Name
	}
	return c.audience.Name + "/" + c.unit.Code
}

// cut is the report as it is for this copy.
func (w *Workspace) cut(rep *digest.Report, c copyFor) *digest.Report {
	own := rep.CutTo(c.audience, c.unit)
	own.Office = w.officeFor(c.audience, c.unit)
	return own
}

// issuerOf is the series a copy takes its number from, and the lowest number
// that may be taken.
func (w *Workspace) issuerOf(a plan.Audience) (issuer string, from int) {
	if a.Issuer == "" || a.Issuer == w.Config.Digest.Issuer {
		return w.Config.Digest.Issuer, max(a.LastNumber, w.Config.Digest.LastNumber) + 1
	}
	return orSettings(a.Issuer, ""), a.LastNumber + 1
}

// copyNamed is the copy the ledger counts under a name; one whose audience is no
// longer made is known by that name alone.
func (w *Workspace) copyNamed(name string) copyFor {
	for _, c := range w.copies() {
		if c.name() == name {
			return c
		}
	}
	audience, code, _ := strings.Cut(name, "/")
	return copyFor{plan.Audience{Name: audience, File: audience, Sheets: []string{""}},
		w.Plan.Unit(code)}
}

// files are where the n-th edition of a month stands: the paper, and the
// workbook where there is one. What goes to others has a folder for each.
func (w *Workspace) files(c copyFor, m plan.Month, n int) []string {
	base := fmt.Sprintf("%s-%s-第%d版", c.audience.File, m.Chinese(), n)
	if c.unit != nil {
		base = fmt.Sprintf("%02d-%s-%s", slices.Index(w.Plan.Units, c.unit)+1, c.unit.Name, base)
	}
	if c.audience.Name != w.audiences[0].Name {
		base = c.audience.Name + "/" + base
	}
	base = w.path(fmt.Sprintf("outbox/digests/%s/%s", m, base))
	if len(c.audience.Sheets) == 0 {
		return []string{base + ".pdf"}
	}
	return []string{base + ".pdf", base + ".xlsx"}
}
