package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"duban/pipeline/check"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/receipt"
)

// A panic over one file is that file's verdict and a line of the log, never
// the program's end. What recover cannot catch, see hand.go.

// panicError is a panic met over one file.
type panicError struct{ met any }

func (e *panicError) Error() string { return fmt.Sprintf("程序出错：%v", e.met) }

// caught makes an error of a panic, and logs where it was met.
func (w *Workspace) caught(doing, file string, err *error) {
	if p := recover(); p != nil {
		w.Log.Error(doing+"时程序出错", "file", file, "panic", p, "stack", string(debug.Stack()))
		*err = &panicError{p}
	}
}

// opened is openForm; a panic in it is an error.
func (w *Workspace) opened(ctx context.Context, b []byte, d plan.Delivery, h Handing) (
	j *judgement, err error) {
	defer w.caught("读取", d.Name, &err)
	return w.openForm(ctx, b, d, h)
}

// checked is against; a panic in it is an error.
func (w *Workspace) checked(j *judgement, p past) (err error) {
	defer w.caught("审核", j.delivery.Name, &err)
	j.against(w, p)
	return nil
}

// judge opens a file and checks it against the past.
func (w *Workspace) judge(ctx context.Context, b []byte, d plan.Delivery, h Handing, p past) (
	*judgement, error) {
	j, err := w.opened(ctx, b, d, h)
	if err != nil {
		return nil, err
	}
	return j, w.checked(j, p)
}

// openSafely is opened with a verdict even on a file that makes the program
// fail, or did so before; checkSafely likewise.
func (w *Workspace) openSafely(ctx context.Context, b []byte, d plan.Delivery, h Handing) (
	*judgement, error) {
	if w.hand.poison("file/" + d.SHA256) {
		w.Log.Error("这份文件多次使程序中断，不再读取", "file", d.Name, "sha256", d.SHA256)
		return w.unread(d, h), nil
	}
	j, err := w.opened(ctx, b, d, h)
	if met := (*panicError)(nil); errors.As(err, &met) {
		return w.unread(d, h), nil
	}
	return j, err
}

func (w *Workspace) checkSafely(j *judgement, p past) *judgement {
	if j.submitted == nil || w.checked(j, p) == nil {
		return j
	}
	s := j.submitted
	return w.unread(j.delivery, Handing{Unit: s.ChannelUnit, Month: s.WantMonth, Opening: j.opening})
}

// unread is the verdict on a file that made the program itself fail.
func (w *Workspace) unread(d plan.Delivery, h Handing) *judgement {
	s := &check.Submission{Plan: w.Plan.In(h.Month), ChannelUnit: h.Unit, Unit: h.Unit, Month: h.Month,
		Opening: h.Opening, Unreadable: &check.Fault{Code: "internal"}}
	return &judgement{Result: check.Run(s), unit: h.Unit, month: h.Month, opening: h.Opening,
		delivery: d, channel: h.Unit}
}

// receiptWritten is the receipt; where the sender's own copy makes the program fail,
// or did so before, it is a list of its own.
func (w *Workspace) receiptWritten(r *receipt.Receipt) (xlsx []byte, text string, err error) {
	if w.hand.poison("receipt/" + r.Delivery.SHA256) {
		w.Log.Error("这份文件多次使程序中断，回执不带原件", "file", r.OriginalName)
		r.Readable = false
	}
	xlsx, text, err = w.writtenOnce(r)
	if met := (*panicError)(nil); errors.As(err, &met) && r.Readable {
		r.Readable = false
		return w.writtenOnce(r)
	}
	return xlsx, text, err
}

func (w *Workspace) writtenOnce(r *receipt.Receipt) (xlsx []byte, text string, err error) {
	defer w.caught("写回执", r.OriginalName, &err)
	return w.write(r)
}

// filesSafely is filesOf; a panic in it is that row's error.
func (w *Workspace) filesSafely(ctx context.Context, o ledger.Outgoing) (files outFiles,
	err error) {
	defer w.caught("发出", o.Key, &err)
	return w.filesOf(ctx, o)
}
