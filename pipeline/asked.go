package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// Asked names one edition of a month.
type Asked struct {
	Month    plan.Month
	Edition  int    // 0: the latest
	Audience string // "": the supervision office's
	Unit     string // name or code; of an audience with an edition for each unit
}

// asked finds the edition, and what it says.
func (w *Workspace) asked(ctx context.Context, a Asked) (ledger.Edition, *digest.Report, error) {
	name := a.Audience
	if name == "" {
		name = w.audiences[0].Name
	}
	if u := w.Plan.Unit(a.Unit); u != nil && w.each(name) {
		name += "/" + u.Code
	}
	all, err := w.Ledger.Editions(ctx, a.Month)
	if err != nil {
		return ledger.Edition{}, nil, err
	}
	var found ledger.Edition
	var have []string
	for _, e := range all {
		have = append(have, fmt.Sprintf("%s第%d版", e.Audience, e.N))
		if e.Audience == name && (a.Edition == e.N || a.Edition == 0 && e.N > found.N) {
			found = e
		}
	}
	if found.ID == 0 {
		fix := "先用 duban digest --month " + a.Month.String() + " 出通报。"
		if len(have) > 0 {
			fix = "用 --edition、--audience（和 --unit）写明其中一版，有的是：" + strings.Join(have, "、") + "。"
		}
		return found, nil, &UserError{What: a.Month.Chinese() + "没有要查的那一版通报（" + name + "）",
			Fix: fix}
	}
	if found, err = w.Ledger.Edition(ctx, found.ID); err != nil {
		return found, nil, err
	}
	rep, err := w.reportOf(ctx, found)
	return found, rep, err
}

// each reports whether an audience gets an edition for each unit.
func (w *Workspace) each(audience string) bool {
	for _, a := range w.audiences {
		if a.Name == audience {
			return a.Each
		}
	}
	return false
}

// relative is a path of the workspace as path takes it; one outside stays.
func (w *Workspace) relative(path string) string {
	rel, err := filepath.Rel(w.Dir, path)
	if err != nil || !filepath.IsLocal(rel) {
		return path
	}
	return filepath.ToSlash(rel)
}
