package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"duban/pipeline/ledger"
)

// The rules this file keeps:
//
//   - A row that fails is kept and tried again after a while; the others go on.
//   - Rows are made side by side, written together and noted in one transaction,
//     which saves a disk most of its flushes; where that fails, each is written
//     alone. A kill in between makes them once more, the same bytes.

// What is written and noted together: so many rows, or so many bytes.
const (
	rowsAtOnce  = 64
	bytesAtOnce = 4 << 20
)

// sendOut carries out every row that waits.
func (w *Workspace) sendOut(ctx context.Context) error {
	w.sending.Lock() // else the tick would write what the sweep is writing
	defer w.sending.Unlock()
	rows, err := w.Ledger.Outgoing(ctx)
	if err != nil {
		return err
	}
	var files, editions []ledger.Outgoing
	defer w.hand.lay(inReceipt)
	for _, o := range rows {
		switch o.Kind {
		case kindMail: // sendMail's: a dead server holds up no file
		case kindDigest:
			editions = append(editions, o)
		default:
			files = append(files, o)
		}
	}
	return errors.Join(
		carryOut(ctx, w, files, w.hands(), w.filesSafely, func(all ...outFiles) error {
			return put(slices.Concat(all...)...)
		}),
		carryOut(ctx, w, editions, runtime.GOMAXPROCS(0), w.setSafely, func(all ...setting) error {
			return w.writeEditions(ctx, all...)
		}))
}

// made is what was made of a row.
type made[T any] struct {
	what T
	why  error // there is none
}

// carryOut makes what some rows ask for and writes it; while some are written,
// the next are made.
func carryOut[T interface{ size() int }](ctx context.Context, w *Workspace, rows []ledger.Outgoing,
	workers int, make func(context.Context, ledger.Outgoing) (T, error),
	write func(...T) error) error {
	next, stop := ahead(rows, workers, 2*workers, func(o ledger.Outgoing) (m made[T], big bool) {
		m.what, m.why = make(ctx, o)
		return m, false
	})
	defer stop()
	var faults []error
	var ready []ledger.Outgoing
	var all []T
	size := 0
	for i, o := range rows {
		if m := next(); m.why != nil {
			fault, err := w.noted(ctx, m.why, o)
			if faults = append(faults, fault); err != nil {
				return errors.Join(append(faults, err)...)
			}
		} else {
			ready, all, size = append(ready, o), append(all, m.what), size+m.what.size()
		}
		if len(ready) < rowsAtOnce && size < bytesAtOnce && i < len(rows)-1 {
			continue
		}
		fault, err := written(ctx, w, ready, all, write)
		if faults = append(faults, fault); err != nil {
			return errors.Join(append(faults, err)...)
		}
		ready, all, size = nil, nil, 0
	}
	return errors.Join(faults...)
}

// written writes what was made of rows, together or else each alone, and notes
// what came of it. err is the ledger's: then there is no sense in going on.
func written[T any](ctx context.Context, w *Workspace, rows []ledger.Outgoing, made []T,
	write func(...T) error) (fault, err error) {
	if len(rows) == 0 {
		return nil, nil
	}
	if write(made...) == nil {
		return w.noted(ctx, nil, rows...)
	}
	var faults []error
	for i, o := range rows {
		fault, err := w.noted(ctx, write(made[i]), o)
		if faults = append(faults, fault); err != nil {
			return errors.Join(faults...), err
		}
	}
	return errors.Join(faults...), nil
}

// noted notes in the ledger that rows were carried out, or that one was not and
// why: that is the fault; err is the ledger's.
func (w *Workspace) noted(ctx context.Context, why error, rows ...ledger.Outgoing) (fault, err error) {
	keys := make([]string, len(rows))
	for i, o := range rows {
		keys[i] = o.Key
		if why != nil {
			wait := time.Minute << min(o.Attempts, 6)
			return fmt.Errorf("%s: %w", o.Key, why), w.Ledger.Fail(ctx, o.Key, why, w.Now().Add(wait))
		}
	}
	if err := w.Ledger.Settle(ctx, keys...); err != nil {
		return nil, err
	}
	for _, o := range rows {
		w.stage(ctx, stageAnswered, "key", o.Key, "kind", o.Kind, "delivery", o.Delivery)
	}
	return nil, nil
}

// send carries out one row, whatever it is, and notes nothing.
func (w *Workspace) send(ctx context.Context, o ledger.Outgoing) error {
	if o.Kind == kindDigest {
		set, err := w.setSafely(ctx, o)
		if err != nil {
			return err
		}
		return w.writeEditions(ctx, set)
	}
	files, err := w.filesSafely(ctx, o)
	if err != nil {
		return err
	}
	return put(files...)
}
