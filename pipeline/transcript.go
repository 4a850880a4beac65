package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"duban/pipeline/check"
	"duban/pipeline/form"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// kindTranscript is a fresh form filled with what could be told of a mangled one
// (代转抄); its body is the workbook. It lies beside the receipt.
const kindTranscript = "transcript"

// transcript is what goes back beside the receipt.
type transcript struct {
	xlsx    []byte
	remarks []string // for the receipt
}

// transcribe copies a form that is old, mangled or without a good token onto a
// fresh current one; nil where none is called for. A token is only signed for
// a unit that a good token or the channel vouches for: what a sheet says of
// itself is no proof.
func (b *batch) transcribe(ctx context.Context, file []byte, j *judgement) (*transcript, error) {
	w := b.w
	if j.filled == nil || !j.vouched() || w.inPlan(j.month) != nil || !said(j.filled) {
		return nil, nil
	}
	last, err := b.issued(ctx, j.unitCode(), j.month)
	if err != nil {
		return nil, err
	}
	why := w.whyTranscribe(file, j, last)
	if len(why) == 0 {
		return nil, nil
	}
	fresh, err := w.freshForm(ctx, j, last)
	if err != nil {
		return nil, err
	}
	xlsx, left, err := form.Transcribe(fresh, w.key, j.filled)
	if err != nil {
		return nil, err
	}
	t := &transcript{xlsx: xlsx, remarks: []string{"报来的表" + strings.Join(why, "、") +
		"，能认出的内容已代转抄到一份新的填报表（“代转抄”文件），核对后可直接报送。"}}
	out, look := 0, 0
	for _, l := range left {
		if l.Put {
			look++
		} else {
			out++
		}
	}
	if out+look > 0 {
		t.remarks = append(t.remarks, fmt.Sprintf(
			"其中没有抄入%d处、抄入后要核对%d处，列在该文件的“%s”里。", out, look, form.SheetLeftover))
	}
	return t, nil
}

// vouched reports whether somebody other than the sheet says whose it is.
func (j *judgement) vouched() bool {
	if j.month == 0 || j.unit == nil && !j.opening {
		return false
	}
	if j.token.State == check.TokenGood {
		return j.State != plan.Quarantined
	}
	shown := j.filled.UnitShown.Text
	return !j.opening && j.channel != nil && j.channel == j.unit &&
		(shown == "" || j.channel.Is(shown))
}

// said reports whether anything was filled in.
func said(f *form.Filled) bool {
	for _, e := range f.Entries {
		for _, c := range e.Cells {
			if !c.Blank() && c.Text != string(plan.NotDue) {
				return true
			}
		}
	}
	return false
}

// whyTranscribe says why a form is better copied; none: it is as issued.
func (w *Workspace) whyTranscribe(b []byte, j *judgement, last ledger.Issue) []string {
	var why []string
	switch {
	case j.token.State == check.TokenMissing:
		why = append(why, "没有填报表标识")
	case j.token.State != check.TokenGood:
		why = append(why, "填报表标识被改动")
	case w.outdated(j):
		why = append(why, "是按旧的实施方案下发的")
	case j.token.Issue < last.Number:
		why = append(why, fmt.Sprintf("是第%d次下发的旧表", j.token.Issue))
	}
	if !bytes.HasPrefix(b, []byte("PK")) {
		why = append(why, "是旧版（.xls/.et）格式")
	}
	return append(why, j.filled.Changed...)
}

// freshForm is the form as it would be issued now, under the number it was
// last issued by.
func (w *Workspace) freshForm(ctx context.Context, j *judgement, last ledger.Issue) (
	*form.Form, error) {
	f := &form.Form{Plan: w.Plan.In(j.month), Unit: j.unit, Month: j.month, Opening: j.opening,
		Office: w.Config.Office, Issue: max(1, last.Number), IssuedAt: dayOf(w.Now())}
	if last.Number > 0 {
		f.IssuedAt = dayOf(last.At)
	}
	f.Words = w.wording.form
	var err error
	if j.opening {
		f.Unit = nil
		f.Rows, err = w.OpeningRows(ctx, j.month)
		return f, err
	}
	if f.Deadline, err = w.Deadline(j.month); err != nil {
		return nil, err
	}
	f.Adjusted = w.adjustedFor(j.unit, j.month)
	f.Rows = w.rows(j.past.record, j.unit, j.month)
	return f, nil
}

// transcribeSafely never holds a file up: without a transcript the receipt
// stands alone.
func (b *batch) transcribeSafely(ctx context.Context, file []byte, j *judgement) (t *transcript) {
	w := b.w
	defer func() {
		if p := recover(); p != nil {
			w.Log.Error("代转抄时程序出错", "panic", p)
			t = nil
		}
	}()
	t, err := b.transcribe(ctx, file, j)
	if err != nil {
		w.Log.Error("代转抄没有做成", "err", err)
		return nil
	}
	return t
}

// answerOf is what goes out for a judgement: the receipt, and the transcript.
func answerOf(claim string, j *judgement, t *transcript) ([]ledger.Outgoing, error) {
	body, err := json.Marshal(answerTo(j, t))
	if err != nil {
		return nil, err
	}
	out := []ledger.Outgoing{{Key: "receipt/" + claim, Kind: kindReceipt, Body: body}}
	if t != nil {
		out = append(out, ledger.Outgoing{Key: "transcript/" + claim, Kind: kindTranscript,
			Body: t.xlsx})
	}
	return out, nil
}

// answerTo is what the receipt says beyond the ledger's reading.
func answerTo(j *judgement, t *transcript) answer {
	say := answer{Missing: j.missing, Readable: j.readable, Remarks: j.remarks}
	if j.month != 0 && !j.opening {
		say.Due = j.past.rulings.due(j.unitCode())
	}
	if t != nil {
		say.Remarks = append(slices.Clone(j.remarks), t.remarks...)
	}
	return say
}

func (w *Workspace) transcriptFile(ctx context.Context, o ledger.Outgoing) (outFiles, error) {
	a, rd, err := w.arrival(ctx, o.Delivery)
	if err != nil {
		return nil, err
	}
	return outFiles{outFile(w.namesOf(a, rd).transcript, o.Body)}, nil
}
