package pipeline_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"duban/pipeline/mail/shape"
)

// nastyMail is put wherever a message has words of its sender.
const nastyMail = "=HYPERLINK(1)\t+cmd|calc\r\nBcc: <victim@example.com>\r\n\r\n@SUM\x00\x07\x1b[31m" +
	"\u202eabc\u2066\u200b\ufeff<script>alert(1)</script>&amp;_x0041_210602199003071230，13800138000"

// TestNastyWordsInAMailAreHarmlessInItsAnswer: subject, name beside the address,
// names of files, Message-ID and References of a message come back in an answer
// as text, on their own lines, and add no field and no markup to it.
func TestNastyWordsInAMailAreHarmlessInItsAnswer(t *testing.T) {
	o := newMailOffice(t)
	long := strings.Repeat("长", 3000)
	gbk := "\xcc\xee\xb1\xa8\xb1\xed" // 填报表, as it is
	for name, spoil := range map[string]func(*shape.Letter){
		"subject":          func(l *shape.Letter) { l.Subject = nastyMail },
		"a long subject":   func(l *shape.Letter) { l.Subject = long },
		"name":             func(l *shape.Letter) { l.Name = nastyMail },
		"file":             func(l *shape.Letter) { l.Files[0].Name = nastyMail + ".xlsx" },
		"a long file name": func(l *shape.Letter) { l.Files[0].Name = long + ".xlsx" },
		"bytes of GBK":     func(l *shape.Letter) { l.Subject, l.Files[0].Name = gbk, gbk+".xlsx" },
		"no form": func(l *shape.Letter) {
			l.Files[0] = shape.File{Name: nastyMail + ".xlsx", Bytes: []byte("%PDF")}
		},
		"id": func(l *shape.Letter) {
			l.ID = "a>\rBcc: <victim@example.com>\r <b@\u202e" + strings.Repeat("x", 2000)
		},
		"a subject as it is": func(l *shape.Letter) { l.ID += ">\r\nSubject: \u202e" + gbk + "<b>\x1b[31m\x00" },
	} {
		o.n++
		l := o.letter("rsj", int64(o.n))
		spoil(&l)
		stranger := l
		stranger.From = fmt.Sprintf("%d@elsewhere.example", o.n)
		stranger.ID = "s" + l.ID
		for _, b := range [][]byte{usual(l), usual(stranger)} {
			outcomes, _ := o.take(b)
			for _, out := range outcomes {
				harmless(t, name, out.File)
			}
		}
	}
	if len(o.all) < 18 {
		t.Errorf("%d messages went out", len(o.all))
	}
	came := map[string]bool{}
	for _, raw := range o.all {
		head, _, _ := strings.Cut(raw, "\r\n\r\n")
		for line := range strings.SplitSeq(head, "\r\n") {
			field, _, _ := strings.Cut(line, ":")
			if strings.EqualFold(field, "Bcc") || len(line) > 998 {
				t.Errorf("a field of a stranger: %.200q", line)
			}
		}
		if i := strings.IndexFunc(strings.ReplaceAll(raw, "\r\n", ""), func(r rune) bool {
			return r < ' ' || r > '~'
		}); i >= 0 {
			t.Errorf("bytes that no mail may have: %.300q", raw)
		}
		m := readSent(t, raw)
		harmless(t, "subject", m.Subject)
		harmless(t, "text", m.Text)
		for _, p := range m.Parts {
			harmless(t, "part", p.Name)
			came["a file's name"] = came["a file's name"] || strings.Contains(p.Name, "HYPERLINK")
		}
		came["a subject"] = came["a subject"] || strings.Contains(m.Subject, "HYPERLINK")
		came["a text"] = came["a text"] || strings.Contains(m.Text, "HYPERLINK")
		if strings.Contains(bodyOf(t, pageText, raw), "<script") {
			t.Error("markup of a stranger")
		}
	}
	if !came["a file's name"] || !came["a subject"] || !came["a text"] {
		t.Errorf("the nasty words came out only in %v: little is proven", came)
	}
}

// harmless wants no control, no turned direction and no personal number.
func harmless(t *testing.T, where, s string) {
	t.Helper()
	for i, r := range s {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			t.Errorf("%s: %U in %.80q", where, r, s[max(0, i-40):])
			break
		}
	}
	for _, personal := range []string{"210602199003071230", "13800138000"} {
		if strings.Contains(s, personal) {
			t.Errorf("%s: %s", where, personal)
		}
	}
}
