package digest

import (
	"fmt"
	"strings"
)

// What a part of the wording can call.

// join sets the pause mark between names, each once; empty ones are left out.
func join(names ...any) (string, error) {
	var all []string
	for _, x := range names {
		switch x := x.(type) {
		case string:
			all = append(all, x)
		case []string:
			all = append(all, x...)
		default:
			return "", fmt.Errorf("join 只能连接文字，不能连接 %v", x)
		}
	}
	return unitNames(all), nil
}

// few names at most n and says how many there are, where there are more:
// 区甲局、区乙局等5家.
func few(n int, measure string, names []string) string {
	names = once(names)
	if len(names) <= n {
		return unitNames(names)
	}
	return fmt.Sprintf("%s等%d%s", unitNames(names[:n]), len(names), measure)
}

// counted is a number and what it counts; nothing for none.
func counted(n int, of string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d%s", n, of)
}

// quoted puts quotation marks round a text, single ones within.
func quoted(s string) string {
	return "“" + strings.NewReplacer("“", "‘", "”", "’").Replace(s) + "”"
}
