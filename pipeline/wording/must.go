package wording

import "strings"

// What many a part must.

// Always is for a part that must print something, whatever is known.
func Always(said string, _ bool) string {
	if strings.TrimSpace(said) == "" {
		return "有的情形下印出来是空的，请至少写一个总会印出来的词"
	}
	return ""
}

// Line is for a part that must print one line.
func Line(said string, full bool) string {
	if strings.ContainsAny(strings.TrimSpace(said), "\r\n") {
		return "印出来分成了几行，请写成一行"
	}
	return Always(said, full)
}
