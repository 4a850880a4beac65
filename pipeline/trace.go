package pipeline

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"time"

	"duban/pipeline/assess"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// Trace (数据来源) leads a figure back to the cell that brought it.
type Trace struct {
	Indicator  string `json:"indicator"`
	Name       string `json:"name"`
	Month      string `json:"month"`
	Value      any    `json:"value"` // a number, or the status of a milestone
	State      string `json:"state"`
	File       string `json:"file"`
	SHA256     string `json:"sha256"`
	Sheet      string `json:"sheet"`
	Cell       string `json:"cell"`
	Raw        string `json:"raw"`
	Unit       string `json:"unit"`
	Sender     string `json:"sender"`
	Channel    string `json:"channel"`
	ReceivedAt string `json:"received_at"`
	Archive    string `json:"archive"` // where the original is kept
}

// Trace finds where the figure of an indicator (or of an item without one)
// came from. unit is needed where several units report it.
func (w *Workspace) Trace(ctx context.Context, m plan.Month, id string, unit *plan.Unit) (
	*Trace, error) {
	ind, it := w.Plan.In(m).Ever(id)
	if ind == nil && it == nil {
		return nil, &UserError{What: "方案里没有编号为 " + id + " 的指标或任务",
			Fix: "用 duban plan show 查看编号。"}
	}
	code := ""
	if unit != nil {
		code = unit.Code
	}
	versions, err := w.Ledger.Trace(ctx, m, id, code)
	if err != nil {
		return nil, err
	}
	var counting []ledger.Version
	var names []string
	for _, v := range versions {
		if v.Counts {
			counting = append(counting, v)
			names = append(names, w.senderName(v.Unit, ""))
		}
	}
	switch {
	case len(counting) == 0:
		return nil, &UserError{What: id + "在" + m.Chinese() + "没有已采用的数据",
			Fix: "用 duban status --month " + m.String() + " 查看谁没有报、谁被退回。"}
	case len(counting) > 1:
		return nil, &UserError{What: id + "由多家单位报送：" + strings.Join(names, "、"),
			Fix: "用 --unit 写明查哪一家。"}
	}
	return w.traced(counting[0], ind, it), nil
}

func (w *Workspace) traced(v ledger.Version, ind *plan.Indicator, it *plan.Item) *Trace {
	t := &Trace{
		Indicator: v.ID, Month: v.Month.String(), State: string(v.Figure.State),
		File:   plan.Mask(v.FileName),
		SHA256: v.SHA256, Sheet: v.Sheet, Cell: v.Cell, Raw: plan.Mask(v.Raw), Unit: v.Unit,
		Sender: w.senderName(v.Sender, v.HandedBy), Channel: v.Channel,
		ReceivedAt: v.ReceivedAt.Format(time.RFC3339), Archive: w.kept(v.SHA256),
	}
	if ind == nil {
		t.Name, t.Value = it.Title, string(v.Progress)
		return t
	}
	t.Name = ind.Name
	if value := assess.Value(ind, v.Figure); value.Known() {
		t.Value = json.Number(value.String())
	} else if v.Progress != "" {
		t.Value = string(v.Progress)
	}
	return t
}

// kept is the place of an original in the archive, "" when it is not there.
func (w *Workspace) kept(sha string) string {
	if len(sha) < 2 {
		return ""
	}
	found, err := fs.Glob(os.DirFS(w.Dir), "state/archive/"+sha[:2]+"/"+sha+"*")
	if err != nil || len(found) == 0 {
		return ""
	}
	return w.path(found[0])
}
