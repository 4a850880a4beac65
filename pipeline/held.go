package pipeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// HeldFile is a file that waits for an administrator (待核实): it came without a
// good token, or from elsewhere than it says.
type HeldFile struct {
	Number     int64    `json:"number"` // that of its receipt
	File       string   `json:"file"`
	SHA256     string   `json:"sha256"`
	Unit       string   `json:"unit"` // whose it may be; "" where nobody can tell
	Month      string   `json:"month"`
	Sender     string   `json:"sender"`
	Channel    string   `json:"channel"`
	ReceivedAt string   `json:"received_at"`
	Why        []string `json:"why"`
}

// Held lists the files that wait for a decision, in the order they came.
func (w *Workspace) Held(ctx context.Context) ([]HeldFile, error) {
	readings, err := w.Ledger.Held(ctx)
	if err != nil {
		return nil, err
	}
	all := []HeldFile{}
	for _, rd := range readings {
		h := w.shownHeld(rd)
		m, err := w.mailOfHeld(ctx, rd)
		if err != nil {
			return nil, err
		}
		if m.Why != "" {
			h.Why = append(h.Why, m.Why+"。")
		}
		all = append(all, h)
	}
	return all, nil
}

func (w *Workspace) shownHeld(rd ledger.Reading) HeldFile {
	h := HeldFile{Number: rd.Arrival, File: rd.Delivery.Name, SHA256: rd.Delivery.SHA256,
		Unit: rd.Unit, Month: rd.Month.String(), Sender: w.senderName(rd.Delivery.Sender, rd.Delivery.HandedBy),
		Channel: rd.Delivery.Channel, ReceivedAt: stamp(rd.Delivery.ReceivedAt), Why: []string{}}
	for _, f := range rd.Findings {
		if f.WholeFile {
			h.Why = append(h.Why, f.Message)
		}
	}
	return h
}

// heldNamed finds one held file by its number, its name or the beginning of
// its SHA-256. The number may be of a receipt by which the same bytes were answered
// once more: it is the one its sender reads out.
func (w *Workspace) heldNamed(ctx context.Context, which string) (ledger.Reading, error) {
	const fix = "用 duban held 列出待核实的文件，写明其中一件的编号。"
	readings, err := w.Ledger.Held(ctx)
	if err != nil {
		return ledger.Reading{}, err
	}
	n, _ := strconv.ParseInt(which, 10, 64)
	numbered, err := w.Ledger.Arrival(ctx, n)
	if err != nil && !errors.Is(err, ledger.ErrNoRow) {
		return ledger.Reading{}, err
	}
	var found []ledger.Reading
	for _, rd := range readings {
		name := rd.Delivery.Name
		switch {
		case numbered.Submission == rd.Submission, which == name, filepath.Base(which) == name,
			which == strings.TrimSuffix(name, filepath.Ext(name)),
			len(which) >= 8 && strings.HasPrefix(rd.Delivery.SHA256, strings.ToLower(which)):
			found = append(found, rd)
		}
	}
	switch len(found) {
	case 0:
		return ledger.Reading{}, &UserError{What: "待核实的文件里没有“" + which + "”", Fix: fix}
	case 1:
		return found[0], nil
	}
	return ledger.Reading{}, &UserError{
		What: fmt.Sprintf("待核实的文件里有%d件是“%s”", len(found), which), Fix: fix}
}

// Release judges a held file anew as the unit's, stores what comes of it and
// answers; the file moves from quarantine into the archive. m is the month it
// is for where the file does not say; zero: what it says.
func (w *Workspace) Release(ctx context.Context, which string, u *plan.Unit, m plan.Month,
	a Act) (Outcome, error) {
	if err := a.need(false); err != nil {
		return Outcome{}, err
	}
	if u == nil {
		return Outcome{}, &UserError{What: "没有写明这份文件算哪个单位的", Fix: "用 --unit 写明单位。"}
	}
	held, err := w.heldNamed(ctx, which)
	if err != nil {
		return Outcome{}, err
	}
	d, rd, say, err := w.releasing(ctx, held, u, m, a)
	if err != nil {
		return Outcome{}, err
	}
	o, err := w.decide(ctx, held, d, rd, say)
	if err != nil {
		return o, err
	}
	return o, w.folder.Release(held.Delivery.SHA256)
}

// releasing is what a release comes to: the decision, the reading and what is
// answered.
func (w *Workspace) releasing(ctx context.Context, held ledger.Reading, u *plan.Unit, m plan.Month,
	a Act) (d ledger.Decision, rd ledger.Reading, say answer, err error) {
	b, err := w.folder.Kept(held.Delivery.SHA256)
	if err != nil {
		return d, rd, say, err
	}
	f := &inHand{claim: intake.Claim{Bytes: b}, delivery: held.Delivery,
		handing: Handing{Unit: u, Month: m, Released: true}}
	if err := w.try(ctx, f); err != nil {
		return d, rd, say, err
	}
	if f.judged.State == plan.Quarantined {
		return d, rd, say, &UserError{What: "程序仍读不出这份文件，没有放行",
			Fix: "请报送单位把数据填入重新下发的空白填报表再报一次；这份用 duban refuse 退回。"}
	}
	say = answerTo(f.judged, nil)
	say.Remarks = append(say.Remarks, fmt.Sprintf("本件经核实确认由%s报送，予以放行：%s（%s）。",
		u.Name, a.Why, a.By))
	d = ledger.Decision{Submission: held.Submission, Verdict: ledger.Release, Unit: u.Code,
		Who: a.By, Why: a.Why}
	return d, f.reading, say, nil
}

