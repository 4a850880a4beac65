package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/mail"
	"duban/pipeline/plan"
)

// How many messages of one address are answered in a day. More than that and
// two programs are talking to each other, or somebody plays with ours.
const (
	maxAnswers         = 100
	maxStrangerAnswers = 3
)

// letterIn is a message with what must be known of it before anything is done.
type letterIn struct {
	*mail.Message
	sender
	claim    intake.Claim
	identity string
	forms    []mail.Part // what may be a form
	faults   []faulty    // what could not be read
	others   []string    // what is no sheet
	trial    bool        // 预检
	own      bool        // one of ours, or a report on one
}

// faulty is an attachment that could not be read.
type faulty struct{ File, Why string }

// isMail reports whether a claim is a message: fetched, or saved as a file.
func isMail(c intake.Claim) bool {
	return c.Mail != nil || strings.EqualFold(path.Ext(c.Name), ".eml") && !c.TooBig
}

// readLetter reads a claimed message.
func (w *Workspace) readLetter(c intake.Claim) *letterIn {
	l := &letterIn{Message: w.readSafely(c), claim: c}
	l.sender = w.senderOf(l.Message, c)
	unit := ""
	if l.unit != nil {
		unit = l.unit.Code
	}
	id := sha256.Sum256([]byte(l.Identity() + "\x00" + unit + "\x00" + l.why))
	l.identity = hex.EncodeToString(id[:16])
	l.own = w.own(l.Message) || l.Auto == mail.Bounce
	l.trial = strings.Contains(l.Subject, "预检")
	for _, p := range l.Parts {
		if c.Whole > 0 {
			break // only the header is here
		}
		name := "未命名附件"
		if p.Name != "" {
			name = plan.Mask(intake.CleanName(p.Name))
		}
		switch {
		case p.Fault != "":
			l.faults = append(l.faults, faulty{name, p.Fault})
		case isSheet(p):
			l.forms = append(l.forms, p)
		default:
			l.others = append(l.others, name)
		}
	}
	return l
}

// readSafely keeps a panic while reading one message from ending the program:
// the message is one that a person must look at.
func (w *Workspace) readSafely(c intake.Claim) (m *mail.Message) {
	key, spoilt := "mail/"+c.SHA256, &mail.Message{ID: c.SHA256, FromFault: "程序读取这封邮件时出错"}
	if w.hand.poison(key) {
		w.Log.Error("这封邮件多次使程序中断，不再读取", "claim", c.ID)
		return spoilt
	}
	w.hand.take(inTake, key)
	defer func() {
		if p := recover(); p != nil {
			w.Log.Error("读取邮件时程序出错", "claim", c.ID, "panic", p, "stack", string(debug.Stack()))
			m = spoilt
		}
	}()
	return mail.Read(c.Bytes)
}

// isSheet reports whether an attachment may be a form, by its bytes or name.
func isSheet(p mail.Part) bool {
	if bytes.HasPrefix(p.Bytes, []byte("PK\x03\x04")) ||
		bytes.HasPrefix(p.Bytes, []byte("\xd0\xcf\x11\xe0")) {
		return true
	}
	return slices.Contains([]string{".xlsx", ".xls", ".et", ".xlsm", ".xlsb", ".ods", ".csv"},
		strings.ToLower(path.Ext(p.Name)))
}

// takeMail is the way of one message: every form in it is taken as any file
// is, then what became of the message and its answer are stored, then it is
// settled. A message that is known changes nothing.
func (w *Workspace) takeMail(ctx context.Context, c intake.Claim) ([]Outcome, error) {
	l := w.readLetter(c)
	_, err := w.Ledger.MailOf(ctx, l.identity)
	if err != nil && !errors.Is(err, ledger.ErrNoRow) {
		return nil, err
	}
	known := err == nil
	var outcomes []Outcome
	var answers []answered
	if !known && !l.own {
		if outcomes, answers, err = w.takeForms(ctx, l); err != nil {
			return outcomes, err
		}
	}
	record, rows, err := w.concludeMail(ctx, l, answers)
	if err != nil {
		return outcomes, err
	}
	if err := w.Ledger.RecordMail(ctx, record, placeOf(c), rows...); err != nil {
		return outcomes, err
	}
	if err := w.folder.Settle(c); err != nil {
		return outcomes, err
	}
	w.Log.Info("收信", "from", record.Sender, "unit", record.Unit, "forms", len(l.forms),
		"known", known, "answered", record.Answered, "why", record.Why)
	for _, box := range w.mailboxes {
		box.Taken()
	}
	w.wakePoster()
	return outcomes, nil
}

// answered is one form of a message and where its receipt is found.
type answered struct {
	claim string
	trial *Outcome // of a trial, whose receipt is in no ledger
}

