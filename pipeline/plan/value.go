package plan

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Value is a number that may be unknown. The zero Value is unknown: unknown
// is never zero, and arithmetic with an unknown is unknown.
type Value struct {
	d     decimal.Decimal
	known bool
}

// Known makes a known value.
func Known(d decimal.Decimal) Value { return Value{d, true} }

// Int makes a known whole value.
func Int(n int64) Value { return Value{decimal.NewFromInt(n), true} }

// ParseValue reads a plain decimal ("12000", "-4.5"); "" is the unknown value.
func ParseValue(s string) (Value, error) {
	if s == "" {
		return Value{}, nil
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Value{}, fmt.Errorf("%q is not a decimal number", s)
	}
	return Known(d), nil
}

// Known reports whether there is a number.
func (v Value) Known() bool { return v.known }

// Decimal returns the number; ask Known first: of an unknown it panics.
func (v Value) Decimal() decimal.Decimal {
	if !v.known {
		panic("plan: the number of an unknown value was asked for")
	}
	return v.d
}

// String is the plain decimal, "" for an unknown value.
func (v Value) String() string {
	if !v.known {
		return ""
	}
	return v.d.String()
}

// Add is v + w, unknown when either is.
func (v Value) Add(w Value) Value {
	if !v.known || !w.known {
		return Value{}
	}
	return Known(v.d.Add(w.d))
}

// Sub is v - w, unknown when either is.
func (v Value) Sub(w Value) Value {
	if !v.known || !w.known {
		return Value{}
	}
	return Known(v.d.Sub(w.d))
}

// Over is v ÷ w to eight places, unknown when either is or w is zero.
func (v Value) Over(w Value) Value {
	if !v.known || !w.known || w.d.IsZero() {
		return Value{}
	}
	return Known(v.d.DivRound(w.d, 8))
}

// Equal reports whether both are unknown, or both known and the same number.
func (v Value) Equal(w Value) bool {
	return v.known == w.known && (!v.known || v.d.Equal(w.d))
}

// Cmp compares two known values: -1, 0 or 1.
func (v Value) Cmp(w Value) int { return v.Decimal().Cmp(w.Decimal()) }
