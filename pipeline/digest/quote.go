package digest

import (
	"slices"
	"strings"
)

// What a unit says is quoted in its own words, whole sentences of it: what is
// left out is left out at a sentence's end, or marked.

type (
	saidItems struct{ Said []said }
	// said is what a unit says of some of its indicators.
	said struct {
		Unit  string
		Names []string
		Words string
	}
)

// quotes gathers the units' own words; what a unit says of several indicators
// alike is quoted once.
func quotes(lines []Line, n int) []said {
	var all []said
	for _, l := range lines {
		words := trimmed(l.Remark, n)
		if words == "" {
			continue
		}
		i := slices.IndexFunc(all, func(s said) bool { return s.Unit == l.Unit && s.Words == words })
		if i < 0 {
			i, all = len(all), append(all, said{Unit: l.Unit, Words: words})
		}
		all[i].Names = append(all[i].Names, l.Name)
	}
	return all
}

// wordsItems are what a cell quotes: the words the office's rules accepted, or
// else what the unit says of itself.
type wordsItems struct{ Accepted, Words string }

// wordsOf quotes a line's unit in a cell; one that said nothing has said
// nothing.
func (c *composer) wordsOf(l Line, n int) string {
	return c.say("words", wordsItems{trimmed(l.Explained, n), trimmed(l.Remark, n)})
}

// ownWords quotes what a unit gave as a reason.
func (c *composer) ownWords(s string) string {
	return c.say("words", wordsItems{Words: trimmed(s, 60)})
}

// endMarks end a sentence, pauses a clause.
const (
	endMarks = "。！？；"
	pauses   = "，、："
)

// trimmed cuts a unit's words to at most n characters, without an end mark:
// behind the last whole sentence that fits; where not even the first fits,
// behind a clause, and then it says that there is more.
func trimmed(s string, n int) string {
	s = strings.TrimRight(strings.Join(strings.Fields(s), " "), "。；，、,.; ")
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	for i := n; i > 0; i-- {
		if strings.ContainsRune(endMarks, runes[i]) {
			return string(runes[:i])
		}
	}
	cut := n
	for i := n; i >= n/2; i-- {
		if strings.ContainsRune(pauses, runes[i]) {
			cut = i
			break
		}
	}
	return string(runes[:cut]) + "……"
}
