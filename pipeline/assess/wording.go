package assess

import (
	"regexp"
	"slices"
	"strings"

	"duban/pipeline/plan"
	"duban/pipeline/wording"
	"duban/templates"
)

// Words is the wording of assessments: the parts of templates/sentence.txt, or
// an office's own for some or all of them. It may be used by many at once.
type Words struct{ *wording.Words }

// file is the wording with what its parts must print. All may name the same.
var file = &wording.File{Name: "sentence.txt", Own: templates.Sentence, Parts: proven()}

func proven() []wording.Part {
	var all []wording.Part
	for _, name := range wording.Names(templates.Sentence) {
		all = append(all, wording.Part{Name: name, Items: &view{}, Shapes: samples,
			Must: func(said string, _ bool) string { return must(name, said) }})
	}
	return all
}

// ParseWords reads an office's wording and proves it. The parts it leaves out
// keep the program's words. The error is that of ProveWords.
func ParseWords(text string) (*Words, error) {
	if err := ProveWords(text); err != nil {
		return nil, err
	}
	w, err := file.Parse(text)
	return &Words{w}, err
}

// ProveWords reports what is wrong with an office's wording: nil, or a
// *wording.Error.
func ProveWords(text string) error { return file.Prove(text) }

// builtIn is the program's own wording.
func builtIn() *Words { return &Words{file.BuiltIn()} }

// say words one part.
func (w *Words) say(part string, v *view) string {
	s, err := w.Say(part, v)
	if err != nil {
		panic("assess: the built-in wording: " + err.Error())
	}
	return s
}

// fragments are the parts that others are put together from; alone among all
// they may print nothing.
var fragments = []string{
	"as_of", "late", "total", "count", "level", "pair", "verdict", "begun", "matter", "latest",
}

// phrases are the prefixes of the parts that print words without an end mark;
// what is neither prints a sentence.
var phrases = []string{"brief_", "rule_", "lag", "change_"}

var endMark = regexp.MustCompile(`[。，；、！.,;]$`)

// must is what is wrong with what a part printed; "" when nothing is.
func must(name, said string) string {
	phrase := slices.ContainsFunc(phrases, func(p string) bool {
		return strings.HasPrefix(name, p)
	})
	switch {
	case strings.ContainsAny(said, "\r\n"):
		return "印出来分成了几行，请把整个部分写成一行"
	case slices.Contains(fragments, name):
		return ""
	case strings.TrimSpace(said) == "":
		return wording.Always(said, false)
	case phrase && endMark.MatchString(said):
		return "印出来是“" + said + "”，这一部分末尾不要加标点，请删去"
	case !phrase && !strings.HasSuffix(said, "。"):
		return "印出来是“" + said + "”，末尾请加句号“。”"
	}
	return ""
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
