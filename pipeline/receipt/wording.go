package receipt

import (
	"duban/pipeline/plan"
	"duban/pipeline/wording"
	"duban/templates"
)

// view is what the wording may name.
type view struct {
	Unit, Month, State, Office, File         string
	Deadline, CorrectBy, ReceivedAt, At      string
	Taken, Beside, Refused, Missing          int
	Total, Rejects, Queries, Notes, More     int
	Late, DryRun, Duplicate, Opening, Marked bool
	Remarks, Lines                           []string
}

// Wording is the wording of receipts: the parts of templates/receipt.txt, or an
// office's own for some or all of them. Counts and times may be empty: a receipt
// can do without.
var Wording = &wording.File{Name: "receipt.txt", Own: templates.Receipt, Parts: []wording.Part{
	{Name: "title", Items: view{}, Shapes: samples, Must: wording.Line},
	{Name: "verdict", Items: view{}, Shapes: samples, Must: wording.Always},
	{Name: "counts", Items: view{}, Shapes: samples},
	{Name: "times", Items: view{}, Shapes: samples},
	{Name: "how", Items: view{}, Shapes: samples, Must: wording.Always},
	{Name: "text", Items: view{}, Shapes: samples, Must: wording.Always},
}}

// samples are receipts of every state, of every shape.
func samples() []any {
	var all []any
	for _, state := range []plan.State{plan.Passed, plan.Partly, plan.Queried, plan.Returned,
		plan.Quarantined, plan.Received} {
		all = append(all, wording.Shapes(view{State: string(state)})...)
	}
	return all
}
