package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// source is what leads from an edition to a figure of the ledger.
type source struct{ id, unit, month, sha string }

// entries are all figures of the ledger by what an edition says of them; a month
// that was run again has several of one cell.
func (v *verification) entries(ctx context.Context) (map[source][]ledger.Entry, error) {
	if v.sources != nil {
		return v.sources, nil
	}
	all, err := v.Ledger.EveryFigure(ctx)
	v.sources = map[source][]ledger.Entry{}
	for _, e := range all {
		k := source{e.ID, e.Unit, e.Month.String(), e.SHA256}
		v.sources[k] = append(v.sources[k], e)
	}
	return v.sources, err
}

// editionFlaws holds what an edition says against the ledger: its lines against
// what was noted of them when it was made, and each figure against the figure
// it came from. It gives the edition's report, and how many figures it has.
func (v *verification) editionFlaws(ctx context.Context, id int64) (*digest.Report, int,
	[]Flaw, error) {
	e, err := v.Ledger.Edition(ctx, id)
	if err != nil {
		return nil, 0, nil, err
	}
	rep, err := v.reportOf(ctx, e)
	if err != nil {
		return nil, 0, []Flaw{{FlawEdition, e.Key, editionName(e) + "的内容读不出：" +
			err.Error() + "。"}}, nil
	}
	noted, err := v.Ledger.EditionFigures(ctx, id)
	if err != nil {
		return nil, 0, nil, err
	}
	entries, err := v.entries(ctx)
	if err != nil {
		return nil, 0, nil, err
	}
	var flaws []Flaw
	if len(noted) != len(rep.Lines) {
		flaws = append(flaws, Flaw{FlawEdition, e.Key, fmt.Sprintf(
			"%s的内容有%d项数据，而台账为它记了%d项。", editionName(e), len(rep.Lines), len(noted))})
	}
	n := 0
	for i, l := range rep.Lines {
		if i < len(noted) && !saidSo(l, noted[i]) {
			flaws = append(flaws, Flaw{FlawEdition, e.Key + "/" + l.ID + "/" + l.UnitCode,
				fmt.Sprintf("%s的内容说%s是%s（%s），而台账为它记的是%s（%s）。", editionName(e),
					lineName(l), orNone(l.Value), l.LightWord, orNone(noted[i].Value.String()),
					assess.Light(noted[i].Light).Chinese())})
		}
		if l.Source == 0 || l.Source > len(rep.Sources) {
			continue
		}
		n++
		s := rep.Sources[l.Source-1]
		what := lineFlaw(l, s, entries[source{l.ID, l.UnitCode, s.Month, s.SHA256}])
		if what != "" {
			flaws = append(flaws, Flaw{FlawEdition, e.Key + "/" + l.ID + "/" + l.UnitCode,
				editionName(e) + "的" + lineName(l) + what})
		}
	}
	return rep, n, flaws, nil
}

// saidSo reports whether a line is what was noted of it.
func saidSo(l digest.Line, f ledger.EditionFigure) bool {
	return l.ID == f.Item && l.UnitCode == f.Unit && l.Value == f.Value.String() &&
		l.Done == f.Done.String() && l.DuePercent == f.Due.String() && l.Light == f.Light &&
		l.Sentence == f.Sentence
}

// lineFlaw holds a line against the figures that are said to have brought it; ""
// where one of them did.
func lineFlaw(l digest.Line, s digest.Source, entries []ledger.Entry) string {
	what := "出自报送件“" + s.File + "”，台账里没有这一项数据。"
	for _, e := range entries {
		if what = entryFlaw(l, s, e); what == "" {
			break
		}
	}
	return what
}

func entryFlaw(l digest.Line, s digest.Source, e ledger.Entry) string {
	if e.Sheet != s.Sheet || e.Cell != s.Cell || plan.Mask(e.Raw) != s.Raw {
		return fmt.Sprintf("出自%s!%s（原值“%s”），而台账记的是%s!%s（原值“%s”）。", s.Sheet, s.Cell,
			s.Raw, e.Sheet, e.Cell, plan.Mask(e.Raw))
	}
	value := assess.Value(&plan.Indicator{Kind: plan.Kind(l.Kind)}, e.Figure)
	if e.State == plan.Reported && value.Known() && value.String() != l.Value {
		return fmt.Sprintf("是%s，而台账记的是%s。", orNone(l.Value), value)
	}
	return ""
}

// lineName is T01-1城镇新增就业（区人社局）.
func lineName(l digest.Line) string {
	if l.Unit == "" {
		return l.ID + l.Name
	}
	return l.ID + l.Name + "（" + l.Unit + "）"
}

func editionName(e ledger.Edition) string {
	return fmt.Sprintf("%s通报（%s，第%d版）", e.Month.Chinese(), e.Audience, e.N)
}

// orNone is a value, or says that there is none.
func orNone(value string) string {
	if value == "" {
		return "未知"
	}
	return value
}

// outbox holds the papers that lie where they were written against their noted
// hashes. One that was moved away is no flaw.
func (v *verification) outbox(ctx context.Context) error {
	papers, err := v.Ledger.Papers(ctx, 0)
	if err != nil {
		return err
	}
	noted := map[string][]ledger.Paper{}
	var names []string
	for _, p := range papers {
		if len(noted[p.Name]) == 0 {
			names = append(names, p.Name)
		}
		noted[p.Name] = append(noted[p.Name], p)
	}
	for _, name := range names {
		b, err := os.ReadFile(v.path(name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		v.proof.Papers++
		if !wasWritten(noted[name], b) {
			v.flaw(Flaw{FlawPaper, name, "发件箱中的通报文件 " + name +
				" 被改动过，与写出时的SHA-256不符；用 duban verify " + name + " 看改了哪里。"})
		}
	}
	return nil
}

func wasWritten(papers []ledger.Paper, b []byte) bool {
	for _, p := range papers {
		if p.SHA256 == sum(b) {
			return true
		}
	}
	return false
}
