package ledger

import "database/sql/driver"

// A file that arrives is some twenty rows of one link. What the link says of
// them is told as they are written, which spares reading them back; says, by
// which VerifyChain proves it, gives the same.

// recordTold is record for a row that is told: label as its part has it, values
// as both its statement and its part have them.
func (t *tx) recordTold(table, label, text string, values ...any) (*chained, error) {
	if _, err := t.record(table, text, values...); err != nil {
		return nil, err
	}
	c := t.chaining[len(t.chaining)-1]
	return c, c.tell(table, label, values...)
}

// own inserts a row that belongs to the one of the link, and tells it. values
// are the columns behind owner and id, in the order of both statement and part.
func (t *tx) own(c *chained, part, label, text string, values ...any) (int64, error) {
	row, err := t.insert(text, append([]any{c.row}, values...)...)
	if err != nil {
		return 0, err
	}
	return row, c.tell(part, label, append([]any{row}, values...)...)
}

// tell adds a row to what the link says.
func (c *chained) tell(part, label string, values ...any) error {
	var columns []byte
	for _, v := range values {
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
		columns = proven(columns, stored)
	}
	c.says = line(c.says, part, label, columns)
	return nil
}
