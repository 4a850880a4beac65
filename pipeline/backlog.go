package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"duban/pipeline/ledger"
)

// Waiting is one row that has not gone out.
type Waiting struct {
	Number  int64  `json:"number"`
	Kind    string `json:"kind"`
	What    string `json:"what"`
	To      string `json:"to,omitempty"` // of a mail
	State   string `json:"state"`        // 待发, 稍后再试, 已停发
	Tries   int    `json:"tries"`
	Why     string `json:"why,omitempty"` // of the last failure
	Since   string `json:"since"`
	NextTry string `json:"next_try,omitempty"`
}

// The states of a row that has not gone out.
const (
	waitsNow   = "待发"
	waitsLater = "稍后再试"
	givenUp    = "已停发"
)

// Backlog lists what has not gone out, in the order in which it was queued.
func (w *Workspace) Backlog(ctx context.Context) ([]Waiting, error) {
	rows, err := w.Ledger.Backlog(ctx)
	if err != nil {
		return nil, err
	}
	all := []Waiting{}
	for _, o := range rows {
		all = append(all, w.waiting(o))
	}
	return all, nil
}

func (w *Workspace) waiting(o ledger.Outgoing) Waiting {
	x := Waiting{Number: o.ID, Kind: o.Kind, What: o.Key, Tries: o.Attempts, Why: o.LastError,
		Since: stamp(o.MadeAt), State: waitsNow}
	switch {
	case !o.GivenUpAt.IsZero():
		x.State = givenUp
	case o.NextTry.After(w.Now()):
		x.State, x.NextTry = waitsLater, stamp(o.NextTry)
	}
	var l letterOut
	if o.Kind == kindMail && json.Unmarshal(o.Body, &l) == nil {
		x.To = l.To
	}
	return x
}

// Unsent counts the mail that waits, and how much of it is not tried any more.
func (w *Workspace) Unsent(ctx context.Context) (waits, stopped int, err error) {
	rows, err := w.Ledger.Backlog(ctx)
	for _, o := range rows {
		if o.Kind != kindMail {
			continue
		}
		waits++
		if !o.GivenUpAt.IsZero() {
			stopped++
		}
	}
	return waits, stopped, err
}

// Retry lets rows be tried again at once: those with the numbers, or all that
// have failed. It says how many.
func (w *Workspace) Retry(ctx context.Context, numbers ...int64) (int, error) {
	if len(numbers) == 0 {
		rows, err := w.Ledger.Backlog(ctx)
		if err != nil {
			return 0, err
		}
		for _, o := range rows {
			if o.Attempts > 0 {
				numbers = append(numbers, o.ID)
			}
		}
	}
	err := w.Ledger.Retry(ctx, numbers...)
	if errors.Is(err, ledger.ErrNoRow) {
		return 0, &UserError{What: "写的编号里有不在待发之列的", Fix: "用 duban outgoing 查看编号。"}
	}
	if err != nil || len(numbers) == 0 {
		return 0, err
	}
	w.wakePoster()
	return len(numbers), w.audit(ctx, "重发", fmt.Sprintf("待发第%v件立即重试", numbers))
}
