package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"duban/pipeline/ledger"
	"duban/pipeline/sheet"
)

// PaperProof is what was found of one file that is said to be a digest.
type PaperProof struct {
	File      string `json:"file"`
	SHA256    string `json:"sha256"`
	Unchanged bool   `json:"unchanged"` // its bytes are those that were written
	Audience  string `json:"audience,omitempty"`
	Unit      string `json:"unit,omitempty"`
	Month     string `json:"month,omitempty"`
	Edition   int    `json:"edition,omitempty"`
	Number    string `json:"number,omitempty"`
	Figures   int    `json:"figures"` // of the edition, held against ledger and archive
	Flaws     []Flaw `json:"flaws"`
}

func (p *PaperProof) flaw(f ...Flaw) { p.Flaws = append(p.Flaws, f...) }

// Known reports whether the file is an edition of the ledger, changed or not.
func (p *PaperProof) Known() bool { return p.Edition != 0 }

// VerifyPapers says of each file which edition of the ledger it is, whether it
// is unchanged, and whether each of its figures is right. The chain is proven
// first: what is held against a ledger is worth no more than the ledger.
func (w *Workspace) VerifyPapers(ctx context.Context, files []string) ([]PaperProof,
	LedgerProof, error) {
	v := w.verification()
	if err := v.chain(ctx); err != nil {
		return nil, v.proof, err
	}
	papers := []PaperProof{}
	for _, file := range files {
		p, err := v.paper(ctx, file)
		if err != nil {
			return papers, v.proof, err
		}
		papers = append(papers, *p)
	}
	return papers, v.proof, nil
}

func (v *verification) paper(ctx context.Context, file string) (*PaperProof, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, &UserError{What: "文件 " + file + " 读不出", Err: err, Fix: "核对文件名后再试。"}
	}
	p := &PaperProof{File: file, SHA256: sum(b), Flaws: []Flaw{}}
	same, err := v.Ledger.PapersOf(ctx, p.SHA256)
	if err != nil {
		return nil, err
	}
	var edition int64
	if len(same) > 0 {
		p.Unchanged, edition = true, same[0].Edition
	} else if edition, err = v.recognise(ctx, p, b); err != nil {
		return nil, err
	}
	if edition == 0 {
		p.flaw(Flaw{FlawUnknown, file, "文件 " + file + " 不是本台账的任何一版通报。"})
		return p, nil
	}
	return p, v.describe(ctx, p, edition)
}

// describe says which edition a file is, and holds its figures against ledger
// and archive.
func (v *verification) describe(ctx context.Context, p *PaperProof, edition int64) error {
	e, err := v.Ledger.Edition(ctx, edition)
	if err != nil {
		return err
	}
	c := v.copyNamed(e.Audience)
	p.Audience, p.Month, p.Edition = c.audience.Name, e.Month.String(), e.N
	if c.unit != nil {
		p.Unit = c.unit.Code
	}
	p.Number = numberOf(c.audience, e)
	rep, n, flaws, err := v.editionFlaws(ctx, edition)
	if err != nil || rep == nil {
		p.flaw(flaws...)
		return err
	}
	p.Figures = n
	p.flaw(flaws...)
	seen := map[string]bool{}
	for _, s := range rep.Sources {
		o := v.original(s.SHA256, s.File)
		if o.flaw != nil {
			if !seen[s.SHA256] {
				p.flaw(*o.flaw)
			}
		} else if raw := maskedCell(o, s.Sheet, s.Cell); raw != s.Raw && s.Raw != "" {
			p.flaw(Flaw{FlawFigure, s.ID, fmt.Sprintf(
				"%s（%s）：通报说原件“%s”的%s!%s是“%s”，原件中是“%s”。", s.ID+v.subjectName(s.ID),
				s.Unit, s.File, s.Sheet, s.Cell, s.Raw, raw)})
		}
		seen[s.SHA256] = true
	}
	return nil
}

// candidate is a paper that a changed file may have been.
type candidate struct {
	ledger.Paper
	bytes []byte
	like  float64 // how much of it stands in the file, 0 to 1
}

// recognise finds the paper that a changed file was, and says what differs. It
// is the one that most of the file is; of none so much as half is it none of
// ours.
func (v *verification) recognise(ctx context.Context, p *PaperProof, b []byte) (int64, error) {
	papers, err := v.Ledger.Papers(ctx, 0)
	if err != nil {
		return 0, err
	}
	book, _ := sheet.Read(b, sheet.DefaultLimits) // not a workbook, or a broken one
	var best candidate
	for _, one := range papers {
		if !sameSort(one.Name, b) {
			continue
		}
		c := candidate{Paper: one}
		if c.bytes, err = v.asWritten(ctx, one); err != nil {
			return 0, err
		}
		c.like = likeness(c.bytes, b, book)
		if c.like > best.like {
			best = c
		}
	}
	if best.like < 0.5 {
		return 0, nil
	}
	if book != nil {
		p.flaw(cellFlaws(best, book)...)
	}
	if len(p.Flaws) == 0 {
		p.flaw(Flaw{FlawPaper, p.File, byteWords(p.File, best.bytes, b)})
	}
	return best.Edition, nil
}

// sameSort reports whether a file may be the paper by how its bytes begin.
func sameSort(name string, b []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		return bytes.HasPrefix(b, []byte("%PDF"))
	case ".xlsx":
		return bytes.HasPrefix(b, []byte("PK"))
	}
	return false
}

// asWritten is a paper as it was written: what lies in the outbox, when it is
// still that, else set again; nil where this program sets it otherwise.
func (v *verification) asWritten(ctx context.Context, one ledger.Paper) ([]byte, error) {
	b, err := os.ReadFile(v.path(one.Name))
	if err == nil && sum(b) == one.SHA256 {
		return b, nil
	}
	if v.CanPrint() != nil {
		return nil, nil
	}
	set, err := v.setEdition(ctx, one.Edition)
	if err != nil {
		return nil, nil // the chain says what is wrong with the edition
	}
	for _, f := range set.files {
		if sum(f.Bytes) == one.SHA256 {
			return f.Bytes, nil
		}
	}
	return nil, nil
}

// likeness is how much of a paper stands in a file: of a workbook its cells, of
// anything else what it begins and ends with.
func likeness(was, is []byte, book *sheet.Workbook) float64 {
	if was == nil {
		return 0
	}
	if book != nil {
		old, err := sheet.Read(was, sheet.DefaultLimits)
		if err != nil {
			return 0
		}
		return cellsAlike(cellsOf(old), cellsOf(book))
	}
	head, tail := alike(was, is)
	return float64(head+tail) / float64(max(len(was), len(is)))
}

// alike counts the bytes that two files begin with alike, and of the rest those
// they end with.
func alike(a, b []byte) (head, tail int) {
	n := min(len(a), len(b))
	for head < n && a[head] == b[head] {
		head++
	}
	for tail < n-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return head, tail
}

// byteWords says where the bytes of a file differ from the paper's.
func byteWords(file string, was, is []byte) string {
	head, tail := alike(was, is)
	where := fmt.Sprintf("第%d字节起", head+1)
	if last := len(is) - tail; last > head+1 {
		where = fmt.Sprintf("第%d至%d字节之间", head+1, last)
	} else if last == head+1 {
		where = fmt.Sprintf("第%d字节", head+1)
	}
	what := fmt.Sprintf("文件 %s 被改动过：%s与写出时不同", file, where)
	if d := len(is) - len(was); d != 0 {
		what += fmt.Sprintf("，长度变了%+d字节", d)
	}
	return what + "。"
}
