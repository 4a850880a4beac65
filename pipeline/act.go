package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"duban/pipeline/form"
	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// Act is who does something on the office's behalf, why, and by which document.
type Act struct {
	By       string // 姓名; "": whoever runs the program
	Why      string // 理由
	Document string // 文号
}

// Plain is the act as it is kept and printed: its words stand in receipts, papers
// and the audit log, each on one line, with nothing unseen in it and no personal
// number.
func (a Act) Plain() Act {
	plain := func(s string) string {
		s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
		return plan.Mask(form.Clean(s))
	}
	return Act{plain(a.By), plain(a.Why), plain(a.Document)}
}

// need makes an act plain, and refuses one that does not say what it must.
func (a *Act) need(document bool) error {
	*a = a.Plain()
	for _, x := range []struct{ flag, what, value string }{
		{"--by", "由谁决定（姓名）", a.By}, {"--why", "理由", a.Why},
		{"--document", "依据的文号", a.Document},
	} {
		if strings.TrimSpace(x.value) == "" && (document || x.flag != "--document") {
			return &UserError{What: "没有写明" + x.what, Fix: "用 " + x.flag + " 写明后再试。"}
		}
	}
	return nil
}

// As is the workspace in the hands of someone: who and why stand in the audit
// log of what is done with it.
func (w *Workspace) As(a Act) *Workspace {
	c := *w
	a = a.Plain()
	if a.By != "" {
		c.operator = a.By
	}
	c.reason = a.Why
	return &c
}

// audit notes an act of whoever runs the program.
func (w *Workspace) audit(ctx context.Context, act, detail string) error {
	a := w.ownAct(act, detail)
	return w.Ledger.Audit(ctx, a.Who, a.Act, a.Detail)
}

// ownAct is an act of whoever runs the program.
func (w *Workspace) ownAct(act, detail string) ledger.Act {
	if w.reason != "" {
		detail += "：" + w.reason
	}
	return ledger.Act{Who: w.operator, Act: act, Detail: detail}
}

// openingAct notes what came of opening figures, which no month reports: who
// handed them in at the counter, or the channel they came by; nil for other files.
func (w *Workspace) openingAct(f *inHand) *ledger.Act {
	rd, d := f.reading, f.delivery
	if !rd.Opening {
		return nil
	}
	a := w.ownAct("期初", fmt.Sprintf("收%s期初数 %s（%s）", rd.Month.Chinese(),
		plan.Mask(d.Name), rd.State))
	if d.Channel != intake.ByCounter {
		a.Who = cmp.Or(w.unitName(d.Sender), d.Channel)
	}
	return &a
}

// AuditLine is one act of an administrator, or of the clock.
type AuditLine struct {
	At     string `json:"at"`
	Who    string `json:"who"`
	Act    string `json:"act"`
	Detail string `json:"detail"`
}

// Acts lists the audit log, the oldest first.
func (w *Workspace) Acts(ctx context.Context) ([]AuditLine, error) {
	acts, err := w.Ledger.Acts(ctx)
	if err != nil {
		return nil, err
	}
	lines := []AuditLine{}
	for _, a := range acts {
		lines = append(lines, AuditLine{stamp(a.At), a.Who, a.Act, a.Detail})
	}
	return lines, nil
}
