package pipeline

import (
	"context"
	"fmt"
	"strings"
	"time"

	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// TraceEdition finds where a figure came from as an edition says it, whatever
// stands by now.
func (w *Workspace) TraceEdition(ctx context.Context, a Asked, id string, unit *plan.Unit) (
	*Trace, error) {
	e, rep, err := w.asked(ctx, a)
	if err != nil {
		return nil, err
	}
	l, err := lineOf(rep, id, unit)
	if err != nil {
		return nil, err
	}
	t := &Trace{Indicator: l.ID, Name: l.Name, Month: rep.Month, State: l.State, Unit: l.UnitCode,
		Value: orNil(l)}
	var reading int64
	var versions []ledger.Version
	if l.Source > 0 && l.Source <= len(rep.Sources) {
		s := rep.Sources[l.Source-1]
		m, err := plan.ParseMonth(s.Month)
		if err != nil {
			return nil, err
		}
		if versions, err = w.Ledger.Trace(ctx, m, l.ID, l.UnitCode); err != nil {
			return nil, err
		}
		t.Month, t.File, t.SHA256, t.Archive = s.Month, s.File, s.SHA256, w.kept(s.SHA256)
		t.Sheet, t.Cell, t.Raw = s.Sheet, s.Cell, s.Raw
		t.Sender, t.Channel, t.ReceivedAt = s.Sender, s.Channel, s.ReceivedAt
		for _, v := range versions {
			if v.SHA256 == s.SHA256 && reading == 0 {
				reading = v.Reading
			}
		}
	}
	t.Edition = &TraceEdition{rep.Audience.Name, e.N, rep.Number, stamp(e.MadeAt)}
	return t, w.enrich(ctx, t, l, reading, versions)
}

func orNil(l digest.Line) any {
	switch {
	case l.Progress != "":
		return l.Progress
	case l.Value != "":
		return jsonNumber(l.Value)
	}
	return nil
}

// lineOf is the one line of a report about a subject.
func lineOf(rep *digest.Report, id string, unit *plan.Unit) (digest.Line, error) {
	var found []digest.Line
	for _, l := range rep.Lines {
		if l.ID == id && (unit == nil || l.UnitCode == unit.Code) {
			found = append(found, l)
		}
	}
	for _, x := range rep.Works {
		if x.Item == id && (unit == nil || x.UnitCode == unit.Code) {
			found = append(found, digest.Line{ID: x.Item, Name: x.Title, Unit: x.Unit,
				UnitCode: x.UnitCode, State: x.State, Progress: x.Progress, Source: x.Source})
		}
	}
	switch len(found) {
	case 0:
		return digest.Line{}, &UserError{What: "这一版通报没有列" + id,
			Fix: "核对编号；给别的受众的那一版，用 --audience 写明。"}
	case 1:
		return found[0], nil
	}
	var names strings.Builder
	for _, l := range found {
		names.WriteString("、" + l.Unit)
	}
	return digest.Line{}, &UserError{What: id + "由多家单位报送：" + names.String()[len("、"):],
		Fix: "用 --unit 写明查哪一家。"}
}

// lineNow judges one subject as things stand.
func (w *Workspace) lineNow(ctx context.Context, m plan.Month, ind *plan.Indicator,
	u *plan.Unit) (digest.Line, error) {
	if ind == nil || u == nil {
		return digest.Line{}, nil
	}
	s, err := w.standing(ctx, m)
	if err != nil {
		return digest.Line{}, err
	}
	g := gathering{w: w, r: s.record, month: m, report: &digest.Report{}, findings: s.queries(),
		words: s.words}
	g.indicator(ind.Item, ind, u)
	return g.report.Lines[0], nil
}

// enrich adds what was made of a figure, and what was said of it.
func (w *Workspace) enrich(ctx context.Context, t *Trace, l digest.Line, reading int64,
	versions []ledger.Version) error {
	t.Light, t.Rule = l.LightWord, l.Rule
	t.Findings, t.Explanations, t.Versions = []string{}, []string{}, []Reported{}
	var from plan.Figure
	for _, v := range versions {
		if v.Unit != t.Unit {
			continue
		}
		if v.Reading == reading {
			from = v.Figure
		}
		t.Versions = append(t.Versions, Reported{File: plan.Mask(v.FileName), SHA256: v.SHA256,
			Sheet: v.Sheet, Cell: v.Cell, Raw: plan.Mask(v.Raw), Says: figureSays(v.Figure),
			ReceivedAt: v.ReceivedAt.Format(time.RFC3339), Counts: v.Counts, Accepted: v.Accepted})
	}
	t.Computed = computed(l, from, t)
	if reading == 0 {
		return nil
	}
	rd, err := w.Ledger.Reading(ctx, reading)
	if err != nil {
		return err
	}
	for _, f := range rd.Findings {
		if f.Indicator == t.Indicator {
			t.Findings = append(t.Findings, fmt.Sprintf("%s：%s（%s）", f.Severity.Chinese(),
				plan.Mask(f.Message), f.Code))
		}
	}
	for _, x := range rd.Explanations {
		if x.Item == t.Indicator && x.Unit == t.Unit {
			t.Explanations = append(t.Explanations, plan.Mask(x.Text)+"（"+x.Rule+"）")
		}
	}
	return nil
}
