package doctor

import (
	"context"
	"fmt"
	"time"

	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// Severity is how bad a symptom is.
type Severity string

// An Error loses data or stops work, a Warning wants to be looked at; a Note is
// only told, and a workspace with nothing else is healthy.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Symptom is one thing that is wrong.
type Symptom struct {
	Code     string   `json:"code"` // of the examination
	Severity Severity `json:"severity"`
	What     string   `json:"what"`
	Where    string   `json:"where"`
	Fix      string   `json:"fix"`
}

// Case is the workspace that is looked through, as far as it could be opened.
type Case struct {
	Dir  string
	Now  time.Time
	Deep bool // read every original and compare its hash; work out the chain

	// Told is what opening the workspace said, by the examination that asks.
	Told map[string][]Symptom

	Calendar *plan.Calendar // nil: it could not be read
	Ledger   *ledger.Ledger // nil: it could not be opened
	Database string         // its path
	Folder   *intake.Folder
	Outbox   string
	Backups  Backups
	Fonts    func() error

	// Sent lists the files that went into the outbox; nil when the workspace
	// could not be opened. fresh: as of now, and not as it was asked before.
	Sent func(ctx context.Context, fresh bool) ([]Sent, error)
	// Chain works out the ledger's chain and says what is wrong with it; nil
	// when the workspace could not be opened.
	Chain func(context.Context) ([]string, error)
	// Fallen lists the files over which the program has ended.
	Fallen func() ([]Fallen, error)
	// Health says how the daemon is; nil when none left word.
	Health func() (running bool, ill []string, err error)

	Free       func(dir string) (int64, error)             // bytes
	FileSystem func(dir string) (name string, remote bool) // remote: over a network
}

// Sent is a file of the outbox that the ledger knows.
type Sent struct {
	Path string
	Due  bool // it was written, and has not been cleared away since
}

// Backups is where backups are, and how often one is made.
type Backups struct {
	Dir   string
	Every schedule.Spec // zero: by hand
	At    time.Time     // of the latest one in Dir; zero for none
}

// Examination is one row of the table.
type Examination struct {
	Code  string // kebab-case, stable
	Title string // what is looked at
	Needs needs
	Run   func(context.Context, *Case) ([]Symptom, error)
}

// needs is what must have been opened for an examination.
type needs int

const (
	nothing needs = iota
	theLedger
	theWorkspace
)

func (c *Case) has(n needs) bool {
	switch n {
	case theLedger:
		return c.Ledger != nil
	case theWorkspace:
		return c.Ledger != nil && c.Sent != nil
	}
	return true
}

// Examine makes every examination that can be made, in the order of the table.
func Examine(ctx context.Context, c *Case) []Symptom {
	all := []Symptom{}
	var left []string
	for _, e := range Examinations {
		if !c.has(e.Needs) {
			left = append(left, e.Title)
			continue
		}
		found, err := e.Run(ctx, c)
		if err != nil {
			found = append(found, Symptom{Severity: Error, What: e.Title + "没有检查成：" + err.Error(),
				Where: c.Dir, Fix: "按提示处理后再查一遍。"})
		}
		for _, s := range found {
			s.Code, s.What = e.Code, plan.Mask(s.What)
			all = append(all, s)
		}
	}
	if len(left) > 0 {
		all = append(all, Symptom{Code: "left-out", Severity: Warning, Where: c.Dir,
			What: fmt.Sprintf("工作目录打不开，有%d项没有检查：%s", len(left), join(left)),
			Fix:  "先改正上面的错误，再查一遍。"})
	}
	return all
}

// Healthy reports whether there is nothing to do.
func Healthy(all []Symptom) bool {
	for _, s := range all {
		if s.Severity != Note {
			return false
		}
	}
	return true
}
