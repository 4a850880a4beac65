package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"duban/pipeline/doctor"
	"duban/pipeline/ledger"
)

// sentFile is a file that the ledger says was written into the outbox, and the
// row that writes it again.
type sentFile struct {
	Path string
	Kind string
	Row  int64
	At   time.Time // written
}

// sentFiles lists the files of every row that was carried out, and the rows.
// Of several rows for one place the last counts: a form that was issued anew.
func (w *Workspace) sentFiles(ctx context.Context) (map[string]sentFile, error) {
	all := map[string]sentFile{}
	err := w.Ledger.Sent(ctx, func(o ledger.Outgoing) error {
		paths, err := w.pathsOf(ctx, o)
		for _, p := range paths {
			all[p] = sentFile{p, o.Kind, o.ID, o.DoneAt}
		}
		return err
	})
	return all, err
}

// pathsOf is where the files of a row stand; a row of mail has none.
func (w *Workspace) pathsOf(ctx context.Context, o ledger.Outgoing) ([]string, error) {
	switch o.Kind {
	case kindReceipt, kindTranscript:
		var say answer
		if o.Kind == kindReceipt {
			if err := json.Unmarshal(o.Body, &say); err != nil {
				return nil, err
			}
		}
		names, err := w.answerNames(ctx, o.Delivery, say.Reading)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.Key, err)
		}
		if o.Kind == kindTranscript {
			return []string{names.transcript}, nil
		}
		return []string{names.xlsx, names.text}, nil
	case kindRefusal:
		var r refusal
		err := json.Unmarshal(o.Body, &r)
		return []string{w.path(r.base() + ".xlsx"), w.path(r.base() + ".txt")}, err
	case kindForm:
		var f issued
		err := json.Unmarshal(o.Body, &f)
		return []string{w.path(f.File)}, err
	case kindDigest:
		e, err := w.Ledger.Edition(ctx, o.Edition)
		return w.files(w.copyNamed(e.Audience), e.Month, e.N), err
	}
	return nil, nil
}

// answerNames is namesOf for a delivery and its reading (0: the first), asking
// the ledger for no more than the names need: there may be thousands.
func (w *Workspace) answerNames(ctx context.Context, delivery, reading int64) (receiptFiles, error) {
	a, err := w.Ledger.Arrival(ctx, delivery)
	if err != nil {
		return receiptFiles{}, err
	}
	if reading != 0 && reading != a.Reading {
		a = decided(a)
	} else {
		reading = a.Reading
	}
	rd, err := w.Ledger.Whose(ctx, reading)
	return w.namesOf(a, rd), err
}

// Mended is what was written again, and what could not be.
type Mended struct {
	Written []string
	Failed  []error
}

// Mend writes what waits, and the files again that the ledger says were written
// and that are not in the outbox. What cannot be written is told; the rest is.
func (w *Workspace) Mend(ctx context.Context) (Mended, error) {
	var m Mended
	if err := w.sendOut(ctx); err != nil {
		m.Failed = append(m.Failed, err)
	}
	sent, err := w.sentFiles(ctx)
	if err != nil {
		return m, err
	}
	gone := map[int64][]string{}
	for path, f := range sent {
		if _, err := os.Lstat(path); doctor.Absent(err) && !w.expired(path, f.At) {
			gone[f.Row] = append(gone[f.Row], path)
		}
	}
	err = w.Ledger.Sent(ctx, func(o ledger.Outgoing) error {
		paths := gone[o.ID]
		if len(paths) == 0 {
			return nil
		}
		if err := w.send(ctx, o); err != nil {
			m.Failed = append(m.Failed, fmt.Errorf("%s：%w", o.Key, err))
			return nil
		}
		m.Written = append(m.Written, paths...)
		return nil
	})
	if err == nil && len(m.Written) > 0 {
		err = w.audit(ctx, "补写", fmt.Sprintf("发件文件夹里缺的%d个文件", len(m.Written)))
	}
	return m, err
}
