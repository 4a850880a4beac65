//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/pipeline/form"
	"duban/pipeline/mail/server"
	"duban/pipeline/mail/shape"
)

const (
	ours   = "duban@example.gov.cn"
	second = "baosong@example.gov.cn" // another mailbox of the office
)

// carried are the shapes that come by mail.
var carried = slices.DeleteFunc(slices.Clone(shape.Shapes),
	func(s shape.Shape) bool { return s.Local })

// postOffice is an office that sends and receives mail by real servers.
type postOffice struct {
	*office
	servers *server.Servers
	random  *rand.Rand
	sent    []*sentMail
	again   int // copies that came back by a restore
}

// sentMail is one message that was sent to the office.
type sentMail struct {
	way shape.Shape
	shape.Letter
	known bool // its sender is registered for the form's unit
	bytes []byte
	twice bool // delivered twice
}

func newPostOffice(t *testing.T) *postOffice {
	s := server.Start(t, true)
	t.Setenv("DUBAN_TEST_MAIL", server.Password)
	o := &postOffice{office: newOffice(t), servers: s, random: rand.New(rand.NewPCG(3, 4))}
	o.register()
	o.set(fmt.Sprintf(`mail:
  address: %s
  smtp: {host: 127.0.0.1, port: %d, security: starttls, user: %s, password_env: DUBAN_TEST_MAIL}
  mailboxes:
    - {host: 127.0.0.1, port: %d, user: %s, password_env: DUBAN_TEST_MAIL}
    - {host: 127.0.0.1, port: %d, user: %s, password_env: DUBAN_TEST_MAIL, security: starttls}
  ca: %s
  poll: 2s
  limit_mb: 1
  audiences: {督查考核: [leader@example.gov.cn]}
`, ours, s.SMTP, ours, s.IMAPS, ours, s.IMAP, second, s.Certificate))
	return o
}

// address is a unit's own; those of even length of code have a domain instead.
func address(unit string) string {
	if len(unit)%2 == 0 {
		return "office@" + unit + ".example.gov.cn"
	}
	return unit + "@example.gov.cn"
}

// register enters address or domain of every unit.
func (o *postOffice) register() {
	o.Helper()
	path := filepath.Join(o.dir, "plan", "units.yaml")
	b, err := os.ReadFile(path)
	if err != nil {
		o.Fatal(err)
	}
	var out []string
	unit := ""
	for line := range strings.SplitSeq(string(b), "\n") {
		if _, code, ok := strings.Cut(line, "- code: "); ok {
			unit = strings.TrimSpace(code)
		}
		if strings.TrimSpace(line) == "mail: []" && len(unit)%2 == 1 {
			line = strings.Replace(line, "[]", "["+address(unit)+"]", 1)
		}
		if strings.TrimSpace(line) == "domains: []" && len(unit)%2 == 0 {
			line = strings.Replace(line, "[]", "["+unit+".example.gov.cn]", 1)
		}
		out = append(out, line)
	}
	if err := os.WriteFile(path, []byte(strings.Join(out, "\n")), 0o644); err != nil {
		o.Fatal(err)
	}
}

// set puts settings in the place of those of the same name.
func (o *postOffice) set(settings string) {
	o.Helper()
	path := filepath.Join(o.dir, "duban.yaml")
	b, err := os.ReadFile(path)
	if err != nil {
		o.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(b), "\nmail:\n")
	_, after, _ := strings.Cut(rest, "\n# 字体")
	if err := os.WriteFile(path, []byte(before+"\n"+settings+"\n# 字体"+after), 0o644); err != nil {
		o.Fatal(err)
	}
}

// write makes the n-th message, in the n-th shape.
func (o *postOffice) write(n int) *sentMail {
	o.Helper()
	units := o.units()
	unit := units[n%len(units)]
	b, err := form.Fill(o.blanks[unit], fmt.Sprintf("填报人%d", n), "审核人", nil)
	if err != nil {
		o.Fatal(err)
	}
	m := &sentMail{way: carried[n%len(carried)], known: n%13 != 5, twice: n%11 == 3}
	m.Letter = shape.Letter{From: address(unit), Name: "填报人", To: ours,
		Subject: fmt.Sprintf("%s填报表第%d件", unit, n), ID: fmt.Sprintf("%d.test@example.gov.cn", n),
		Date: time.Now(), Files: []shape.File{{Name: fmt.Sprintf("%s 填报表(%d).xlsx", unit, n), Bytes: b}}}
	if !m.known {
		m.From = fmt.Sprintf("stranger%d@elsewhere.example", n)
	}
	if n%5 == 4 {
		m.To = second
	}
	m.bytes = m.way.Write(m.Letter)
	return m
}

// post sends a message through Postfix, some twice.
func (o *postOffice) post(m *sentMail) {
	o.Helper()
	envelope := m.From
	if m.way.Name == "bounce" || m.way.Name == "null return path" {
		envelope = ""
	}
	o.sent = append(o.sent, m)
	o.servers.Deliver(envelope, m.To, m.bytes)
	if m.twice {
		o.servers.Deliver(envelope, ours, m.bytes)
	}
}

// in counts the messages in a folder of both mailboxes.
func (o *postOffice) in(folder string) int {
	return len(o.servers.Messages(ours, folder)) + len(o.servers.Messages(second, folder))
}

// deliveries is how many copies came to the mailbox.
func (o *postOffice) deliveries() int {
	n := o.again
	for _, m := range o.sent {
		n++
		if m.twice {
			n++
		}
	}
	return n
}

// settled reports whether everything is moved away and everything has gone out.
func (o *postOffice) settled() bool {
	o.Helper()
	if o.in("") > 0 || o.in("已收")+o.in("待核") < o.deliveries() {
		return false
	}
	var waiting []any
	if err := json.Unmarshal(o.duban("-C", o.dir, "--json", "outgoing"), &waiting); err != nil {
		o.Fatal(err)
	}
	return len(waiting) == 0 && o.servers.Idle()
}

// filesWith finds the files of the workspace that hold a text.
func (o *postOffice) filesWith(s string) map[string]bool {
	o.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir(o.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(s)) {
			found[path] = true
		}
		return err
	})
	if err != nil {
		o.Fatal(err)
	}
	return found
}
