package pipeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duban/pipeline/form"
	"duban/pipeline/ledger"
	"duban/pipeline/mail"
	"duban/pipeline/plan"
	"duban/pipeline/post"
)

// kindMail is one message to one recipient; its body is a letterOut.
const kindMail = "mail"

// letterOut is a message as its row says it. Receipts and the files of an
// edition are made when it is sent, from what the ledger keeps.
type letterOut struct {
	To         string      `json:"to"`
	Part       string      `json:"part"` // of mail.txt; "": Subject and Text as they are
	Words      mailWords   `json:"words"`
	Subject    string      `json:"subject,omitempty"`
	Text       string      `json:"text,omitempty"`
	Answers    string      `json:"answers,omitempty"` // the Message-ID
	References []string    `json:"references,omitempty"`
	Files      []post.File `json:"files,omitempty"`
	Receipts   []string    `json:"receipts,omitempty"` // keys of their rows
}

// mailRow is a row of the outgoing mail.
func (w *Workspace) mailRow(key string, l letterOut) (ledger.Outgoing, error) {
	l.Words.Office = w.Config.Office
	body, err := json.Marshal(l)
	return ledger.Outgoing{Key: "mail/" + key, Kind: kindMail, Body: body}, err
}

// answerMail is the answer to a message: to a unit what became of its forms,
// to anyone else only that the message came.
func (w *Workspace) answerMail(l *letterIn, at time.Time, answers []answered) (
	ledger.Outgoing, error) {
	out := letterOut{To: l.address, Part: "stranger", Answers: l.ID, References: l.References,
		Words: mailWords{Subject: answerable(l.Subject)}}
	if l.unit != nil {
		out.Part = "answer"
		out.Words.Unit, out.Words.At = l.unit.Name, clockTime(at)
		out.Words.Trial, out.Words.Big = l.trial, l.claim.Whole>>20
		out.Words.Faults, out.Words.Others = l.faults, l.others
		for _, a := range answers {
			if a.trial == nil {
				out.Receipts = append(out.Receipts, "receipt/"+a.claim)
				continue
			}
			if err := out.carry(*a.trial); err != nil {
				return ledger.Outgoing{}, err
			}
		}
	}
	return w.mailRow("answer/"+l.identity, out)
}

// carry puts the files of a trial into the row: the ledger keeps none of it.
func (l *letterOut) carry(o Outcome) error {
	text, err := os.ReadFile(strings.TrimSuffix(o.Receipt, ".xlsx") + ".txt")
	if err != nil {
		return err
	}
	l.Words.Receipts = append(l.Words.Receipts, mailedReceipt{o.File, string(text)})
	for _, path := range []string{o.Receipt, o.Transcript} {
		if path == "" {
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		l.Files = append(l.Files, post.File{Name: filepath.Base(path), Bytes: b})
	}
	return nil
}

// answerable is a subject as an answer repeats it: without the words that
// earlier answers put before it, and without the one that asks for a trial.
func answerable(subject string) string {
	s := plan.Mask(subject)
	for again := true; again; {
		again = false
		for _, p := range []string{"re:", "re：", "fw:", "fwd:", "回复:", "回复：", "答复:", "答复：", "转发:",
			"转发：", "回执：", "试审结果：", "来信已收到：", "核实结果："} {
			if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
				s, again = strings.TrimSpace(s[len(p):]), true
			}
		}
	}
	s = strings.Trim(strings.ReplaceAll(s, "预检", ""), " 　:：-—、【】[]()（）")
	return cmp.Or(s, "（无主题）")
}

// compose makes the message of a row.
func (w *Workspace) compose(ctx context.Context, o ledger.Outgoing) (post.Mail, error) {
	var l letterOut
	if err := json.Unmarshal(o.Body, &l); err != nil {
		return post.Mail{}, err
	}
	m := post.Mail{ID: w.messageID(o.Key), To: l.To, Subject: l.Subject, Text: l.Text,
		Files: l.Files, Date: o.MadeAt, Answers: l.Answers, References: l.References}
	for _, key := range l.Receipts {
		files, text, err := w.receiptRow(ctx, key)
		if err != nil {
			return m, err
		}
		m.Files = append(m.Files, files...)
		l.Words.Receipts = append(l.Words.Receipts, mailedReceipt{"", text})
	}
	if o.Edition != 0 {
		set, err := w.setEdition(ctx, o.Edition)
		if err != nil {
			return m, err
		}
		l.Words.Title, l.Words.Number = set.title, set.number
		m.Files = append(m.Files, set.files...)
	}
	if l.Part == "" {
		return m, nil
	}
	for part, to := range map[string]*string{"subject": &m.Subject, "text": &m.Text} {
		said, err := w.wording.mail.Say(l.Part+"."+part, l.Words)
		if err != nil {
			return m, err
		}
		*to = strings.TrimSpace(said)
	}
	m.Text += "\n"
	return m, nil
}

