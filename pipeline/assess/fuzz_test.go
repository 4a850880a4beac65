package assess

import (
	"strings"
	"testing"

	"duban/templates"
)

// Whatever an office writes, it is refused in Chinese or it can be said.
func FuzzWordingIsRefusedOrSaid(f *testing.F) {
	f.Add(templates.Sentence)
	f.Add(`{{define "count_below"}}{{.Name}}慢了{{.Gap}}。{{end}}`)
	f.Add(`{{define "count_below"}}{{template "count_below" .}}。{{end}}`)
	f.Add(`{{define "late"}}{{with .Deadline}}（{{.}}）{{end}}{{end}}多余`)
	f.Add(`{{define "closed"}}{{range 1000000000}}{{end}}。{{end}}`)
	f.Add("\ufeff{{define \"lag\"}}\xca\xfd{{end}}{{end")
	f.Fuzz(func(t *testing.T, text string) {
		words, err := ParseWords(text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "第") {
				t.Errorf("refused without its line: %v", err)
			}
			return
		}
		if s := Of(employment(6400), Thresholds{Words: words}).Sentence; !strings.HasSuffix(s, "。") {
			t.Errorf("proven, and says %q", s)
		}
	})
}