// Refuse answers a held file that nobody takes: it stays where it is kept.
func (w *Workspace) Refuse(ctx context.Context, which string, a Act) (Outcome, error) {
	if err := a.need(false); err != nil {
		return Outcome{}, err
	}
	held, err := w.heldNamed(ctx, which)
	if err != nil {
		return Outcome{}, err
	}
	d, rd, say := w.refusing(held, a)
	return w.decide(ctx, held, d, rd, say)
}

// refusing is what a refusal comes to.
func (w *Workspace) refusing(held ledger.Reading, a Act) (ledger.Decision, ledger.Reading, answer) {
	rd := refusedReading(held)
	rd.Program, rd.PlanVersion = Version, w.Plan.In(rd.Month).Version
	say := answer{Readable: len(held.Refused) > 0, Remarks: []string{fmt.Sprintf(
		"本件经核实不予接收：%s（%s）。如有疑问，请与%s联系。", a.Why, a.By, w.Config.Office)}}
	d := ledger.Decision{Submission: held.Submission, Verdict: ledger.Refuse, Who: a.By, Why: a.Why}
	return d, rd, say
}

// refusedReading is a held reading of which nothing is taken.
func refusedReading(rd ledger.Reading) ledger.Reading {
	rd.State = plan.Returned
	rd.Refused = append(rd.Refused, rd.Figures...)
	rd.Figures, rd.Explanations = nil, nil
	return rd
}

// storeDecision stores a decision, its reading and the row of its new receipt.
func (w *Workspace) storeDecision(ctx context.Context, held ledger.Reading, d ledger.Decision,
	rd ledger.Reading, say answer) (ledger.Decision, error) {
	detail := fmt.Sprintf("第%d件 %s（%s）", held.Arrival, held.Delivery.Name,
		shortSum(held.Delivery.SHA256))
	if d.Unit != "" {
		detail += "，算" + w.unitName(d.Unit) + "报送"
	}
	came, _, err := w.arrival(ctx, held.Arrival)
	if err != nil {
		return d, err
	}
	told, err := w.toldByMail(ctx, came.Claim, d)
	if err != nil {
		return d, err
	}
	var fault error
	d, err = w.Ledger.Decide(ctx, d, rd, detail+"："+d.Why, func(reading int64) []ledger.Outgoing {
		say.Reading = reading
		o := ledger.Outgoing{Key: fmt.Sprintf("receipt/decision/%d", reading), Kind: kindReceipt,
			Delivery: held.Arrival}
		var mails []ledger.Outgoing
		if o.Body, fault = json.Marshal(say); fault == nil {
			mails, fault = w.mailDecision(told, o.Key)
		}
		return append(mails, o)
	})
	return d, cmp.Or(err, fault)
}

// decide stores a decision on a held file and writes its new receipt.
func (w *Workspace) decide(ctx context.Context, held ledger.Reading, d ledger.Decision,
	rd ledger.Reading, say answer) (Outcome, error) {
	d, err := w.storeDecision(ctx, held, d, rd, say)
	if err != nil {
		return Outcome{}, err
	}
	arrival, now, err := w.arrivalRead(ctx, held.Arrival, d.Reading)
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{File: held.Delivery.Name, SHA256: held.Delivery.SHA256, Unit: now.Unit,
		Month: now.Month.String(), State: now.State, Findings: now.Findings,
		Receipt: w.namesOf(arrival, now).xlsx, Verdict: d.Verdict + "：" + w.verdict(now, false)}
	if o.Findings == nil {
		o.Findings = []plan.Finding{}
	}
	return o, w.sendOut(ctx)
}

// arrivalRead is an arrival with the reading a receipt tells of: 0 for the one
// made when it came. A later one's receipt has a name of its own.
func (w *Workspace) arrivalRead(ctx context.Context, delivery, reading int64) (ledger.Arrival,
	ledger.Reading, error) {
	a, rd, err := w.arrival(ctx, delivery)
	if err != nil || reading == 0 || reading == a.Reading {
		return a, rd, err
	}
	rd, err = w.Ledger.Reading(ctx, reading)
	return decided(a), rd, err
}

// decided names the receipt of a reading that a decision brought.
func decided(a ledger.Arrival) ledger.Arrival {
	ext := filepath.Ext(a.Name)
	a.Name, a.Again = strings.TrimSuffix(a.Name, ext)+"-核实后"+ext, false
	return a
}
