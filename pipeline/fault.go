package pipeline

// UserError is an error that the person at the keyboard can mend: what is
// wrong and what to do next, both in Chinese.
type UserError struct {
	What, Fix string
	Err       error // the cause, when there is one
}

func (e *UserError) Error() string {
	s := e.What
	if e.Err != nil {
		s += "：" + e.Err.Error()
	}
	if e.Fix != "" {
		s += "\n" + e.Fix
	}
	return s
}

func (e *UserError) Unwrap() error { return e.Err }
