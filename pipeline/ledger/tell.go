package ledger

import (
	"database/sql/driver"
	"math/bits"
	"strings"
)

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

// owned is rows of one table that belong to the row of a link.
type owned struct {
	part   string
	insert inserts
	labels []string
	values []any // row by row: the owner's place, and the columns behind it
}

// add adds a row; values are the columns behind owner and id, in the order of
// both statement and part.
func (o *owned) add(label string, values ...any) {
	o.labels = append(o.labels, label)
	o.values = append(append(o.values, nil), values...)
}

// own inserts rows that belong to the one of the link, and tells them.
func (t *tx) own(c *chained, o owned) error {
	if err := storable(o.values); err != nil {
		return err
	}
	for len(o.labels) > 0 {
		text, n := o.insert.of(len(o.labels))
		width := len(o.values) / len(o.labels)
		for i := range n {
			o.values[i*width] = c.row
		}
		last, err := t.insert(text, o.values[:n*width]...)
		if err != nil {
			return err
		}
		for i, label := range o.labels[:n] {
			row := o.values[i*width : (i+1)*width]
			row[0] = last - int64(n-1-i) // an insert of several numbers them one by one
			c.tell(o.part, label, row...)
		}
		o.labels, o.values = o.labels[n:], o.values[n*width:]
	}
	return nil
}

// inserts is an INSERT of one row, and those of two, four and eight rows: a
// statement costs as much again as the row it inserts.
type inserts []string

func insertsOf(one string) inserts {
	row := one[strings.LastIndex(one, "("):]
	all := inserts{one}
	for _, more := range []int{1, 3, 7} {
		all = append(all, one+strings.Repeat(", "+row, more))
	}
	return all
}

// of is the statement of the most rows up to n, and how many they are.
func (s inserts) of(n int) (text string, rows int) {
	i := min(bits.Len(uint(n)), len(s)) - 1
	return s[i], 1 << i
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