// receiptRow makes the files of a receipt from the row that writes them, and
// of the transcript beside it.
func (w *Workspace) receiptRow(ctx context.Context, key string) ([]post.File, string, error) {
	o, err := w.Ledger.OutgoingOf(ctx, key)
	if err != nil {
		return nil, "", err
	}
	names, xlsx, text, err := w.receiptBytes(ctx, o)
	if err != nil {
		return nil, "", err
	}
	files := []post.File{{Name: filepath.Base(names.xlsx), Bytes: xlsx}}
	claim, _ := strings.CutPrefix(key, "receipt/")
	t, err := w.Ledger.OutgoingOf(ctx, "transcript/"+claim)
	if errors.Is(err, ledger.ErrNoRow) {
		return files, text, nil
	}
	return append(files, post.File{Name: filepath.Base(names.transcript), Bytes: t.Body}), text, err
}

// mailForm are the rows that mail a form to its unit's addresses.
func (w *Workspace) mailForm(f *form.Form, file post.File) ([]ledger.Outgoing, error) {
	if f.Unit == nil {
		return nil, nil // the opening form stays in the office
	}
	return w.mailTo(f.Unit.Mail, fmt.Sprintf("form/%s/%s/%d", f.Month, f.Unit.Code, f.Issue),
		letterOut{Part: "form", Files: []post.File{file}, Words: mailWords{Unit: f.Unit.Name,
			Month: f.Month.Chinese(), Deadline: clockTime(f.Deadline)}})
}

// mailReminder are the rows that mail a reminder, at most one a day.
func (w *Workspace) mailReminder(u *plan.Unit, m plan.Month, text []byte, f post.File) (
	[]ledger.Outgoing, error) {
	title, _, _ := strings.Cut(string(text), "\n")
	return w.mailTo(u.Mail, fmt.Sprintf("reminder/%s/%s/%s", m, u.Code, plan.DateOf(w.Now())),
		letterOut{Subject: title, Text: string(text), Files: []post.File{f}})
}

// told is who is told by mail what was decided of a held file.
type told struct {
	to     []string
	letter letterOut
}

// toldByMail finds who is told: the sender where he is known, else the unit
// that the file turned out to be from; nobody when it did not come by mail. A
// stranger whose file is refused is told no more than that it came.
func (w *Workspace) toldByMail(ctx context.Context, claim string, d ledger.Decision) (told, error) {
	m, err := w.mailOfClaim(ctx, claim)
	if err != nil || m.Identity == "" {
		return told{}, err
	}
	t := told{letter: letterOut{Part: "decision", Answers: m.MessageID,
		Words: mailWords{Subject: answerable(m.Subject), Unit: w.unitName(cmp.Or(d.Unit, m.Unit))}}}
	if m.Unit != "" {
		t.to = []string{m.Sender}
	} else if u := w.Plan.Unit(d.Unit); u != nil {
		t.to, t.letter.Answers = u.Mail, ""
	}
	return t, nil
}

func (w *Workspace) mailDecision(t told, receipt string) ([]ledger.Outgoing, error) {
	t.letter.Receipts = []string{receipt}
	return w.mailTo(t.to, receipt, t.letter)
}

// mailDigest are the rows that mail an edition to its audience.
func (w *Workspace) mailDigest(c copyFor, m plan.Month, n int) ([]ledger.Outgoing, error) {
	to, words := w.Config.Mail.Audiences[c.audience.Name], mailWords{}
	if c.unit != nil {
		to, words.Unit = c.unit.Mail, c.unit.Name
	}
	return w.mailTo(to, fmt.Sprintf("digest/%s/%s/%d", m, c.name(), n),
		letterOut{Part: "digest", Words: words})
}

// mailTo are the rows of one mail to several addresses, each its own message.
func (w *Workspace) mailTo(addresses []string, key string, l letterOut) ([]ledger.Outgoing, error) {
	if !w.Config.Mail.sends() {
		return nil, nil
	}
	var rows []ledger.Outgoing
	for _, address := range addresses {
		a, ok := mail.ParseAddress(address)
		if !ok {
			w.Log.Warn("邮箱地址写法不对，没有发", "to", address)
			continue
		}
		l.To = a.Text
		row, err := w.mailRow(key+"/"+a.Text, l)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
