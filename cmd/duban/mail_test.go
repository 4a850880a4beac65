//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
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
	"duban/pipeline/ledger"
	"duban/pipeline/mail"
	"duban/pipeline/mail/server"
	"duban/pipeline/mail/shape"
	"duban/pipeline/plan"
)

// carried are the shapes that come by mail.
var carried = slices.DeleteFunc(slices.Clone(shape.Shapes), func(s shape.Shape) bool { return s.Local })

const ours = "duban@example.gov.cn"

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
  ca: %s
  poll: 2s
  audiences: {督查考核: [leader@example.gov.cn]}
`, ours, s.SMTP, ours, s.IMAPS, ours, s.Certificate))
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
	o.servers.Deliver(envelope, ours, m.bytes)
	if m.twice {
		o.servers.Deliver(envelope, ours, m.bytes)
	}
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
	done, held := len(o.servers.Messages(ours, "已收")), len(o.servers.Messages(ours, "待核"))
	if len(o.servers.Messages(ours, "")) > 0 || done+held < o.deliveries() {
		return false
	}
	var waiting []any
	if err := json.Unmarshal(o.duban("-C", o.dir, "--json", "outgoing"), &waiting); err != nil {
		o.Fatal(err)
	}
	return len(waiting) == 0 && o.servers.Idle()
}

// answersIn reads the answers in every sender's mailbox: by the Message-ID they
// answer.
func (o *postOffice) answersIn() map[string][]*mail.Message {
	o.Helper()
	found := map[string][]*mail.Message{}
	seen := map[string]bool{ours: true}
	for _, m := range o.sent {
		for _, user := range []string{m.From, "boss@elsewhere.example", "thief@elsewhere.example",
			"answers@elsewhere.example", "colleague@home.example"} {
			if seen[user] {
				continue
			}
			seen[user] = true
			for _, b := range o.servers.Messages(user, "") {
				a := mail.Read(b)
				if a.From.Text != ours {
					o.Errorf("%s got a message from %q", user, a.From.Text)
				}
				if n := len(a.References); n > 0 {
					found[a.References[n-1]] = append(found[a.References[n-1]], a)
				}
			}
		}
	}
	return found
}

// rebuild makes the mailbox anew while the daemon is dead: what lies in it gets
// other numbers, and what was dealt with lies there again, as after a restore.
func (o *postOffice) rebuild() {
	o.Helper()
	for _, m := range o.sent[:5] { // and something that nobody has fetched
		o.servers.Deliver(m.From, ours, m.bytes)
		o.again++
	}
	o.until("the queue", o.servers.Idle)
	o.servers.Rebuild(ours)
	o.again += o.servers.Restore(ours, "已收")
	o.Logf("the mailbox is built anew with %d messages in it", len(o.servers.Messages(ours, "")))
}

// verify holds every message against ledger and answers.
func (o *postOffice) verify() {
	o.Helper()
	l, err := ledger.Open(o.Context(), filepath.Join(o.dir, "state", "duban.db"), ledger.Options{})
	if err != nil {
		o.Fatal(err)
	}
	defer l.Close()
	answers := o.answersIn()
	for _, m := range o.sent {
		o.verifyForms(l, m)
		o.verifyAnswer(m, answers[m.ID])
	}
}

func (o *postOffice) verifyForms(l *ledger.Ledger, m *sentMail) {
	o.Helper()
	for _, f := range m.Files {
		sum := sha256.Sum256(f.Bytes)
		seen, err := l.Seen(o.Context(), hex.EncodeToString(sum[:]))
		if err != nil {
			o.Fatal(err)
		}
		want := 0
		if m.way.Forms {
			want = 1
		}
		if len(seen) != want {
			o.Errorf("%s (%s): %d times in the ledger, want %d", m.way.Name, m.From, len(seen), want)
			continue
		}
		for _, s := range seen {
			trusted := m.known && !m.way.Doubt
			if held := s.State == plan.Quarantined; held == trusted || s.Delivery.Channel != "邮件" {
				o.Errorf("%s (%s): %s by %s", m.way.Name, m.From, s.State, s.Delivery.Channel)
			}
		}
	}
}

func (o *postOffice) verifyAnswer(m *sentMail, got []*mail.Message) {
	o.Helper()
	ids := map[string]bool{}
	for _, a := range got {
		ids[a.ID] = true
		if a.Auto == mail.Person {
			o.Errorf("%s: an answer does not say that a program wrote it", m.way.Name)
		}
	}
	nobody := m.way.Name == "two From fields" || m.way.Name == "two senders in From"
	switch want := !m.way.Silent && !nobody; {
	case !want && len(ids) > 0:
		o.Errorf("%s (%s): answered", m.way.Name, m.From)
	case want && len(ids) != 1 && m.way.Name != "an address as a name":
		o.Errorf("%s (%s): %d different answers, want 1", m.way.Name, m.From, len(ids))
	}
	if len(got) > len(ids) {
		o.Logf("%s: a repeat with the same Message-ID", m.way.Name)
	}
	for _, a := range got {
		receipts := 0
		for _, p := range a.Parts {
			if strings.HasSuffix(p.Name, "-回执.xlsx") && bytes.HasPrefix(p.Bytes, []byte("PK")) {
				receipts++
			}
		}
		told := m.known && !m.way.Doubt && m.way.Forms
		if told != (receipts == 1) || !told && len(a.Parts) > 0 {
			o.Errorf("%s (%s): %d receipts, %d parts", m.way.Name, m.From, receipts, len(a.Parts))
		}
	}
}

// TestMailIsTakenOnceAndAnsweredOnceWhateverIsKilled sends messages of every
// shape through Postfix into Dovecot while the daemon is killed again and
// again and the mailbox is built anew once. DUBAN_MAIL=1 is the whole campaign.
func TestMailIsTakenOnceAndAnsweredOnceWhateverIsKilled(t *testing.T) {
	messages, kills := 2*len(carried), 4
	if os.Getenv("DUBAN_MAIL") != "" {
		messages, kills = 500, 20
	}
	o := newPostOffice(t)
	d, rebuilt := o.start(), false
	for n := range messages {
		o.post(o.write(n))
		if (n+1)%(messages/kills) != 0 {
			continue
		}
		time.Sleep(time.Duration(o.random.IntN(1500)) * time.Millisecond)
		if err := d.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		d.Wait()
		if !rebuilt && n >= messages/2 {
			o.rebuild()
			rebuilt = true
		}
		d = o.start()
	}
	o.until("everything to be settled", func() bool { return d.said("督办已启动") && o.settled() })
	o.end(d)
	o.verify()
	done, held := len(o.servers.Messages(ours, "已收")), len(o.servers.Messages(ours, "待核"))
	t.Logf("%d messages, %d kills: %d done, %d held", messages, kills, done, held)
	if done+held != o.deliveries() {
		t.Errorf("%d messages in 已收 and %d in 待核, of %d", done, held, o.deliveries())
	}
}
