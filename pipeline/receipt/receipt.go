// Package receipt is the answer (回执) to a file: a copy of the sender's own
// workbook with the cells coloured, comments on them and a list of findings in
// front, and a few lines of text for a log or a mail.
//
// It never changes what was sent but in the copy: content, formats, protection
// and the hidden token stay, so that the copy can be corrected and handed in.
// It never judges: findings come from outside. A file that cannot be annotated
// safely is answered with a workbook of its own.
package receipt

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/wording"
)

// Receipt is what is said of one delivery.
type Receipt struct {
	Original     []byte // as received; untouched
	OriginalName string // for display
	Readable     bool   // the strict reader has accepted the bytes
	Plan         *plan.Plan
	Unit         string // 规范全称; "" when nobody knows
	Month        plan.Month
	Opening      bool
	Delivery     plan.Delivery
	State        plan.State
	Findings     []plan.Finding
	Taken        int // figures taken of those due
	Beside       int // and of those that are not due this month
	Refused      int // figures returned
	Missing      int // figures due and not given
	Late         bool
	Deadline     time.Time // zero: none is named; so for the two below
	CorrectBy    time.Time
	At           time.Time // when it was judged
	Office       string
	DryRun       bool           // 预检
	Duplicate    bool           // the same bytes were received before
	Words        *wording.Words // nil: the program's own
	Remarks      []string       // extension, waiver and the like, a sentence each
}

// Write makes the workbook and the text. Equal receipts make equal bytes.
func Write(r *Receipt) (xlsx []byte, text string, err error) {
	l := newLetter(r)
	if r.Readable {
		xlsx = annotate(r, l)
	}
	if xlsx == nil {
		l.view.Marked = false
		if xlsx, err = alone(r, l); err != nil {
			return nil, "", fmt.Errorf("write receipt: %w", err)
		}
	}
	text, err = l.say("text")
	if err != nil {
		return nil, "", fmt.Errorf("write receipt: %w", err)
	}
	return xlsx, text, nil
}

// listed is how many findings the text names; the workbook has them all.
const listed = 12

// letter is a receipt put into words.
type letter struct {
	view     view
	findings []plan.Finding // in the order of the list
	words    *wording.Words
}

func newLetter(r *Receipt) *letter {
	l := &letter{words: Wording.BuiltIn(), findings: sorted(r.Findings)}
	if r.Words != nil {
		l.words = r.Words
	}
	v := &l.view
	*v = view{
		Unit: r.Unit, State: string(r.State), Office: r.Office, File: oneLine(r.OriginalName),
		Deadline: moment(r.Deadline), CorrectBy: moment(r.CorrectBy),
		ReceivedAt: moment(r.Delivery.ReceivedAt), At: moment(r.At),
		Taken: r.Taken, Beside: r.Beside, Refused: r.Refused, Missing: r.Missing, Total: len(r.Findings),
		Late: r.Late, DryRun: r.DryRun, Duplicate: r.Duplicate, Opening: r.Opening,
		Marked: true, Remarks: r.Remarks,
	}
	if r.Month != 0 {
		v.Month = r.Month.Chinese()
	}
	if r.Opening {
		v.Month += "期初数"
	}
	for i, f := range l.findings {
		switch f.Severity {
		case plan.Reject:
			v.Rejects++
		case plan.Query:
			v.Queries++
		default:
			v.Notes++
		}
		if i < listed {
			v.Lines = append(v.Lines, line(i+1, f))
		}
	}
	v.More = max(0, len(l.findings)-listed)
	return l
}

// say renders one part of the wording.
func (l *letter) say(part string) (string, error) {
	s, err := l.words.Say(part, l.view)
	return strings.TrimSpace(s), err
}

// line is one finding in a line of text.
func line(n int, f plan.Finding) string {
	s := fmt.Sprintf("%d. 【%s】", n, f.Severity.Chinese())
	if where := place(f); where != "" {
		s += where + "："
	}
	s += f.Message
	if f.Fix != "" {
		s += " 怎样改：" + f.Fix
	}
	return oneLine(s)
}

// oneLine makes a text safe for a line of a log or a mail.
func oneLine(s string) string { return strings.ReplaceAll(form.Clean(s), "\n", " ") }

func place(f plan.Finding) string {
	if f.Sheet != "" && f.Cell != "" {
		return f.Sheet + "!" + f.Cell
	}
	return f.Cell
}

// sorted puts what must be mended first, then goes through the sheet.
func sorted(in []plan.Finding) []plan.Finding {
	weight := func(f plan.Finding) int {
		return slices.Index([]plan.Severity{plan.Reject, plan.Query, plan.Note}, f.Severity)
	}
	out := slices.Clone(in)
	slices.SortStableFunc(out, func(a, b plan.Finding) int {
		if d := weight(a) - weight(b); d != 0 {
			return d
		}
		if d := strings.Compare(a.Sheet, b.Sheet); d != 0 {
			return d
		}
		ra, ca := firstCell(a.Cell)
		rb, cb := firstCell(b.Cell)
		if ra != rb {
			return ra - rb
		}
		return ca - cb
	})
	return out
}

// indicatorName is the id and, where the plan knows it, the name.
func (r *Receipt) indicatorName(id string) string {
	if r.Plan == nil || id == "" {
		return id
	}
	switch ind, it := r.Plan.Ever(id); {
	case ind != nil:
		return id + " " + ind.Name
	case it != nil:
		return id + " " + form.ItemText(r.Plan, it)
	}
	return id
}

// moment writes a time as offices do, in its own zone; "" when there is none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return plan.DateOf(t).Chinese() + t.Format("15:04")
}