// takeForms takes the forms of a message one after the other.
func (w *Workspace) takeForms(ctx context.Context, l *letterIn) ([]Outcome, []answered, error) {
	var outcomes []Outcome
	var answers []answered
	for i, p := range l.forms {
		part := intake.Part{ID: fmt.Sprintf("mail-%s-%03d", l.identity, i), Name: p.Name, Bytes: p.Bytes,
			Sender: l.address}
		if part.Name == "" {
			part.Name = fmt.Sprintf("附件%d.xlsx", i+1)
		}
		if l.unit != nil {
			part.Unit = l.unit.Code
		}
		h := Handing{Unit: l.unit, DryRun: l.trial, Received: l.claim.ReceivedAt}
		bring := w.folder.Unpack
		if l.trial {
			if l.unit == nil {
				continue // nothing is told to a stranger, and nothing kept
			}
			bring = func(c intake.Claim, p intake.Part) (intake.Claim, error) {
				return w.folder.Inside(c, p), nil
			}
		}
		c, err := bring(l.claim, part)
		if err != nil {
			return outcomes, nil, err
		}
		o, err := w.handOver(ctx, c, h)
		if err != nil {
			return outcomes, nil, err
		}
		outcomes = append(outcomes, o)
		a := answered{claim: c.ID}
		if l.trial {
			a.trial = &o
		}
		answers = append(answers, a)
	}
	return outcomes, answers, nil
}

// concludeMail is what the ledger keeps of a message, and the answer to it.
func (w *Workspace) concludeMail(ctx context.Context, l *letterIn, answers []answered) (
	ledger.Mail, []ledger.Outgoing, error) {
	m := ledger.Mail{Identity: l.identity, MessageID: l.ID, Sender: l.From.Text,
		Subject: plan.Mask(l.Subject), ReceivedAt: cmp.Or(l.claim.ReceivedAt, l.claim.SeenAt, w.Now())}
	if l.unit != nil {
		m.Unit = l.unit.Code
	}
	m.Held = l.unit == nil && !l.own && (l.Auto == mail.Person || len(l.forms) > 0)
	silent, err := w.silence(ctx, l)
	if err != nil {
		return m, nil, err
	}
	m.Why = l.why
	if silent != "" {
		m.Why = strings.Trim(l.why+"；"+silent, "；")
		return m, nil, nil
	}
	if !w.Config.Mail.sends() {
		return m, nil, nil
	}
	row, err := w.answerMail(l, m.ReceivedAt, answers)
	if err != nil {
		return m, nil, err
	}
	m.Answered = true
	return m, []ledger.Outgoing{row}, nil
}

// silence says why a message is not answered; "" for one that is (RFC 3834).
func (w *Workspace) silence(ctx context.Context, l *letterIn) (string, error) {
	switch {
	case l.Auto == mail.Bounce:
		return "退信，不回复", nil
	case l.own:
		return "本系统发出的邮件，不回复", nil
	case l.Auto != mail.Person:
		return string(l.Auto) + "，不回复", nil
	case l.address == "":
		return "没有可回复的地址", nil
	case len(l.forms)+len(l.faults) == 0 && l.claim.Whole == 0 &&
		slices.ContainsFunc(l.References, w.isOurs):
		return "对本系统邮件的答复，没有附表，不回复", nil
	}
	limit := maxAnswers
	if l.unit == nil && w.unitOfAddress(l.From) == nil {
		limit = maxStrangerAnswers
	}
	n, err := w.Ledger.AnswersTo(ctx, l.address, w.Now().Add(-24*time.Hour))
	if err != nil || n < limit {
		return "", err
	}
	return "一天内已回复该地址多次，不再回复", nil
}

func placeOf(c intake.Claim) *ledger.MailPlace {
	if c.Mail == nil {
		return nil
	}
	return &ledger.MailPlace{Account: c.Mail.Account, Folder: c.Mail.Folder,
		Validity: c.Mail.Validity, UID: c.Mail.UID}
}

// mailKnown tells a mailbox what became of a message there.
func (w *Workspace) mailKnown(ctx context.Context, id intake.MailID) (intake.MailState, error) {
	m, err := w.Ledger.MailAt(ctx, ledger.MailPlace{Account: id.Account, Folder: id.Folder,
		Validity: id.Validity, UID: id.UID})
	switch {
	case errors.Is(err, ledger.ErrNoRow):
		return intake.MailNew, nil
	case err != nil:
		return intake.MailNew, err
	case m.Held:
		return intake.MailHeld, nil
	}
	return intake.MailDone, nil
}

// mailOfClaim is the message that a file came in by its claim; one without an
// Identity when it came otherwise.
func (w *Workspace) mailOfClaim(ctx context.Context, claim string) (ledger.Mail, error) {
	p := strings.Split(claim, "-") // mail-<identity>-<number>
	if len(p) != 3 || p[0] != "mail" {
		return ledger.Mail{}, nil
	}
	m, err := w.Ledger.MailOf(ctx, p[1])
	if errors.Is(err, ledger.ErrNoRow) {
		return ledger.Mail{}, nil
	}
	return m, err
}

// mailOfHeld is the message that a held file came in.
func (w *Workspace) mailOfHeld(ctx context.Context, rd ledger.Reading) (ledger.Mail, error) {
	if rd.Delivery.Channel != intake.ByMail {
		return ledger.Mail{}, nil
	}
	a, err := w.Ledger.Arrival(ctx, rd.Arrival)
	if err != nil {
		return ledger.Mail{}, err
	}
	return w.mailOfClaim(ctx, a.Claim)
}
