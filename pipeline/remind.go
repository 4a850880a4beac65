package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"duban/pipeline/digest"
	"duban/pipeline/digest/xlsx"
	"duban/pipeline/plan"
	"duban/pipeline/post"
	"duban/pipeline/wording"
)

// Reminder is one unit's notice (催报) with its files.
type Reminder struct {
	Unit  string   `json:"unit"`
	Name  string   `json:"name"`
	State string   `json:"state"`
	By    string   `json:"by"` // until when it is asked to report
	Files []string `json:"files"`
	Wanting
}

// Remind writes a notice for every unit of which something of the month is
// lacking, or for one. They say how things stand now; asked for again, they
// are written anew.
func (w *Workspace) Remind(ctx context.Context, m plan.Month, only *plan.Unit) ([]Reminder, error) {
	if err := w.inPlan(m); err != nil {
		return nil, err
	}
	units, err := w.Status(ctx, m)
	if err != nil {
		return nil, err
	}
	sent := []Reminder{}
	for i, u := range units {
		if u.None() || only != nil && only.Code != u.Unit {
			continue
		}
		l, err := w.letterTo(u, m)
		if err != nil {
			return sent, err
		}
		base := fmt.Sprintf("outbox/reminders/%s/%02d-%s-%s催报", m, i+1, u.Name, m.Chinese())
		r := Reminder{Unit: u.Unit, Name: u.Name, State: string(u.State), By: l.By,
			Files: []string{w.path(base + ".txt"), w.path(base + ".xlsx")}, Wanting: u.Wanting}
		text, book, err := l.files(w.wording.reminder, w.Now())
		if err != nil {
			return sent, err
		}
		if err := put(outFile(r.Files[0], text), outFile(r.Files[1], book)); err != nil {
			return sent, err
		}
		mails, err := w.mailReminder(w.Plan.Unit(u.Unit), m, text,
			post.File{Name: filepath.Base(r.Files[1]), Bytes: book})
		if err != nil {
			return sent, err
		}
		if err := w.Ledger.Queue(ctx, mails...); err != nil {
			return sent, err
		}
		sent = append(sent, r)
	}
	if len(sent) == 0 {
		return sent, nil
	}
	return sent, w.audit(ctx, "催报", fmt.Sprintf("%s，%d家单位", m.Chinese(), len(sent)))
}

// letterTo is the notice to a unit as things stand now.
func (w *Workspace) letterTo(u UnitStatus, m plan.Month) (letter, error) {
	due, err := time.Parse(time.RFC3339, u.Deadline)
	if err != nil {
		return letter{}, err
	}
	now := w.Now()
	l := letter{Unit: u.Name, Month: m.Chinese(), Deadline: clockTime(due), By: clockTime(due),
		Office: w.Config.Office, On: plan.DateOf(now).Chinese(), Past: now.After(due),
		Silent: u.Versions == 0, Remarks: u.Remarks, Wanting: u.Wanting}
	if l.Past {
		l.By = clockTime(w.correctionDeadline(now))
	}
	return l, nil
}

// files are the notice as a text and as a workbook.
func (l letter) files(words *wording.Words, now time.Time) (text, book []byte, err error) {
	say := func(part string) string {
		s, e := words.Say(part, l)
		if e != nil {
			err = e
		}
		return strings.TrimSpace(s)
	}
	text = []byte(say("text") + "\n")
	s := digest.Sheet{Name: "催报事项", Title: l.Unit + "：" + say("title"),
		Notes: append([]string{say("opening")}, strings.Split(say("closing"), "\n")...),
		Columns: []digest.SheetColumn{{Head: "序号", Width: 7, Align: digest.Centre},
			{Head: "事项", Width: 22, Align: digest.Left}, {Head: "编号", Width: 10, Align: digest.Left},
			{Head: "指标或任务", Width: 40, Align: digest.Left},
			{Head: "原因", Width: 60, Align: digest.Left}}}
	for _, part := range []struct {
		what  string
		items []Subject
	}{{"应报未报", l.Missing}, {"退回待更正", l.Returned}, {"存疑待说明", l.Queried},
		{"数据未出、预计月份已到", l.Awaited}, {"同日数据不一致", l.Conflicts}} {
		for _, x := range part.items {
			s.Rows = append(s.Rows, []digest.Datum{{Number: fmt.Sprint(len(s.Rows) + 1)},
				{Text: part.what}, {Text: x.ID}, {Text: x.Name}, {Text: x.Why}})
		}
	}
	s.Notes = append(s.Notes, l.Office+"　"+l.On)
	if err != nil {
		return nil, nil, err
	}
	book, err = xlsx.Write(&digest.Book{Title: s.Title, Created: now.Unix(), Author: l.Office,
		Sheets: []digest.Sheet{s}})
	return text, book, err
}
