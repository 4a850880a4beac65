package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"duban/pipeline/digest"
	"duban/pipeline/digest/pdf"
	"duban/pipeline/digest/xlsx"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// Edition is one edition of a month's digest and its files.
type Edition struct {
	Audience string   `json:"audience"`
	Month    string   `json:"month"`
	Edition  int      `json:"edition"`
	Number   string   `json:"number"`
	Files    []string `json:"files"`
}

// audience is whom the digest is made for.
const audience = "督查考核"

// Digest makes the month's digest, or, when there is one, puts the files of its
// latest edition back as they were: a number is taken once.
func (w *Workspace) Digest(ctx context.Context, m plan.Month) ([]Edition, error) {
	if err := w.inPlan(m); err != nil {
		return nil, err
	}
	if plan.MonthAt(w.Now()) <= m {
		return nil, &UserError{What: m.Chinese() + "还没有过完，不能出通报",
			Fix: "请到" + (m + 1).Chinese() + "再出；要看进展，用 duban status --month " + m.String() + "。"}
	}
	if err := w.CanPrint(); err != nil { // before a number is taken
		return nil, &UserError{What: "通报没有出", Err: err}
	}
	last, err := w.latestEdition(ctx, m)
	if err != nil {
		return nil, err
	}
	if last.N > 0 {
		e, err := w.restore(ctx, last)
		if err != nil {
			return nil, err
		}
		return []Edition{e}, nil
	}
	s, err := w.standing(ctx, m)
	if err != nil {
		return nil, err
	}
	e, err := w.edition(s, w.report(s, m, w.Now()), m, 1)
	if err != nil {
		return nil, err
	}
	made, err := w.Ledger.MakeEdition(ctx, e)
	if err != nil {
		return nil, err
	}
	if err := w.sendOut(ctx); err != nil {
		return nil, err
	}
	return []Edition{w.shown(made)}, nil
}

// CanPrint reports whether the fonts of a digest are at hand.
func (w *Workspace) CanPrint() error {
	if _, err := w.fonts(); err != nil {
		return &UserError{What: "缺少字体", Err: err,
			Fix: "把字体文件放进工作目录的 fonts 文件夹，或在 duban.yaml 的 fonts 里写明。"}
	}
	return nil
}

// restore writes the files of an edition again where they are gone.
func (w *Workspace) restore(ctx context.Context, e ledger.Edition) (Edition, error) {
	shown := w.shown(e)
	for _, f := range shown.Files {
		if _, err := os.Stat(f); errors.Is(err, os.ErrNotExist) {
			return shown, w.sendDigest(ctx, e.ID)
		}
	}
	return shown, nil
}

// latestEdition is the month's last edition; its N is 0 when there is none.
func (w *Workspace) latestEdition(ctx context.Context, m plan.Month) (ledger.Edition, error) {
	all, err := w.Ledger.Editions(ctx, m)
	if err != nil {
		return ledger.Edition{}, err
	}
	var last ledger.Edition
	for _, e := range all {
		if e.Audience == audience && e.N > last.N {
			last = e
		}
	}
	return last, nil
}

// edition is what the ledger keeps of the n-th edition of a month: everything
// it says, and what it was made from.
func (w *Workspace) edition(s standing, rep *digest.Report, m plan.Month, n int) (
	ledger.Edition, error) {
	key := fmt.Sprintf("digest/%s/%s/%d", m, audience, n)
	e := ledger.Edition{
		Key: key, Month: m, Audience: audience, MadeAt: rep.Made(),
		Issuer: w.Config.Digest.Issuer, NumberFrom: w.Config.Digest.LastNumber + 1,
		Inputs:   ledger.Inputs{Program: Version, PlanVersion: w.Plan.Version},
		Outgoing: []ledger.Outgoing{{Key: key, Kind: kindDigest}},
	}
	e.Inputs.More = s.rulings.inputs()
	for _, rd := range s.readings {
		e.Inputs.Files = append(e.Inputs.Files, rd.Delivery.SHA256)
		if rd.ID != 0 {
			e.Inputs.Readings = append(e.Inputs.Readings, rd.ID)
		}
	}
	for _, l := range rep.Lines {
		f, err := judged(s, l, m)
		if err != nil {
			return e, err
		}
		e.Figures = append(e.Figures, f)
	}
	return e, setReport(&e, rep)
}

// setReport keeps what the edition says.
func setReport(e *ledger.Edition, rep *digest.Report) error {
	b, err := json.Marshal(rep)
	e.Report = b
	return err
}

// judged is a line as the ledger keeps it beside the edition.
func judged(s standing, l digest.Line, m plan.Month) (ledger.EditionFigure, error) {
	f := ledger.EditionFigure{Item: l.ID, Unit: l.UnitCode, Light: l.Light, Sentence: l.Sentence}
	for _, x := range []struct {
		to   *plan.Value
		from string
	}{{&f.Value, l.Value}, {&f.Done, l.Done}, {&f.Due, l.DuePercent}} {
		v, err := plan.ParseValue(x.from)
		if err != nil {
			return f, err
		}
		*x.to = v
	}
	if e, ok := s.record.at(l.ID, l.UnitCode, m); ok {
		f.Figure = e.FigureID
	}
	return f, nil
}

// reportOf is what an edition says, with the number the ledger gave it.
func (w *Workspace) reportOf(ctx context.Context, e ledger.Edition) (*digest.Report, error) {
	var rep digest.Report
	if err := json.Unmarshal(e.Report, &rep); err != nil {
		return nil, fmt.Errorf("edition %d: %w", e.ID, err)
	}
	rep.Edition, rep.Number = e.N, e.NumberText()
	if e.Supersedes != 0 {
		before, err := w.Ledger.Edition(ctx, e.Supersedes)
		if err != nil {
			return nil, err
		}
		rep.Previous = before.NumberText()
	}
	return &rep, nil
}

// sendDigest writes the files of an edition.
func (w *Workspace) sendDigest(ctx context.Context, id int64) error {
	e, err := w.Ledger.Edition(ctx, id)
	if err != nil {
		return err
	}
	rep, err := w.reportOf(ctx, e)
	if err != nil {
		return err
	}
	fonts, err := w.fonts()
	if err != nil {
		return err
	}
	paper, book := digest.Compose(rep)
	set, err := pdf.Write(paper, fonts)
	if err != nil {
		return err
	}
	for _, r := range set.Missing {
		w.Log.Warn("字体里没有这个字，印作〓", "字", string(r), "文件", e.NumberText())
	}
	sheets, err := xlsx.Write(book)
	if err != nil {
		return err
	}
	files := w.shown(e).Files
	if err := put(files[0], set.Bytes); err != nil {
		return err
	}
	return put(files[1], sheets)
}

// shown is an edition as commands print it.
func (w *Workspace) shown(e ledger.Edition) Edition {
	base := fmt.Sprintf("outbox/digests/%s/督查通报-%s-第%d版", e.Month, e.Month.Chinese(), e.N)
	return Edition{Audience: e.Audience, Month: e.Month.String(), Edition: e.N,
		Number: e.NumberText(), Files: []string{w.path(base + ".pdf"), w.path(base + ".xlsx")}}
}
