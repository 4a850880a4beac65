package ledger

import "context"

// Take stores one arrival.
func (l *Ledger) Take(ctx context.Context, t Taking) (Taken, error) {
	all, _, err := l.TakeAll(ctx, nil, []Taking{t})
	if err != nil {
		return Taken{}, err
	}
	return all[0], nil
}
