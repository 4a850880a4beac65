package pipeline

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

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

// editionsAtOnce is how many editions are written together: more than a month
// has, and few enough to be held in memory.
const editionsAtOnce = 40

// sendEditions carries out rows of editions. Those that can be set are written
// and noted together, which saves a disk most of its flushes; where that fails,
// each is written alone.
func (w *Workspace) sendEditions(ctx context.Context, rows []ledger.Outgoing) error {
	next, stop := w.setAhead(ctx, rows)
	defer stop()
	var faults []error
	for part := range slices.Chunk(rows, editionsAtOnce) {
		var ready []ledger.Outgoing
		var sets []setting
		for _, o := range part {
			set, err := next(ctx, o.Edition)
			if err == nil {
				ready, sets = append(ready, o), append(sets, set)
				continue
			}
			fault, err := w.noted(ctx, err, o)
			if faults = append(faults, fault); err != nil {
				return errors.Join(append(faults, err)...)
			}
		}
		fault, err := written(ctx, w, ready, sets, func(all ...setting) error {
			return w.writeEditions(ctx, all...)
		})
		if faults = append(faults, fault); err != nil {
			return errors.Join(append(faults, err)...)
		}
	}
	return errors.Join(faults...)
}

// setter gives an edition set.
type setter func(ctx context.Context, edition int64) (setting, error)

// setAhead sets the editions that go out, on all processors. The setter it gives
// must be asked for each of them, in their order; at most two a processor are
// held that were not asked for yet. Nothing is set any more once stop returns.
func (w *Workspace) setAhead(ctx context.Context, rows []ledger.Outgoing) (
	_ setter, stop func()) {
	type result struct {
		setting
		err error
	}
	set := map[int64]chan result{}
	for _, o := range rows {
		set[o.Edition] = make(chan result, 1)
	}
	ctx, cancel := context.WithCancel(ctx)
	next, room := make(chan ledger.Outgoing), make(chan struct{}, 2*runtime.GOMAXPROCS(0))
	var workers sync.WaitGroup
	workers.Go(func() {
		defer close(next)
		for _, o := range rows {
			select {
			case room <- struct{}{}:
				next <- o
			case <-ctx.Done():
				return
			}
		}
	})
	for range min(runtime.GOMAXPROCS(0), len(rows)) {
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
