//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline/ledger"
	"duban/pipeline/mail"
	"duban/pipeline/mail/server"
	"duban/pipeline/mail/shape"
	"duban/pipeline/plan"
)

// answersIn reads the answers in every sender's mailbox: by the Message-ID they
// answer.
func (o *postOffice) answersIn() map[string][]*mail.Message {
	o.Helper()
	found := map[string][]*mail.Message{}
	seen := map[string]bool{}
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
	forms := 0 // each a delivery of its own, and so a receipt in the outbox
	for _, m := range o.sent {
		if m.way.Forms {
			forms += len(m.Files)
		}
		o.verifyForms(l, m)
		o.verifyAnswer(m, answers[m.ID])
	}
	if got := len(o.receipts()); got != forms {
		o.Errorf("%d deliveries of %d forms", got, forms)
	}
}

func (o *postOffice) verifyForms(l *ledger.Ledger, m *sentMail) {
	o.Helper()
	for _, f := range m.Files {
		sum := sha256.Sum256(f.Bytes)
		all, err := l.Seen(o.Context(), hex.EncodeToString(sum[:]))
		if err != nil {
			o.Fatal(err)
		}
		seen, want := all[hex.EncodeToString(sum[:])], 0
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
	done, held := o.in("已收"), o.in("待核")
	t.Logf("%d messages, %d kills: %d done, %d held", messages, kills, done, held)
	if done+held != o.deliveries() {
		t.Errorf("%d messages in 已收 and %d in 待核, of %d", done, held, o.deliveries())
	}
}

func TestOnceTakesTheMailAndCheckSaysWhatIsWrong(t *testing.T) {
	o := newPostOffice(t)
	if out := string(o.duban("-C", o.dir, "mail", "check")); strings.Count(out, "正常") != 3 {
		t.Errorf("mail check said:\n%s", out)
	}
	for n := range 60 { // more than wait in work at a time
		m := o.write(n)
		m.twice = false
		o.post(m)
	}
	big := o.write(len(carried)) // of a usual shape
	big.Files = []shape.File{{Name: "大表.xlsx", Bytes: bytes.Repeat([]byte("PK 大表"), 300_000)}}
	big.ID, big.way.Forms, big.known, big.twice = "big@example.gov.cn", false, true, false
	big.bytes = big.way.Write(big.Letter)
	o.post(big)
	o.until("the mail to arrive", o.servers.Idle)
	c := exec.Command("duban", "-C", o.dir, "once") // 3: something was returned
	if out, err := c.CombinedOutput(); c.ProcessState.ExitCode() != 3 {
		t.Fatalf("once: %v\n%s", err, out)
	}
	o.until("the answers to arrive", o.settled)
	o.verify()

	t.Setenv("DUBAN_TEST_MAIL", "not-the-password")
	c = exec.Command("duban", "-C", o.dir, "mail", "check")
	out, _ := c.CombinedOutput()
	if c.ProcessState.ExitCode() != 1 || strings.Count(string(out), "用户名或密码") != 3 ||
		strings.Contains(string(out), "not-the-password") {
		t.Errorf("with a wrong password, status %d:\n%s", c.ProcessState.ExitCode(), out)
	}
	for path := range o.filesWith(server.Password) {
		t.Errorf("the password stands in %s", path)
	}
}
