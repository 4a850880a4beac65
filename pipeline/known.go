package pipeline

import (
	"context"
	"maps"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// known is what files are judged against: what stands, what the office decided,
// and what each unit said last. Each part is read from the ledger when it is
// first asked for and kept up with the files that are judged, so that it costs
// the same whether the ledger holds thirty forms or thirty thousand.
//
// It is good as long as the chain ends where it did: all of it follows from
// rows that have a link, and TakeAll refuses what was judged before another.
type known struct {
	w       *Workspace
	head    ledger.Head
	record  record // of every month; nil: not asked for yet
	rulings map[plan.Month]rulings
	said    map[saying]map[subject]*ledger.Reading
	owed    map[saying][]string
	heirs   []succession
}

// saying is whose words, of which month.
type saying struct {
	unit  string
	month plan.Month
}

// ever is behind every month there is.
var ever = plan.MonthOf(9999, 12)

// knowing is what is known now.
func (w *Workspace) knowing(ctx context.Context) (*known, error) {
	head, err := w.Ledger.Head(ctx)
	if err != nil {
		return nil, err
	}
	if w.known == nil || w.known.head != head {
		w.known = &known{w: w, head: head, rulings: map[plan.Month]rulings{},
			said: map[saying]map[subject]*ledger.Reading{}, owed: map[saying][]string{},
			heirs: successions(w.Plan.Adjustments)}
	}
	return w.known, nil
}

// past is what a file of that unit and month is judged against; of a month that
// could not be told there is none.
func (k *known) past(ctx context.Context, unit string, m plan.Month) (p past, err error) {
	if m == 0 {
		return p, nil
	}
	if k.record == nil {
		if k.record, err = k.w.recordUpTo(ctx, ever); err != nil {
			return p, err
		}
	}
	ruled, ok := k.rulings[m]
	if !ok {
		if ruled, err = k.w.rulingsOf(ctx, m); err != nil {
			return p, err
		}
		k.rulings[m] = ruled
	}
	said, err := k.saidBy(ctx, saying{unit, m})
	return past{record: k.record, rulings: ruled, last: func(id, unit string) *ledger.Reading {
		return said[subject{id, unit}]
	}, due: func(u *plan.Unit) []string { return k.due(u, ruled) }}, err
}

// due lists what a unit owes in the month of the rulings.
func (k *known) due(u *plan.Unit, ruled rulings) []string {
	s := saying{u.Code, ruled.month}
	all, ok := k.owed[s]
	if !ok {
		all = k.w.due(k.record, ruled, u, ruled.month)
		k.owed[s] = all
	}
	return all
}

// saidBy is the last reading of each subject that a unit's month has.
func (k *known) saidBy(ctx context.Context, s saying) (map[subject]*ledger.Reading, error) {
	said, ok := k.said[s]
	if ok || s.unit == "" {
		return said, nil
	}
	readings, err := k.w.Ledger.UnitReadings(ctx, s.unit, s.month)
	if err != nil {
		return nil, err
	}
	said = map[subject]*ledger.Reading{}
	k.said[s] = said
	for i := range readings {
		note(said, &readings[i])
	}
	return said, nil
}

func note(said map[subject]*ledger.Reading, rd *ledger.Reading) {
	for _, f := range rd.Figures {
		if !f.State.Silent() {
			said[subject{f.ID, f.Unit}] = rd
		}
	}
}

// bring adds what a file brought.
func (k *known) bring(rd ledger.Reading) {
	if !rd.Counts() {
		return
	}
	if said := k.said[saying{rd.Unit, rd.Month}]; said != nil {
		note(said, &rd)
	}
	if k.record != nil {
		k.record.accept(rd, k.heirs)
	}
	maps.DeleteFunc(k.owed, func(s saying, _ []string) bool {
		return s.month > rd.Month && (s.unit == rd.Unit || rd.Opening || len(k.heirs) > 0)
	})
}
