package pipeline

import (
	"context"
	"path/filepath"

	"duban/pipeline/digest/pdf"
	"duban/pipeline/digest/xlsx"
	"duban/pipeline/durable"
	"duban/pipeline/ledger"
	"duban/pipeline/post"
)

// setting is an edition set: the paper and, where it has one, the book.
type setting struct {
	edition       int64
	title, number string
	paths         []string
	files         []post.File // one a path
}

func (s setting) size() (n int) {
	for _, f := range s.files {
		n += len(f.Bytes)
	}
	return n
}

// setEdition sets an edition from what the ledger keeps of it.
func (w *Workspace) setEdition(ctx context.Context, id int64) (setting, error) {
	e, err := w.Ledger.Edition(ctx, id)
	if err != nil {
		return setting{}, err
	}
	rep, err := w.reportOf(ctx, e)
	if err != nil {
		return setting{}, err
	}
	fonts, err := w.fonts.all()
	if err != nil {
		return setting{}, err
	}
	words, err := w.wording.of(e)
	if err != nil {
		return setting{}, err
	}
	paper, book, err := words.Compose(rep)
	if err != nil {
		return setting{}, err
	}
	set, err := pdf.Write(paper, fonts)
	if err != nil {
		return setting{}, err
	}
	for _, r := range set.Missing {
		w.Log.Warn("字体里没有这个字，印作〓", "字", string(r), "文件", e.NumberText())
	}
	out := setting{edition: id, title: paper.Title, number: rep.Number,
		paths: w.files(w.copyNamed(e.Audience), e.Month, e.N)}
	all := [][]byte{set.Bytes}
	if book != nil {
		sheets, err := xlsx.Write(book)
		if err != nil {
			return setting{}, err
		}
		all = append(all, sheets)
	}
	for i, b := range all {
		out.files = append(out.files, post.File{Name: filepath.Base(out.paths[i]), Bytes: b})
	}
	return out, nil
}

// writeEditions writes the files of editions, when the ledger knows their hashes.
func (w *Workspace) writeEditions(ctx context.Context, sets ...setting) error {
	var papers []ledger.Paper
	var files []durable.File
	for _, set := range sets {
		for i, f := range set.files {
			papers = append(papers, ledger.Paper{Edition: set.edition,
				Name: w.relative(set.paths[i]), SHA256: sum(f.Bytes),
				Size: int64(len(f.Bytes)), Program: Version})
			files = append(files, outFile(set.paths[i], f.Bytes))
		}
	}
	if err := w.Ledger.RecordPapers(ctx, papers...); err != nil {
		return err
	}
	return put(files...)
}

// setSafely is setEdition of a row; a panic in it is that row's error.
func (w *Workspace) setSafely(ctx context.Context, o ledger.Outgoing) (s setting, err error) {
	defer w.caught("排版", o.Key, &err)
	return w.setEdition(ctx, o.Edition)
}
