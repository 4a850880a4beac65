package doctor

import (
	"context"
	"fmt"
	"time"
)

// patience is how long a file may wait for a decision before it is a warning.
const patience = 3 * 24 * time.Hour

// held asks for files that wait for an administrator.
var held = Examination{Code: "held", Title: "待核实的报送件", Needs: theLedger,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		readings, err := c.Ledger.Held(ctx)
		var all []Symptom
		for _, rd := range readings {
			s := Symptom{Severity: Note, Where: fmt.Sprintf("第%d件", rd.Arrival),
				What: fmt.Sprintf("“%s”自%s起待核实", rd.Delivery.Name, minute(rd.Delivery.ReceivedAt)),
				Fix:  "与单位核实后，用 duban release 放行或 duban refuse 不予接收。"}
			if c.Now.Sub(rd.Delivery.ReceivedAt) > patience {
				s.Severity = Warning
			}
			all = append(all, s)
		}
		return all, err
	}}
