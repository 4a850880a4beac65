package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"duban/pipeline/ledger"
	"duban/pipeline/sheet"
)

// VerifyManifest says, without a ledger, whether a manifest is what was signed
// and whether the files are those it speaks of. key is the public key as the
// office made it known; "": that of the manifest itself, which then proves only
// that all of it is of one hand.
func VerifyManifest(m Manifest, key string, files []string) ([]Flaw, []PaperProof, error) {
	flaws := []Flaw{}
	if !m.signedRightly() {
		flaws = append(flaws, Flaw{FlawManifest, m.Key,
			"清单的签名不对：清单签发后被改动过，其中所列的都不能作为依据。"})
	}
	if key = strings.ToLower(strings.TrimSpace(key)); key != "" && key != m.PublicKey {
		flaws = append(flaws, Flaw{FlawManifest, m.Key, fmt.Sprintf(
			"清单不是该单位签发的：其公钥是%s，而不是%s。", m.PublicKey, key)})
	}
	papers := []PaperProof{}
	for _, file := range files {
		p, err := m.paper(file)
		if err != nil {
			return flaws, papers, err
		}
		papers = append(papers, p)
	}
	return flaws, papers, nil
}

// paper holds a file against what the manifest says of the edition's files.
func (m Manifest) paper(file string) (PaperProof, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return PaperProof{}, &UserError{What: "文件 " + file + " 读不出", Err: err,
			Fix: "核对文件名后再试。"}
	}
	p := PaperProof{File: file, SHA256: sum(b), Flaws: []Flaw{}, Audience: m.Audience,
		Unit: m.Unit, Month: m.Month, Edition: m.Edition, Number: m.Number}
	p.Unchanged = slices.ContainsFunc(m.Files, func(f ManifestFile) bool {
		return f.SHA256 == p.SHA256
	})
	p.Figures = len(m.Figures)
	var cells []Flaw
	if book, err := sheet.Read(b, sheet.DefaultLimits); err == nil {
		cells = m.bookFlaws(book)
	}
	if !p.Unchanged {
		what := fmt.Sprintf("文件 %s 不是清单所列的文件，或者被改动过：SHA-256不符。", file)
		for _, f := range m.Files {
			if filepath.Ext(f.Name) == filepath.Ext(file) {
				what = fmt.Sprintf("文件 %s 与清单所列的“%s”不同：SHA-256不符（长度%d字节，应为%d字节）。",
					file, f.Name, len(b), f.Size)
			}
		}
		p.flaw(Flaw{FlawPaper, file, what})
	}
	p.flaw(cells...)
	return p, nil
}

// bookFlaws holds the figures of a workbook against the manifest's.
func (m Manifest) bookFlaws(book *sheet.Workbook) []Flaw {
	rows := map[subject]map[string]string{}
	for _, s := range book.Sheets {
		if s.Name == "指标台账" {
			rows = tableOf(s)
		}
	}
	var flaws []Flaw
	for _, f := range m.Figures {
		row, ok := rows[subject{f.ID, f.Unit}]
		if is := row["完成情况"]; ok && !sameNumber(f.Value, is) {
			flaws = append(flaws, Flaw{FlawCell, "指标台账!" + row[""], fmt.Sprintf(
				"%s%s（%s）：清单所列是“%s”，文件的指标台账中是“%s”。", f.ID, f.Name, f.Unit, f.Value, is)})
		}
	}
	return flaws
}

// tableOf reads 指标台账 by its heads: id and unit → head → text. "" is the cell of
// the figure.
func tableOf(s *sheet.Sheet) map[subject]map[string]string {
	heads, rows := map[int]string{}, map[subject]map[string]string{}
	row, at := map[string]string{}, 0
	done := func() {
		if len(heads) > 0 && row["编号"] != "" {
			rows[subject{row["编号"], row["责任单位"]}] = row
		}
	}
	head := 0
	for _, c := range s.Cells {
		if c.Raw == "编号" && len(heads) == 0 {
			head = c.Row
		}
		if c.Row != at {
			done()
			row, at = map[string]string{}, c.Row
		}
		switch {
		case head == 0:
		case c.Row == head:
			heads[c.Col] = c.Raw
		default:
			row[heads[c.Col]] = c.Raw
			if heads[c.Col] == "完成情况" {
				row[""] = c.Address()
			}
		}
	}
	done()
	return rows
}

// sameNumber reports whether a figure and what a workbook shows of it are the
// same: a workbook shows two places.
func sameNumber(figure, shown string) bool {
	a, err := decimal.NewFromString(figure)
	b, fault := decimal.NewFromString(shown)
	if errors.Join(err, fault) != nil {
		return figure == shown
	}
	return a.Sub(b).Abs().LessThanOrEqual(decimal.New(5, -3))
}

// VerifyOwn holds a manifest against the ledger that it says it is of.
func (w *Workspace) VerifyOwn(ctx context.Context, m Manifest) ([]Flaw, error) {
	flaw := func(what string, args ...any) Flaw {
		return Flaw{FlawManifest, m.Key, fmt.Sprintf(what, args...)}
	}
	flaws := []Flaw{}
	link, err := w.Ledger.LinkAt(ctx, m.Links)
	switch {
	case errors.Is(err, ledger.ErrNoRow):
		flaws = append(flaws, flaw("清单签发时哈希链已有%d环，台账中没有这么多：台账被截短过，或不是同一台账。",
			m.Links))
	case err != nil:
		return nil, err
	case link != m.Head:
		flaws = append(flaws, flaw("清单签发时哈希链第%d环是%s，台账中是%s：台账此后被改写过，或不是同一台账。",
			m.Links, shortSum(m.Head), shortSum(link)))
	}
	all, err := w.Ledger.Editions(ctx, 0)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(e ledger.Edition) bool { return e.Key == m.Key })
	if i < 0 {
		return append(flaws, flaw("台账中没有清单所说的那一版通报（%s）。", m.Key)), nil
	}
	e, err := w.Ledger.Edition(ctx, all[i].ID)
	if err != nil {
		return nil, err
	}
	rep, err := w.reportOf(ctx, e)
	if err != nil {
		return nil, err
	}
	if rep.Number != m.Number {
		flaws = append(flaws, flaw("清单的文号是%s，台账中这一版是%s。", m.Number, rep.Number))
	}
	return append(flaws, m.figureFlaws(figuresOf(rep))...), nil
}

// figureFlaws names the figures in which a manifest and its edition differ.
func (m Manifest) figureFlaws(want []ManifestFigure) []Flaw {
	var flaws []Flaw
	said := map[subject]ManifestFigure{}
	for _, f := range m.Figures {
		said[subject{f.ID, f.Unit}] = f
	}
	for _, f := range want {
		is, ok := said[subject{f.ID, f.Unit}]
		if ok && is == f {
			continue
		}
		what := fmt.Sprintf("%s%s（%s）：清单所列是“%s”（%s），台账中这一版是“%s”（%s）。", f.ID, f.Name,
			f.Unit, is.Value, is.Light, f.Value, f.Light)
		if !ok {
			what = fmt.Sprintf("%s%s（%s）：台账中这一版有，清单里没有。", f.ID, f.Name, f.Unit)
		}
		flaws = append(flaws, Flaw{FlawManifest, f.ID + "/" + f.Unit, what})
	}
	return flaws
}
