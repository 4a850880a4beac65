package ledger

import "database/sql/driver"

// A file that arrives is some twenty rows of one link. What the link says of
// them is told as they are written, which spares reading them back; says, by
// which VerifyChain proves it, gives the same.

// recordTold is record for a row that is told: label as its part has it, values
// as both its statement and its part have them.
func (t *tx) recordTold(table, label, text string, values ...any) (*chained, error) {
	if err := storable(values); err != nil {
		return nil, err
	}
	if _, err := t.record(table, text, values...); err != nil {
		return nil, err
	}
	c := t.chaining[len(t.chaining)-1]
	c.tell(table, label, values...)
	return c, nil
}

// own inserts a row that belongs to the one of the link, and tells it. values
// are the columns behind owner and id, in the order of both statement and part.
func (t *tx) own(c *chained, part, label, text string, values ...any) error {
	if err := storable(values); err != nil {
		return err
	}
	all := append([]any{c.row}, values...)
	row, err := t.insert(text, all...)
	if err != nil {
		return err
	}
	all[0] = row
	c.tell(part, label, all...)
	return nil
}

// storable turns values into what the ledger has of them once they are stored.
func storable(values []any) error {
	for i, v := range values {
		stored, err := driver.DefaultParameterConverter.ConvertValue(v)
		if err != nil {
			return err
		}
		if yes, ok := stored.(bool); ok {
			stored = int64(0)
			if yes {
				stored = int64(1)
			}
		}
		values[i] = stored
	}
	return nil
}

// tell adds a row of storable values to what the link says.
func (c *chained) tell(part, label string, values ...any) {
	var room [1 << 10]byte
	columns := room[:0]
	for _, v := range values {
		columns = proven(columns, v)
	}
	c.says = line(c.says, part, label, columns)
}
