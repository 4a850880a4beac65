package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/receipt"
)

// refusal is a file that was too big to take.
type refusal struct {
	Name, Unit, Channel, At string
	Size                    int64
	Claim                   string
}

// refuseTooBig answers a file that is over the limit and was not read.
func (w *Workspace) refuseTooBig(ctx context.Context, c intake.Claim) (Outcome, error) {
	d := w.deliveryOf(c)
	r := refusal{Name: c.Name, Unit: c.Unit, Channel: c.Channel, Size: c.Size, Claim: c.ID,
		At: d.ReceivedAt.Format(time.RFC3339)}
	body, err := json.Marshal(r)
	if err != nil {
		return Outcome{}, err
	}
	err = w.Ledger.Queue(ctx, ledger.Outgoing{Key: "refusal/" + c.ID, Kind: kindRefusal, Body: body})
	if err != nil {
		return Outcome{}, err
	}
	if err := w.folder.Settle(c); err != nil {
		return Outcome{}, err
	}
	return Outcome{File: c.Name, Unit: c.Unit, State: plan.Returned, Findings: r.findings(),
		Receipt: w.path(r.base() + ".xlsx"), Verdict: string(plan.Returned)}, nil
}

func (r refusal) findings() []plan.Finding {
	return []plan.Finding{{Code: "unreadable", Severity: plan.Reject, WholeFile: true,
		Message: fmt.Sprintf("文件有%d兆字节，超过收件上限，没有读取。", r.Size>>20),
		Fix:     "请删去多余的空白行、图片和无关工作表后另存，重新报送。"}}
}

func (r refusal) base() string {
	return fmt.Sprintf("outbox/receipts/%s/%s-%s-回执", r.At[:len("2025-03")], r.Claim, stem(r.Name, 60))
}

func (w *Workspace) refusalFiles(o ledger.Outgoing) (outFiles, error) {
	var r refusal
	if err := json.Unmarshal(o.Body, &r); err != nil {
		return nil, err
	}
	at, err := time.Parse(time.RFC3339, r.At)
	if err != nil {
		return nil, err
	}
	said := &receipt.Receipt{OriginalName: r.Name, Plan: w.Plan, State: plan.Returned, At: at,
		Findings: r.findings(), Office: w.Config.Office, Words: w.wording.receipt,
		Delivery: plan.Delivery{Name: r.Name, Channel: r.Channel, Sender: r.Unit, ReceivedAt: at}}
	if u := w.Plan.Unit(r.Unit); u != nil {
		said.Unit = u.Name
	}
	xlsx, text, err := w.receiptWritten(said)
	return outFiles{outFile(w.path(r.base()+".xlsx"), xlsx),
		outFile(w.path(r.base()+".txt"), []byte(text))}, err
}
