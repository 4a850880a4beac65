package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"duban/pipeline/durable"
	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/receipt"
)

// The kinds of what goes out. The bytes of each are a function of its row, so
// that a row may be carried out again after a kill.
const (
	kindReceipt = "receipt" // the answer to a delivery; body: answer
	kindRefusal = "refusal" // the answer to a file too big to take; body: refusal
	kindForm    = "form"    // a form; body: issued
	kindDigest  = "digest"  // the files of an edition
)

// filesOf makes what a row asks for.
func (w *Workspace) filesOf(ctx context.Context, o ledger.Outgoing) (outFiles, error) {
	switch o.Kind {
	case kindReceipt:
		return w.receiptFilesOf(ctx, o)
	case kindTranscript:
		return w.transcriptFile(ctx, o)
	case kindRefusal:
		return w.refusalFiles(o)
	case kindForm:
		var f issued
		err := json.Unmarshal(o.Body, &f)
		return outFiles{outFile(w.path(f.File), f.Bytes)}, err
	}
	return nil, fmt.Errorf("nobody knows how to send a %q", o.Kind)
}

// outFiles are the files of a row.
type outFiles []durable.File

func (all outFiles) size() (n int) {
	for _, f := range all {
		n += len(f.Bytes)
	}
	return n
}

// outFile is a file of the outbox.
func outFile(path string, b []byte) durable.File {
	return durable.File{Path: path, Bytes: b, Perm: 0o644}
}

// put writes files of the outbox, each whole or not at all.
func put(files ...durable.File) error {
	dir := ""
	for _, f := range files {
		if d := filepath.Dir(f.Path); d != dir {
			if err := durable.MkdirAll(d, 0o755); err != nil {
				return err
			}
			dir = d
		}
	}
	return durable.WriteAll(files...)
}

// answer is what a receipt says beyond the ledger's reading.
type answer struct {
	Missing  int      `json:"missing"`
	Readable bool     `json:"readable"`
	Remarks  []string `json:"remarks,omitempty"`
	// Due is the unit's deadline; zero where none can be told.
	Due time.Time `json:"due,omitzero"`
	// Reading is the one it tells of, where it is not the delivery's own.
	Reading int64 `json:"reading,omitempty"`
}

// receiptFiles are the two files of a receipt, and the one that may lie beside.
type receiptFiles struct{ xlsx, text, transcript string }

func (w *Workspace) arrival(ctx context.Context, id int64) (ledger.Arrival, ledger.Reading, error) {
	a, err := w.Ledger.Arrival(ctx, id)
	if err != nil {
		return a, ledger.Reading{}, err
	}
	rd, err := w.Ledger.Reading(ctx, a.Reading)
	return a, rd, err
}

// namesOf names a receipt: by the month it is for (else the month that was
// awaited when it came in), the number of the delivery, the unit where the
// file's name leaves it out, and that name.
func (w *Workspace) namesOf(a ledger.Arrival, rd ledger.Reading) receiptFiles {
	month := rd.Month
	if month == 0 {
		month = w.collecting(a.ReceivedAt)
	}
	who := "未识别单位"
	if u := w.Plan.Unit(rd.Unit); u != nil {
		who = u.Name
	} else if rd.Opening {
		who = "期初数"
	}
	name := stem(a.Name, 90)
	if !strings.Contains(name, who) {
		name = who + "-" + name
	}
	return w.answerFiles(fmt.Sprintf("outbox/receipts/%s/%05d-%s", month, a.ID, name))
}

func (w *Workspace) answerFiles(base string) receiptFiles {
	return receiptFiles{w.path(base + "-回执.xlsx"), w.path(base + "-回执.txt"),
		w.path(base + "-代转抄.xlsx")}
}

