package check

import "duban/pipeline/plan"

// Check is one thing a form can get wrong. Exactly one of File and Row is set.
type Check struct {
	Code     string        // kebab-case, the file's name; never reused
	Severity plan.Severity //
	Title    string        // Chinese, a few words
	Text     string        // Chinese: what it means, and 怎样改

	// Refuses says that a finding refuses the whole file; Quarantines, that
	// the file then waits for an administrator instead of going back.
	Refuses, Quarantines bool
	// Identity says that a finding leaves the row's figure without an owner:
	// nothing else is asked of the row.
	Identity bool
	// OfRemark says that a finding is about the 情况说明 itself, which then
	// cannot explain it.
	OfRemark bool

	File func(*Submission) []plan.Finding
	Row  func(*Row) []plan.Finding
}

// TokenState is what the token inside a form turned out to be.
type TokenState string

// The states of a token.
const (
	TokenGood    TokenState = "good"
	TokenMissing TokenState = "missing"
	TokenAltered TokenState = "altered"
)

// Token is what the signed token says; only of a good one the rest counts.
type Token struct {
	State       TokenState
	Unit        string // code; "" on an opening form
	Month       plan.Month
	PlanVersion string
	Issue       int
}

// Fault is why bytes could not be read, or what was passed over in reading
// them, in words for the clerk.
type Fault struct {
	Code, Message, Fix string
	Cell, Part         string // where, when it is known
}

// Submission is one form with everything that is needed to judge it.
type Submission struct {
	Plan    *plan.Plan
	Unit    *plan.Unit // nil while not recognised, and on an opening form
	Month   plan.Month
	Opening bool
	Today   plan.Date // the day it was received

	Unreadable *Fault  // the bytes could not be read
	NotForm    string  // why it is no form; "" when it is one
	PassedOver []Fault // what the file brings along that no figure is read from

	Token                 Token
	ChannelUnit           *plan.Unit // who the channel says sent it; nil: it does not say
	ByMail                bool       // it came by mail, where anyone may write
	WantMonth             plan.Month // the month an administrator named; zero: none
	Released              bool       // an administrator released it from quarantine
	UnitShown, MonthShown plan.Cell  // what the form's head shows
	Filler, Reviewer      plan.Cell

	Sheet   string // the sheet the table stands in; "": that of the entries
	Entries []plan.Entry
	Loose   []plan.Cell // filled cells in rows without an id
	Outside []plan.Cell // filled cells of the table's rows in columns without a head
	Guessed []plan.Cell // heads that are gone, told by their place; Text is the head
	Several []string    // the sheets of several forms in one file; then NotForm is set too
	// Due lists the ids this form should bring. nil: the rows that it has.
	Due []string

	// History gives the accepted figures of months before this one, oldest
	// first; Current what is already accepted for this month. nil: nothing.
	History func(id, unit string) []plan.Figure
	Current func(id, unit string) (plan.Figure, bool)

	// Elsewhere gives what every unit's accepted figure of an id says for a
	// month; Explained the words given before to a finding while the value
	// stands (see Explanation); Severity what a check costs in a month, where
	// the plan's rules say otherwise than the catalogue. nil: nothing.
	Elsewhere func(id string, m plan.Month) []plan.Figure
	Explained func(id, unit, code string, value plan.Value) (string, bool)
	Severity  func(code string, m plan.Month) (plan.Severity, bool)

	// SameDay gives what another file of the same day says that counts so far.
	SameDay func(id, unit string) (Rival, bool)

	// Waived gives the document by which the office waived a check for an id
	// and unit in this month. nil: nothing is waived.
	Waived func(code, id, unit string) (document string, ok bool)

	rows []*Row // filled by Run
}

// Result is what came of a submission.
type Result struct {
	Figures  []plan.Figure // taken
	Refused  []plan.Figure
	Findings []plan.Finding
	State    plan.State
	// Explanations are the words to its 存疑, of this form or found to hold still.
	Explanations []Explanation
}
