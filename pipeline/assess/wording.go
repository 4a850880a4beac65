package assess

import (
	"strings"
	"sync"
	"text/template"

	"duban/pipeline/plan"
	"duban/templates"
)

// Words is the wording of assessments: the parts of templates/sentence.txt, or
// an office's own for some or all of them. It may be used by many at once.
type Words struct{ parts *template.Template }

// ParseWords reads an office's wording. The parts it leaves out keep the
// program's words. The error is that of ProveWords.
func ParseWords(text string) (*Words, error) {
	if err := ProveWords(text); err != nil {
		return nil, err
	}
	parts, err := overlay(text)
	return &Words{parts}, err
}

// builtIn is the program's own wording.
var builtIn = sync.OnceValue(func() *Words {
	return &Words{template.Must(template.New("sentence").Parse(templates.Sentence))}
})

// byteOrderMark is what some editors begin a file with.
const byteOrderMark = "\ufeff"

// overlay is the program's wording with the parts of text in place of its own.
func overlay(text string) (*template.Template, error) {
	own := strings.TrimPrefix(text, byteOrderMark)
	return template.Must(builtIn().parts.Clone()).Parse(own)
}

// say words one part. Where an office's part fails on what no sample of
// ProveWords foresaw, the program's own part speaks: a digest is never held up
// by its wording.
func (w *Words) say(part string, v *view) string {
	var b strings.Builder
	err := w.parts.ExecuteTemplate(&b, part, v)
	switch {
	case err == nil:
		return b.String()
	case w == builtIn():
		panic("assess: the built-in wording: " + err.Error())
	}
	return builtIn().say(part, v)
}

// view is what the wording may name; sentence.txt explains every item. Texts
// are "" where there is nothing to say.
type view struct {
	Name, AsOf, Window           string
	Value, Target, Word          string
	Done, Due, Gap, Threshold    string
	Deadline, Planned, Actual    string
	NameA, ValueA, NameB, ValueB string
	Progress, Elapsed            string
	Latest, Expected, Reason     string
	Closed, Document             string
	Way, Than, Span              string
	Month, Overdue               int
	Older, Quarterly, ZeroReport bool
	Reached, NotStarted, TimeUp  bool
	Estimate                     bool
}

// about is the view of an indicator, without a figure.
func (c *course) about(a *Assessment) *view {
	v := &view{
		Name: c.ind.Name, Month: c.month.Number(), Word: "目标", Target: target(c.ind, a.Target),
		Deadline: c.lastMonth().Chinese(), Quarterly: c.ind.Quarterly,
		Threshold: rounded(c.behind).String(),
	}
	if a.Overdue {
		v.Overdue = int(c.month - c.lastMonth())
	}
	return v
}

// of is the view of an indicator and one of its figures.
func (c *course) of(a *Assessment, f *plan.Figure) *view {
	v := c.about(a)
	v.AsOf, v.Older = c.monthEnd(f.Month), f.Month != c.month
	v.Value = Amount(c.ind, c.kind.value(c.ind, *f))
	v.ZeroReport = f.Month == c.month && f.State == plan.ZeroReport
	v.Progress, v.NotStarted = string(f.Progress), f.Progress == plan.NotStarted
	if !f.Actual.IsZero() {
		v.Actual = f.Actual.Chinese()
	}
	names := valueNames(c.ind)
	v.NameA, v.NameB = names[0], names[1]
	v.ValueA, v.ValueB = Amount(c.ind, f.A), Amount(c.ind, f.B)
	return v
}

// briefly adds a figure in few words.
func (c *course) briefly(a *Assessment, f *plan.Figure) *view {
	v := c.of(a, f)
	v.Latest = c.words.say(c.kind.brief, v)
	return v
}

// latest is the view of the latest known figure, if there is one.
func (c *course) latest(a *Assessment) *view {
	if c.last == nil {
		return c.about(a)
	}
	return c.briefly(a, c.last)
}