// stem is a received name without its ending, fit for a file name of ours.
func stem(name string, bytes int) string {
	name = intake.CleanName(plan.Mask(name))
	name = strings.TrimSuffix(name, filepath.Ext(name))
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
	for len(name) > bytes {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return strings.Trim(name, " .")
}

// receiptBytes makes the annotated copy and its text from their row.
func (w *Workspace) receiptBytes(ctx context.Context, o ledger.Outgoing) (names receiptFiles,
	xlsx []byte, text string, err error) {
	var say answer
	if err := json.Unmarshal(o.Body, &say); err != nil {
		return names, nil, "", err
	}
	a, rd, err := w.arrivalRead(ctx, o.Delivery, say.Reading)
	if err != nil {
		return names, nil, "", err
	}
	original, err := w.folder.Original(a.SHA256, a.Claim)
	if err != nil {
		return names, nil, "", err
	}
	w.hand.take(inReceipt, "receipt/"+a.SHA256)
	xlsx, text, err = w.receiptWritten(w.receiptFor(a, rd, original, say))
	return w.namesOf(a, rd), xlsx, text, err
}

// receiptFilesOf are the annotated copy and its text.
func (w *Workspace) receiptFilesOf(ctx context.Context, o ledger.Outgoing) (outFiles, error) {
	names, xlsx, text, err := w.receiptBytes(ctx, o)
	return outFiles{outFile(names.xlsx, xlsx), outFile(names.text, []byte(text))}, err
}

func (w *Workspace) receiptFor(a ledger.Arrival, rd ledger.Reading, original []byte,
	say answer) *receipt.Receipt {
	r := &receipt.Receipt{
		Original: original, OriginalName: plan.Mask(a.Name), Readable: say.Readable,
		Plan: w.Plan.In(rd.Month), Month: rd.Month, Opening: rd.Opening, Delivery: a.Delivery,
		State: rd.State, Findings: rd.Findings, Refused: len(sentBack(rd)),
		Missing: say.Missing, Late: rd.Late, At: a.TakenAt, Office: w.Config.Office,
		Words:     w.wording.receipt,
		Duplicate: a.Again, Remarks: say.Remarks,
	}
	r.Taken, r.Beside = w.takenOf(rd)
	if u := w.Plan.Unit(rd.Unit); u != nil {
		r.Unit = u.Name
	}
	if rd.Month != 0 && !rd.Opening {
		r.Deadline = say.Due // the remarks say why there is none
		if r.CorrectBy = r.Deadline; a.TakenAt.After(r.Deadline) {
			r.CorrectBy = w.correctionDeadline(a.TakenAt)
		}
	}
	r.Remarks = append(w.remarks(a, rd), say.Remarks...)
	return r
}

// rehearse judges a file and writes the receipt of a trial (预检); nothing is
// stored.
func (w *Workspace) rehearse(ctx context.Context, c intake.Claim, h Handing) (Outcome, error) {
	if c.TooBig {
		return w.refuseTooBig(ctx, c)
	}
	f := &inHand{claim: c, delivery: w.deliveryOf(c), handing: h}
	if err := w.try(ctx, f); err != nil {
		return Outcome{}, err
	}
	rd := f.reading
	a := ledger.Arrival{Delivery: f.delivery, TakenAt: f.delivery.ReceivedAt}
	r := w.receiptFor(a, rd, c.Bytes, answerTo(f.judged, f.copied))
	r.DryRun = true
	xlsx, text, err := w.receiptWritten(r)
	if err != nil {
		return Outcome{}, err
	}
	month := rd.Month
	if month == 0 {
		month = w.collecting(f.delivery.ReceivedAt)
	}
	files := w.answerFiles(fmt.Sprintf("outbox/receipts/%s/预检-%s-%s", month, stem(c.Name, 60),
		shortSum(c.SHA256)))
	out := outFiles{outFile(files.xlsx, xlsx)}
	o := w.outcomeOf(f)
	o.Receipt, o.Verdict = files.xlsx, "预检（未收）："+w.verdict(rd, false)
	if f.copied != nil {
		o.Transcript = files.transcript
		out = append(out, outFile(files.transcript, f.copied.xlsx))
	}
	return o, put(append(out, outFile(files.text, []byte(text)))...)
}

// verdict is the one line a person reads first.
func (w *Workspace) verdict(rd ledger.Reading, again bool) string {
	if again {
		return "与已收的报送件完全相同，不重复计入；状态：" + string(rd.State)
	}
	s := string(rd.State)
	if rd.State == plan.Returned && len(rd.Figures) == 0 {
		s += "，没有收下任何数据"
	} else if n, beside := w.takenOf(rd); n+beside > 0 {
		s += fmt.Sprintf("，采用%d项", n)
		if beside > 0 {
			s += fmt.Sprintf("（另有%d项本期不要求报）", beside)
		}
	}
	if n := len(sentBack(rd)); n > 0 && len(rd.Figures) > 0 {
		s += fmt.Sprintf("，退回%d项", n)
	}
	queries := 0
	for _, f := range rd.Findings {
		if f.Severity == plan.Query {
			queries++
		}
	}
	if queries > 0 {
		s += fmt.Sprintf("，存疑%d处", queries)
	}
	if rd.Late {
		s += "（迟报）"
	}
	return s
}
