package pipeline

import (
	"context"
	"path/filepath"
	"runtime"
	"sync"

	"duban/pipeline/digest/pdf"
	"duban/pipeline/digest/xlsx"
	"duban/pipeline/ledger"
	"duban/pipeline/post"
)

// setting is an edition set: the paper and, where it has one, the book.
type setting struct {
	title, number string
	paths         []string
	files         []post.File // one a path
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
	fonts, err := w.fonts()
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
	out := setting{title: paper.Title, number: rep.Number,
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

// sendDigest writes the files of an edition, when the ledger knows their hashes.
func (w *Workspace) sendDigest(ctx context.Context, id int64, setter setter) error {
	set, err := setter(ctx, id)
	if err != nil {
		return err
	}
	var papers []ledger.Paper
	for i, f := range set.files {
		papers = append(papers, ledger.Paper{Edition: id, Name: w.relative(set.paths[i]),
			SHA256: sum(f.Bytes), Size: int64(len(f.Bytes)), Program: Version})
	}
	if err := w.Ledger.RecordPapers(ctx, papers...); err != nil {
		return err
	}
	for i, f := range set.files {
		if err := put(set.paths[i], f.Bytes); err != nil {
			return err
		}
	}
	return nil
}

// setter gives an edition set.
type setter func(ctx context.Context, edition int64) (setting, error)

// setAhead sets the editions that go out, on all processors, while earlier ones
// are written. The setter it gives must be asked for each of them, in their
// order; at most two a processor are held that were not asked for yet. Nothing
// is set any more once stop returns.
func (w *Workspace) setAhead(ctx context.Context, rows []ledger.Outgoing) (_ setter, stop func()) {
	type result struct {
		setting
		err error
	}
	var going []ledger.Outgoing
	set := map[int64]chan result{}
	for _, o := range rows {
		if o.Kind == kindDigest {
			going = append(going, o)
			set[o.Edition] = make(chan result, 1)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	next, room := make(chan ledger.Outgoing), make(chan struct{}, 2*runtime.GOMAXPROCS(0))
	var workers sync.WaitGroup
	workers.Go(func() {
		defer close(next)
		for _, o := range going {
			select {
			case room <- struct{}{}:
				next <- o
			case <-ctx.Done():
				return
			}
		}
	})
	for range min(runtime.GOMAXPROCS(0), len(going)) {
		workers.Go(func() {
			for o := range next {
				var r result
				r.setting, r.err = w.setSafely(ctx, o)
				set[o.Edition] <- r
			}
		})
	}
	return func(ctx context.Context, edition int64) (setting, error) {
			select {
			case r := <-set[edition]:
				<-room
				return r.setting, r.err
			case <-ctx.Done():
				return setting{}, ctx.Err()
			}
		}, func() {
			cancel()
			workers.Wait()
		}
}

// setSafely is setEdition of a row; a panic in it is that row's error.
func (w *Workspace) setSafely(ctx context.Context, o ledger.Outgoing) (s setting, err error) {
	defer w.caught("排版", o.Key, &err)
	return w.setEdition(ctx, o.Edition)
}
